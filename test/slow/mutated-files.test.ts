/**
 * Right files that were damaged, imported into the running service: each is refused in words and changes nothing, or what it says is stored and
 * comes out again as it went in. FUZZ_SEED repeats a run; MUTATED_FILES is how many there are.
 */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIELDS } from '../../src/domain/fields.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { Command, eventually } from '../kit/command.ts';
import { freshDatabase, type TestDatabase } from '../kit/database.ts';
import { rowsIn } from '../kit/generated.ts';
import { heldBytes, REPORTS_MEMORY, saidBesides } from '../kit/memory.ts';
import { expectError } from '../kit/sound-answers.ts';

const FILES = Number(process.env.MUTATED_FILES ?? 200);
/** After so many the caches are full. */
const WARM_UP = Math.min(1000, FILES / 2);
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** How many more bytes of heap and buffers the service may hold after all files than after the first of them. */
const MAX_GROWTH = 20 * 2 ** 20;
/** Once there are so many failures the rest would say little more. */
const ENOUGH = 10;
const PATH = '/analytics/interviews';
const TOKEN = 'admin-token-of-the-tests';

const CSV = [...generateExtract({ rows: 40, seed: 5 })].join('');
const ROWS = rowsIn(CSV).map((row) =>
  JSON.stringify(
    Object.fromEntries(
      FIELDS.map(({ key, kind }) => {
        const bare = kind === 'boolean' || kind === 'number' || kind === 'integer';
        return [key, row[key] === null || !bare ? row[key] : JSON.parse(row[key] as string)];
      }),
    ),
  ),
);

const FORMATS = [
  { type: 'text/csv', text: CSV },
  { type: 'text/csv', text: CSV.replaceAll('\n', '\r\n') },
  { type: 'application/json', text: `{"content":[${ROWS.join(',')}]}` },
  {
    type: 'application/json',
    text: JSON.stringify(
      ROWS.map((row) => JSON.parse(row)),
      null,
      2,
    ),
  },
  { type: 'application/x-ndjson', text: ROWS.map((row) => `${row}\n`).join('') },
] as const;

/** Bytes that mean something to one of the readers, or to the database. */
const PIECES = [
  ...[
    '"',
    '""',
    ',',
    '\n',
    '\r',
    '\r\n',
    '\0',
    '\u{feff}',
    '\t',
    ' ',
    '{',
    '}',
    '[',
    ']',
    ':',
    '\\',
    '\\u0000',
    '\\ud800',
  ],
  ...[
    'null',
    'true',
    '1e999',
    '-0',
    '0.1e-7',
    '9'.repeat(400),
    '2026-10-25T01:30:00+02:00',
    '0001-01-01',
    '10000-01-01',
  ],
  ...[
    '__proto__',
    'interviewId',
    "'; DROP TABLE appointment; --",
    '=1+1',
    'x'.repeat(5000),
    '💥',
    'e\u0301',
    '%s',
    '$1',
  ],
].map((text) => Buffer.from(text));
const piece = fc.oneof(
  fc.constantFrom(...PIECES),
  fc.uint8Array({ minLength: 1, maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
);
type Sample<A> = A extends fc.Arbitrary<infer T> ? T : never;

/** A part of the way through the bytes, each as likely: fast-check would mostly take the beginning, which is the header. */
const at = fc.noBias(fc.nat(99_999)).map((number) => number / 100_000);

/** One damage: `from` and `to` are parts of the way through the bytes. */
const damage = fc.record({
  kind: fc.constantFrom('character', 'character', 'insert', 'overwrite', 'remove', 'repeat', 'swap', 'cut'),
  from: at,
  length: fc.oneof({ weight: 3, arbitrary: fc.nat(40) }, fc.nat(3000)),
  to: at,
  piece,
});

function damaged(bytes: Buffer, { kind, from, length, to, piece: inserted }: Sample<typeof damage>): Buffer {
  const begin = Math.floor(from * bytes.length);
  const part = bytes.subarray(begin, begin + length);
  const [before, after] = [bytes.subarray(0, begin), bytes.subarray(begin + length)];
  switch (kind) {
    // Mostly a right file still, with another value in it.
    case 'character':
      return Buffer.concat(
        [before, inserted.toString('hex').charAt(0), bytes.subarray(begin + 1)].map((each) => Buffer.from(each)),
      );
    case 'insert':
      return Buffer.concat([before, inserted, bytes.subarray(begin)]);
    case 'overwrite':
      return Buffer.concat([before, inserted, bytes.subarray(begin + inserted.length)]);
    case 'remove':
      return Buffer.concat([before, after]);
    case 'repeat':
      return Buffer.concat([before, part, part, after]);
    case 'swap': {
      const rest = Buffer.concat([before, after]);
      const place = Math.floor(to * rest.length);
      return Buffer.concat([rest.subarray(0, place), part, rest.subarray(place)]);
    }
    case 'cut':
      return before;
  }
}

const upload = fc
  .record({
    format: fc.constantFrom(...FORMATS),
    damages: fc.oneof(fc.tuple(damage), fc.array(damage, { minLength: 2, maxLength: 4 })),
    gzip: fc.constantFrom('no', 'no', 'whole', 'damaged'),
    options: fc.subarray(['replaceAll=true', 'skipInvalid=true', 'allowMissingColumns=true', 'dryRun=true']),
  })
  .map(({ format, damages, gzip, options }) => {
    const bytes = damages.reduce(damaged, Buffer.from(format.text));
    const packed = () => damages.slice(0, 1).reduce(damaged, gzipSync(format.text));
    const body = gzip === 'no' ? bytes : gzip === 'whole' ? gzipSync(bytes) : packed();
    return { type: format.type, gzip: gzip !== 'no', body, query: options.join('&') };
  });

let database: TestDatabase;
let service: Command;
let url: string;

beforeAll(async () => {
  database = await freshDatabase();
  service = new Command(['start'], {
    ...REPORTS_MEMORY,
    DATABASE_URL: database.url,
    ADMIN_TOKEN: TOKEN,
    PORT: '0',
    RATE_LIMIT_PER_SECOND: '0',
    LOG_LEVEL: 'warn',
  });
  url = (await service.prints(/at (http:\S+)\n[\s\S]*\ncurl /))[1] as string;
});
afterAll(async () => {
  service?.child.kill('SIGKILL');
  await database?.drop();
});

const send = (body: Buffer | string, type: string, query: string, headers = {}) =>
  fetch(`${url.replace(/\/$/, '')}${PATH}?${query}`, {
    method: 'POST',
    headers: { 'x-smarttoken': TOKEN, 'content-type': type, ...headers },
    body: body as unknown as BodyInit,
  });
const stored = async (): Promise<string> =>
  await (await fetch(`${url.replace(/\/$/, '')}${PATH}?format=csv`, { headers: { 'x-smarttoken': TOKEN } })).text();

/** Imports one file and looks at all that follows from it; throws where something of it is wrong. */
async function check({ type, gzip, body, query }: Sample<typeof upload>, before: string): Promise<string> {
  const answer = await send(body, type, query, gzip ? { 'content-encoding': 'gzip' } : {});
  const text = await answer.text();
  if (![200, 400, 413, 415, 422].includes(answer.status)) throw new Error(`the status ${answer.status}: ${text}`);
  const after = await stored();
  if (answer.status !== 200) {
    const { message, errors } = JSON.parse(text);
    expectError(JSON.stringify({ message, errors }));
    if (after !== before) throw new Error('it was refused and has changed what is stored');
    return after;
  }
  const report = JSON.parse(text);
  const { read, inserted, updated, unchanged, duplicates, refused } = report;
  if (read !== inserted + updated + unchanged + duplicates + refused) throw new Error(`the numbers disagree: ${text}`);
  if (report.saved === query.includes('dryRun')) throw new Error(`saved is ${report.saved}`);
  if (!report.saved && after !== before) throw new Error('a dry run has changed what is stored');
  const again = JSON.parse(await (await send(after, 'text/csv', 'dryRun=true&replaceAll=true')).text());
  const lines = rowsIn(after).length;
  if (again.unchanged !== lines || again.refused + again.removed !== 0)
    throw new Error(`the export of ${lines} rows comes in otherwise: ${JSON.stringify(again)}`);
  return after;
}

describe.runIf(process.platform === 'linux')('damaged files', () => {
  test(
    'are refused in words without a change, or stored as they come out again',
    async () => {
      const all = fc.sample(upload, { numRuns: FILES, seed: SEED });
      let before = await stored();
      let memory = 0;
      const failures: string[] = [];
      for (const [number, file] of all.entries()) {
        if (number === WARM_UP) memory = await heldBytes(service);
        try {
          before = await check(file, before);
        } catch (error) {
          const what = `${file.type} ?${file.query} ${JSON.stringify(file.body.toString('latin1').slice(0, 1000))}`;
          failures.push(`file ${number}: ${error instanceof Error ? error.message : error}\n${what}`);
          before = await stored();
        }
        if (failures.length >= ENOUGH) break;
      }
      if (failures.length > 0) throw new Error(`FUZZ_SEED=${SEED} shows it again:\n${failures.join('\n\n')}`);
      await eventually(async () => expect((await heldBytes(service)) - memory).toBeLessThan(MAX_GROWTH));
      expect(service.child.exitCode).toBeNull();
      expect(saidBesides(service)).toBe('');
    },
    120_000 + FILES * 200,
  );
});
