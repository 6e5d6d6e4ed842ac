/** What an extract may hold at most (docs/contract.md, "Limits"), over HTTP and by the command line, in every format. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIELD_KEYS, FIELDS, type FieldKey } from '../../src/domain/fields.ts';
import { run } from '../kit/command.ts';
import { freshDatabase } from '../kit/database.ts';
import { csvOf, jsonOf, rowWith } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

const MIB = 1024 * 1024;
const PATH = '/analytics/interviews?dryRun=true&allowMissingColumns=true';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

interface Report {
  readonly message?: string;
  readonly errors?: { code: string }[];
  readonly read: number;
  readonly refused: number;
  readonly refusedRows: { line: number; column: string | null; value: string | null; reason: string }[];
  readonly warnings: { column: string | null; reason: string }[];
}

async function post(body: string | Uint8Array, query = ''): Promise<{ status: number; report: Report }> {
  const response = await service.get(PATH + query, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return { status: response.status, report: (await response.json()) as Report };
}

const repeated = (text: string, bytes: number) => Buffer.alloc(bytes, text);
const tooLarge = (bytes: string) => `the value has ${bytes} bytes; at most 1,048,576 (1 MiB of UTF-8) are allowed`;
const tooLargeRecord = (bytes: string) =>
  `the record that begins here has ${bytes} bytes; at most 4,194,304 (4 MiB of UTF-8, all values together) are allowed`;

/** A row of these values in each format; a JSON of a row is one element. */
const formats: [string, (fields: Partial<Record<FieldKey, string>>) => string | Uint8Array, number][] = [
  ['CSV', (fields) => csvOf([rowWith(fields)]), 2],
  ['CSV, gzip', (fields) => gzipSync(csvOf([rowWith(fields)])), 2],
  ['JSON', (fields) => `{"content":[${jsonOf(rowWith(fields))}]}`, 1],
  ['NDJSON', (fields) => `${jsonOf(rowWith(fields))}\n`, 1],
];

describe.each(formats)('in %s', (_format, fileOf, line) => {
  test('a value of 1 MiB is taken, and one byte more refuses its row, which is named', async () => {
    const all = fileOf({ interviewerReview: 'é'.repeat(MIB / 2), room: 'x'.repeat(MIB) });
    expect(await post(all)).toMatchObject({ status: 200, report: { read: 1, refused: 0 } });
    const { status, report } = await post(fileOf({ interviewerReview: `${'é'.repeat(MIB / 2)}x` }));
    expect(status).toBe(422);
    expect(report).toMatchObject({
      errors: [{ code: 'INVALID_EXTRACT' }],
      read: 1,
      refused: 1,
      refusedRows: [{ line, column: 'interviewerReview', value: `${'é'.repeat(79)}…`, reason: tooLarge('1,048,577') }],
    });
    expect(report.refusedRows).toHaveLength(1);
  });

  test('quotes and escapes count as the characters that they stand for', async () => {
    const quotes = { interviewerReview: '"'.repeat(MIB), interviewLocation: '\n'.repeat(MIB) };
    expect(await post(fileOf(quotes))).toMatchObject({ status: 200, report: { refused: 0 } });
  });

  test('a record of more than 4 MiB ends the import', async () => {
    const text = 'x'.repeat(MIB);
    const fields = { applicationStep: text, interviewLocation: text, interviewerReview: text, room: text };
    const { status, report } = await post(fileOf(fields));
    expect(status).toBe(422);
    expect(report.refusedRows[0]).toMatchObject({ line, reason: expect.stringContaining('the record that begins') });
    expect(report.message).toMatch(/^Nothing was saved: the body, (line|element) \d.*4 MiB of UTF-8/);
    expect(await post(fileOf({ ...fields, room: text.slice(MIB / 2) }))).toMatchObject({
      status: 200,
      report: { refused: 0 },
    });
  });
});

describe('a file that never comes to an end of something', () => {
  const header = `${FIELD_KEYS.join(',')}\n`;
  const endless = (start: string, text: string): Uint8Array =>
    gzipSync(Buffer.concat([Buffer.from(start), repeated(text, 12 * MIB)]));
  const cells = 'the record that begins here has at least [\\d,]+ cells; at most 1,000 are allowed';
  const keys = 'the record that begins here has at least 1,001 keys; at most 1,000 are allowed';

  test.each<[string, Uint8Array, number, string | null, string]>([
    ['a header of columns', endless('', 'a,'), 1, null, cells],
    ['a header of commas', endless('', ','), 1, null, cells],
    ['a record of commas', endless(header, ','), 2, null, cells],
    ['a header of one name', endless('', ';'), 1, null, tooLargeRecord('at least 4,194,305')],
    ['a line', endless(`${header}\n1,2,`, 'a'), 3, 'applicationStage', tooLargeRecord('at least 4,194,305')],
    ['quotes', endless(header, '"'), 2, 'interviewId', tooLargeRecord('at least 4,194,305')],
    ['a cell of line ends', endless(`${header}1,"`, '\n'), 2, 'applicationId', tooLargeRecord('at least 4,194,305')],
    ['keys', endless('[{', '"interviewId":"1",'), 1, null, keys],
    ['keys of nobody', endless('[{', '"key of nobody":1,'), 1, null, keys],
    ['a key', endless('[{"room":"1","', 'k'), 1, null, tooLarge('at least 1,048,577')],
    ['a text', endless('[{"interviewId":"1","room":"', 'x'), 1, 'room', tooLarge('at least 1,048,577')],
    ['escapes', endless('[{"room":"', '\\u0041'), 1, 'room', tooLarge('at least 1,048,577')],
    ['backslashes', endless('[{"room":"', '\\\\'), 1, 'room', tooLarge('at least 1,048,577')],
    ['digits', endless('[{"duration":', '1'), 1, 'duration', tooLarge('at least 1,048,577')],
    ['a nested value', endless('[{"room":[', '1,'), 1, 'room', tooLarge('at least 1,048,577')],
    ['a nested value of nobody', endless('[{"x":[', '1,'), 1, null, tooLargeRecord('at least 4,194,305')],
    ['an element that is none', endless('[[', '1,'), 1, null, tooLarge('at least 1,048,577')],
    ['brackets', endless('', '['), 1, null, 'the JSON is nested deeper than 1000 levels'],
  ])('%s: is given up as soon as it is too large', async (_what, file, line, column, reason) => {
    const { status, report } = await post(file);
    expect(status).toBe(422);
    expect(report.refusedRows[0]).toMatchObject({ line, column, value: null });
    expect(report.refusedRows[0]?.reason).toMatch(new RegExp(`^${reason.replace(/[()]/g, '\\$&')}`));
    expect(report.message).toContain(report.refusedRows[0]?.reason);
  });

  test.each([
    ['blank lines', endless(header, '\n')],
    ['lines of commas', gzipSync(header + `${','.repeat(FIELD_KEYS.length - 1)}\n`.repeat(MIB))],
    [
      'blanks between the tokens of JSON',
      gzipSync(Buffer.concat([Buffer.from('['), repeated(' \n', 12 * MIB), Buffer.from(']')])),
    ],
    [
      'what follows after the rows',
      gzipSync(Buffer.concat([Buffer.from('{"content":[],"links":["'), repeated('x', MIB), Buffer.from('"]}')])),
    ],
    ['members of gzip', Buffer.concat([gzipSync(header), ...Array<Buffer>(5_000).fill(gzipSync(''))])],
  ])('%s: is read to its end', async (_what, file) => {
    expect(await post(file)).toMatchObject({ status: 200, report: { read: 0, refused: 0 } });
  });
});

describe('1,000 columns', () => {
  const names = (count: number) => ['interviewId', ...Array.from({ length: count - 1 }, (_, at) => `c${at}`)];

  test('are taken, one more is not', async () => {
    expect(await post(`${names(1000)}\n${['i', ...Array(999).fill('x')]}\n`)).toMatchObject({
      status: 200,
      report: { read: 1 },
    });
    const { status, report } = await post(`${names(1001)}\n`);
    expect([status, report.refusedRows[0]?.reason]).toEqual([
      422,
      'the record that begins here has 1,001 cells; at most 1,000 are allowed',
    ]);
    const object = (count: number) => `[{${names(count).map((name) => `"${name}":"1"`)}}]`;
    expect(await post(object(1000))).toMatchObject({ status: 200, report: { read: 1 } });
    expect((await post(object(1001))).status).toBe(422);
  });
});

describe('what nobody asked for', () => {
  test('keeps the limits as well', async () => {
    const value = 'x'.repeat(MIB + 1);
    for (const [file, line] of [
      [`interviewId,notes\n1,${value}\n`, 2],
      [`[{"interviewId":"1","notes":"${value}"}]`, 1],
    ] as const) {
      const { status, report } = await post(file);
      expect(status).toBe(422);
      expect(report.refusedRows).toEqual([
        { line, column: 'notes', value: `${'x'.repeat(79)}…`, reason: tooLarge('1,048,577') },
      ]);
    }
    const { report } = await post(`interviewId,${value}\n1,2\n`);
    expect(report.refusedRows[0]).toMatchObject({
      line: 1,
      column: `${'x'.repeat(79)}…`,
      reason: tooLarge('1,048,577'),
    });
  });

  test('keeps them in its names and in what is nested, too', async () => {
    const key = 'k'.repeat(3 * MIB);
    const nested = `["${'x'.repeat(MIB)}","${'x'.repeat(MIB)}",{"a":1}]`;
    for (const [member, column, value, bytes] of [
      [`"${key}":1`, `${'k'.repeat(79)}…`, `${'k'.repeat(79)}…`, '3,145,728'],
      [`"notes":${nested}`, 'notes', `["${'x'.repeat(77)}…`, '2,097,167'],
      [`"notes":["${'é'.repeat(MIB / 2)}"]`, 'notes', `["${'é'.repeat(77)}…`, '1,048,580'],
    ]) {
      const { status, report } = await post(`[{"interviewId":"1",${member}},{"interviewId":"2"}]`);
      expect([status, report.read, report.refused]).toEqual([422, 2, 1]);
      expect(report.refusedRows).toEqual([{ line: 1, column, value, reason: tooLarge(`${bytes}`) }]);
    }
    const most = `"${'k'.repeat(MIB)}":1,"notes":["${'x'.repeat(MIB - 4)}"]`;
    expect(await post(`[{"interviewId":"1",${most}}]`)).toMatchObject({ status: 200, report: { refused: 0 } });
    // What stands around the rows is no row's.
    expect(await post(`{"links":${nested},"${key}":1,"content":[{"interviewId":"1"}]}`)).toMatchObject({ status: 200 });
  });

  test('is named by the beginning of a long name', async () => {
    const name = 'n'.repeat(10_000);
    for (const file of [`interviewId,${name}\n1,2\n`, `[{"interviewId":"1","${name}":2}]`]) {
      const { status, report } = await post(file);
      expect(status).toBe(200);
      expect(report.warnings.map(({ column }) => column)).toEqual([`${'n'.repeat(79)}…`]);
      expect(JSON.stringify(report).length).toBeLessThan(1500);
    }
  });
});

describe('a report', () => {
  test('lists a thousand refused rows and warnings of a file that has ever more, and cuts what it quotes', async () => {
    const rows = Array.from({ length: 1500 }, (_, at) =>
      rowWith({
        interviewId: `i${at % 2}`,
        interviewLocation: `${at} ${'x'.repeat(5000)}`,
        interviewType: at % 2 ? 'VIDEO' : null,
      }),
    );
    const { report } = await post(csvOf(rows));
    expect(report.warnings).toHaveLength(1000);
    expect(JSON.stringify(report).length).toBeLessThan(1_000_000);
    const bad = await post(csvOf(rows.map((row) => row.map((cell, at) => (FIELDS[at]?.key === 'jobId' ? 'x' : cell)))));
    expect(bad.report).toMatchObject({ refused: 1500 });
    expect(bad.report.refusedRows).toHaveLength(1000);
  });
});

describe('large values of refused rows', () => {
  test('come back as they were, in the file to mend', async () => {
    const text = '"\n\\\t'.repeat(MIB / 4);
    const file = csvOf([
      rowWith({ interviewId: 'a', interviewerReview: text }),
      rowWith({ interviewId: 'a', interviewerReview: `${text}x`, startTime: '2024-03-05T08:00:00' }),
      rowWith({ interviewId: 'b' }),
    ]);
    const report = await service.import(file, { skipInvalid: true });
    expect(report).toMatchObject({
      saved: true,
      inserted: 1,
      refused: 2,
      refusedRows: [{ reason: tooLarge('1,048,577') }],
    });
    expect((await post(report.refusedFile)).report).toMatchObject({ read: 2, refused: 2 });
    expect(report.refusedFile).toContain(text.replaceAll('"', '""'));
  });
});

describe('npm run import', () => {
  test('has the same limits, for files of names too', async () => {
    const database = await freshDatabase();
    const folder = await mkdtemp(path.join(tmpdir(), 'import-limits-'));
    try {
      const file = async (name: string, bytes: string | Uint8Array) => {
        await writeFile(path.join(folder, name), bytes);
        return path.join(folder, name);
      };
      const env = { DATABASE_URL: database.url };
      const wide = await file('wide.csv.gz', gzipSync(repeated('a,', 4 * MIB)));
      const { code, stdout } = await run(['import', wide], env);
      expect(code).toBe(1);
      expect(stdout).toMatch(/ cells; at most 1,000 are allowed\n[\s\S]*Nothing was saved\.\n$/);
      const names = await file(
        'jobs.csv',
        `jobId,title\n3f2504e0-4f89-41d3-9a0c-0305e82c3301,${'x'.repeat(MIB + 1)}\n`,
      );
      const named = await run(['import', '--jobs', names, '--json'], env);
      expect(named.code).toBe(1);
      expect(JSON.parse(named.stdout)).toMatchObject({
        saved: false,
        jobs: { refusedRows: [{ line: 2, column: 'title', reason: tooLarge('1,048,577') }] },
      });
    } finally {
      await rm(folder, { recursive: true });
      await database.drop();
    }
  });
});
