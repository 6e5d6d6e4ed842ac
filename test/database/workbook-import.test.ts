/** Importing workbooks (.xlsx): ours, and what others write. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { FIELD_INDEX, FIELDS, type FieldKey } from '../../src/domain/fields.ts';
import type { ImportReport } from '../../src/ingest/import/report.ts';
import { archiveOf, type Lies, textRow, type WorkbookParts, workbookFiles, workbookOf } from '../kit/archive.ts';
import { canonicalRows, readCanonical, toCsv } from '../kit/canonical.ts';
import { extract } from '../kit/generated.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { csvOf, LABELS, rowOf } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

const PATH = '/analytics/interviews';
const MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

let service: Service;
beforeAll(async () => {
  service = await startService({ MAX_UPLOAD_BYTES: String(8 << 20) });
});
afterAll(() => service?.stop());
afterEach(() => service.clear());

/** Imports a body over HTTP, all columns but the given ones missing. */
async function sent(body: Uint8Array, query = 'allowMissingColumns=true&allowRemovals=true') {
  const response = await service.get(`${PATH}?${query}`, {
    method: 'POST',
    headers: { 'content-type': MEDIA_TYPE },
    body: new Uint8Array(body),
  });
  return { status: response.status, report: (await response.json()) as ImportReport & { message?: string } };
}

/** The cells of columns after importing a workbook whose header is their labels; the first is interviewId. */
async function imported(keys: readonly FieldKey[], rows: string, parts: WorkbookParts = {}) {
  const header = textRow(keys.map((key) => FIELDS[FIELD_INDEX[key]]?.label ?? ''));
  const { status, report } = await sent(workbookOf(header + rows, parts));
  const stored = readCanonical(await service.export('csv'));
  return { status, report, rows: stored.map((row) => keys.map((key) => row[FIELD_INDEX[key]] ?? null)) };
}

const reasons = ({ refusedRows }: ImportReport) => refusedRows.map(({ reason }) => reason);

const id = (text = 'i-1') => `<c t="inlineStr"><is><t>${text}</t></is></c>`;

describe('a workbook that the service has written', () => {
  const workbook = async (query = '') =>
    Buffer.from(await (await service.get(`${PATH}?format=xlsx${query}`)).arrayBuffer());

  test('changes nothing when it is imported, and brings everything back', async () => {
    const csv = extract({ rows: 200, seed: 43 });
    const { warnings } = await service.import(csv);
    const body = await workbook();
    const { report } = await sent(body, '');
    expect(report).toMatchObject({ saved: true, unchanged: 200 });
    // The same as of the CSV: nothing was repaired.
    expect(report.warnings.map(({ reason }) => reason)).toEqual(warnings.map(({ reason }) => reason));
    await service.clear();
    expect((await sent(body, '')).report).toMatchObject({ saved: true, inserted: 200 });
    expect(await service.export('csv')).toBe(csv);
  });

  test('is taken in gzip as well', async () => {
    const csv = extract({ rows: 20, seed: 44 });
    await service.import(csv);
    expect((await sent(gzipSync(await workbook()), '')).report).toMatchObject({ saved: true, unchanged: 20 });
  });

  test('keeps the digits that a spreadsheet has cut since, and says how often', async () => {
    const timeToProvideFeedback = '0.10222222222222223';
    const csv = csvOf([rowOf({ interviewId: 'i-1', timeToProvideFeedback })]);
    await service.import(csv);
    const cells = `${id()}<c r="AD2"><v>0.102222222222222</v></c>`;
    const { report } = await sent(workbookOf(`${textRow(LABELS)}<row r="2">${cells}</row>`), '');
    expect(report).toMatchObject({ saved: true, updated: 0, unchanged: 1 });
    expect(report.warnings.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^1 number with 8 to 15 digits: the stored number/),
    ]);
    expect(await service.export('csv')).toBe(csv);
  });

  test('gives the same rows, whatever their values', async () => {
    await fc.assert(
      fc.asyncProperty(canonicalRows, fc.constantFrom('', '&header=keys'), async (rows, header) => {
        const csv = toCsv(rows);
        await service.reset(csv);
        const stored = await service.export('csv');
        const body = await workbook(header);
        await service.clear();
        await sent(body);
        expect(await service.export('csv')).toBe(stored);
      }),
      { numRuns: propertyRuns(15) },
    );
  });
});

describe('cells of other programs', () => {
  test('are texts, shared or in parts, numbers, booleans and formulas’ results', async () => {
    const { report, rows } = await imported(
      ['interviewId', 'room', 'applicationStep', 'duration', 'interviewCanceled', 'interviewers'],
      `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="inlineStr"><is><r><rPr><b/></rPr><t>On</t></r><r><t xml:space="preserve">-site </t></r></is></c><c r="D2"><v>4.5999999999999996</v></c><c r="E2" t="b"><v>1</v></c><c r="F2"><f>1+1</f><v>2</v></c></row>
       <row r="7"><c r="A7" t="str"><f>"i-"&amp;2</f><v>i-2</v></c><c r="D7"><v>2.5E-2</v></c><c r="E7" t="b"><v>0</v></c></row>`,
      {
        strings: [
          '<t>i-1</t>',
          '<r><t>Room </t></r><r><t>_x0041__x005F_x0041_&amp;</t></r><rPh sb="0" eb="1"><t>phonetic</t></rPh><phoneticPr fontId="1"/>',
        ],
      },
    );
    expect(report).toMatchObject({ saved: true, inserted: 2 });
    expect(rows).toEqual([
      ['i-1', 'Room A_x0041_&', 'On-site ', '4.6', 'true', '2'],
      ['i-2', null, null, '0.025', 'false', null],
    ]);
  });

  test('are dates where their format shows one, in both date systems', async () => {
    const formats = [22, 'dd\\.mm\\.yyyy hh:mm', '[$-407]d. mmm yy', '0.0 "days"', 'yyyy-mm-dd;@'];
    const cells = (serial: string) => [1, 2, 3, 5].map((style) => `<c s="${style}"><v>${serial}</v></c>`).join('');
    const keys: FieldKey[] = [
      'interviewId',
      'interviewCreateDate',
      'interviewStartDate',
      'startTime',
      'endTime',
      'duration',
    ];
    const row = (serial: string) => `<row>${id()}${cells(serial)}<c s="4"><v>${serial}</v></c></row>`;
    const clock = '2026-03-29T14:30:00';
    const { rows } = await imported(keys, row('46110.604166666664'), { formats });
    expect(rows).toEqual([['i-1', clock, clock, clock, clock, '46110.604166666664']]);
    const other = await imported(keys, row('44648.604166666664'), { formats, is1904: true });
    expect(other.rows).toEqual([['i-1', clock, clock, clock, clock, '44648.604166666664']]);
  });

  test('are dates in ISO 8601 and dates as text', async () => {
    const { rows } = await imported(
      ['interviewId', 'startTime', 'endTime'],
      `<row>${id()}<c t="d" s="1"><v>2026-03-29T14:30:00</v></c><c t="inlineStr"><is><t>2026-03-29 15:00</t></is></c></row>`,
      { formats: [22] },
    );
    expect(rows).toEqual([['i-1', '2026-03-29T14:30:00', '2026-03-29T15:00:00']]);
  });

  test.each(['', 'x:'])('are read in both forms of the namespaces, with prefix "%s"', async (prefix) => {
    for (const strict of [false, true]) {
      const { rows } = await imported(['interviewId', 'interviewers'], `<row>${id()}<c><v>3</v></c></row>`, {
        prefix,
        strict,
      });
      expect(rows).toEqual([['i-1', '3']]);
      await service.clear();
    }
  });

  test('are empty where there is no cell, and rows without content are skipped', async () => {
    const { report, rows } = await imported(
      ['interviewId', 'room', 'interviewers'],
      `<row/><row r="5" spans="1:3"><c r="A5" t="inlineStr"><is><t>i-1</t></is></c><c r="C5"><v>3</v></c><c r="ALM5" s="1"/></row><row r="6"><c r="A6" s="1"/><c r="B6"><v></v></c></row>`,
    );
    expect(report).toMatchObject({ read: 1, inserted: 1, refused: 0 });
    expect(rows).toEqual([['i-1', null, '3']]);
  });

  test('are named by row and reference where they are refused', async () => {
    const { status, report } = await imported(
      ['interviewId', 'duration', 'startTime', 'room'],
      `<row r="2"><c r="A2"><v>1.2345678901234567E+23</v></c></row>
       <row r="3">${id('i-3')}<c r="B3" t="e"><v>#N/A</v></c></row>
       <row r="4">${id('i-4')}<c r="B4"><f>A1</f></c></row>
       <row r="5">${id('i-5')}<c r="B5" s="1"><v>0.0625</v></c></row>
       <row r="6">${id('i-6')}<c r="C6" s="1"><v>45</v></c></row>`,
      { formats: ['[h]:mm'] },
    );
    expect(status).toBe(422);
    expect(report.refusedRows.map(({ line, column, reason }) => [line, column, reason])).toEqual([
      [2, 'Interview ID', expect.stringMatching(/^the cell A2 is a number of more than the 15 digits/)],
      [3, 'Duration', 'the cell B3 has the error #N/A; correct its formula, or empty it'],
      [4, 'Duration', 'the cell B4 has a formula without a result; open the workbook in a spreadsheet and save it'],
      [5, 'duration', expect.stringMatching(/^"01:30:00" is not a number/)],
      [6, 'startTime', expect.stringMatching(/^"45" is not a date/)],
    ]);
  });

  test('of other sheets are not read, which the report says', async () => {
    const { report } = await imported(['interviewId'], `<row>${id()}</row>`, { others: ['Notes', 'About'] });
    expect(report.warnings.map(({ reason }) => reason)).toContain(
      'only the first sheet, Sheet1, is imported; not: Notes',
    );
  });
});

describe('what is no workbook that can be read is refused in words', () => {
  const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex');
  const files = workbookFiles(textRow(LABELS) + textRow(['i-1']));
  const without = (name: string) => Object.fromEntries(Object.entries(files).filter(([key]) => key !== name));
  const lying = (lies: Lies) => archiveOf(files, { 'xl/worksheets/sheet1.xml': lies });
  const sheet = (xml: string) => archiveOf({ ...files, 'xl/worksheets/sheet1.xml': xml });

  test.each([
    [
      'a workbook of the old format, or with a password',
      Buffer.concat([compound, Buffer.alloc(504)]),
      /\(\.xls\).*password/,
    ],
    ['an archive of something else', archiveOf({ 'rows.csv': 'a' }), /ZIP file but no Excel workbook/],
    ['an OpenDocument file', archiveOf({ mimetype: 'x', 'content.xml': '<a/>' }), /OpenDocument file \(\.ods\)/],
    [
      'a binary workbook',
      archiveOf({ ...files, '_rels/.rels': (files['_rels/.rels'] ?? '').replace('workbook.xml', 'workbook.bin') }),
      /\.xlsb/,
    ],
    ['half of a workbook', archiveOf(files).subarray(0, 900), /the workbook is damaged/],
    [
      'a workbook without its sheet',
      archiveOf(without('xl/worksheets/sheet1.xml')),
      /its part xl\/worksheets\/sheet1\.xml is missing/,
    ],
    ['an encrypted archive', lying({ flags: 1 }), /encrypted/],
    ['one with a wrong checksum', lying({ crc: 1 }), /checksum of xl\/worksheets\/sheet1\.xml is wrong/],
    ['one with a wrong size', lying({ size: 10 }), /the workbook is damaged/],
    ['a sheet that is no XML', sheet('<worksheet><sheetData><row></c>'), /sheet1\.xml is not XML/],
    ['a sheet with a document type', sheet('<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'), /has a document type/],
    ['a sheet of deep elements', sheet('<a>'.repeat(200)), /nested more than 100 deep/],
    [
      'a sheet with a text of nine million characters',
      sheet(`<worksheet><a>${'x'.repeat(9 << 20)}`),
      /larger|too long|more than/,
    ],
    ['a text that is not there', workbookOf('<row><c t="s"><v>7</v></c></row>'), /it has no text 7/],
    [
      'rows out of order',
      workbookOf(`${textRow(LABELS)}<row r="3">${id()}</row><row r="2"/>`),
      /after row 3 it has a row 2/,
    ],
    [
      'cells out of order',
      workbookOf('<row r="1"><c r="B1"><v>1</v></c><c r="A1"/></row>'),
      /has a cell A1 out of its order/,
    ],
    ['an empty sheet', workbookOf(''), /the file is empty/],
    ['too many columns', workbookOf('<row><c r="ALM1"><v>1</v></c></row>'), /at least 1,001 cells/],
  ])('%s', async (_, body, reason) => {
    const { status, report } = await sent(body, '');
    expect([413, 422]).toContain(status);
    expect(report.message).toMatch(reason);
    expect(report.message).not.toMatch(/\n|\bat \//);
  });

  test('an archive that unpacks to more than an upload may have', async () => {
    const bomb = archiveOf({ ...files, 'xl/worksheets/sheet1.xml': Buffer.alloc(9 << 20, ' ') });
    expect(bomb.length).toBeLessThan(100_000);
    expect(await sent(bomb, '')).toMatchObject({ status: 413, report: { message: expect.stringMatching(/unpacked/) } });
  });

  test('an archive that says it unpacks to less', async () => {
    const bomb = archiveOf(
      { ...files, 'xl/worksheets/sheet1.xml': Buffer.alloc(64 << 20, ' ') },
      { 'xl/worksheets/sheet1.xml': { size: 1000 } },
    );
    expect((await sent(bomb, '')).report.message).toMatch(/damaged/);
  });

  test('on the command line, too, an archive that is packed too densely', async () => {
    const bomb = archiveOf({ ...files, 'xl/worksheets/sheet1.xml': Buffer.alloc(64 << 20, ' ') });
    const report = await service.import(bomb);
    expect(reasons(report)).toEqual([expect.stringMatching(/packed more than 300 to one/)]);
    expect(deflateRawSync(Buffer.alloc(64 << 20, ' ')).length).toBeLessThan((64 << 20) / 300);
  });

  test('a format code of a million brackets is none, and takes no time', async () => {
    const { status } = await sent(workbookOf(textRow(LABELS), { formats: ['['.repeat(1_000_000)] }));
    expect(status).toBe(200);
    // Before its length was limited, this test did not end.
  });

  test('a text that many cells name counts each time, and may not be longer than a cell', async () => {
    const cells = (count: number) =>
      Array.from({ length: count }, (_, at) => `<row>${id(`i-${at}`)}<c r="X${at + 2}" t="s"><v>0</v></c></row>`).join(
        '',
      );
    const many = await sent(workbookOf(textRow(LABELS) + cells(200), { strings: [`<t>${'x'.repeat(60_000)}</t>`] }));
    expect([many.status, many.report.message]).toEqual([413, expect.stringMatching(/characters in its cells/)]);
    const long = await sent(workbookOf(textRow(LABELS) + cells(1), { strings: [`<t>${'x'.repeat(70_000)}</t>`] }));
    expect(long.status).toBe(422);
    expect(reasons(long.report)[0]).toMatch(/^the workbook has a text of 70000 characters/);
  });

  test('a cell that names no text is empty', async () => {
    const { report, rows } = await imported(['interviewId', 'room'], `<row>${id()}<c t="s"><v/></c></row>`, {
      strings: ['<t>first</t>'],
    });
    expect([report.saved, rows]).toEqual([true, [['i-1', null]]]);
  });

  test('and nothing of it stays in the temporary folder', async () => {
    // One of its own: other tests import workbooks at the same time.
    const [usual, folder] = [process.env.TMPDIR, await mkdtemp(path.join(tmpdir(), 'interviews-test-'))];
    process.env.TMPDIR = folder;
    try {
      await sent(workbookOf(textRow(LABELS)), '');
      await sent(archiveOf(files).subarray(0, 900), '');
      expect(await readdir(folder)).toEqual([]);
    } finally {
      if (usual === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = usual;
      await rm(folder, { recursive: true });
    }
  });
});
