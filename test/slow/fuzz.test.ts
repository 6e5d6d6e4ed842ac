/**
 * Thousands of hostile requests at the running service, and right ones among them. FUZZ_SEED repeats a run; what a failure names is the place
 * in it. FUZZ_REQUESTS is how many there are.
 */
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { METRICS_PATH, ODATA_PATH } from '../../src/domain/paths.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { Command, eventually, run } from '../kit/command.ts';
import { freshDatabase, type TestDatabase } from '../kit/database.ts';
import { fuzzRequests } from '../kit/fuzz/requests.ts';
import type { Sent, Tokens } from '../kit/fuzz/sent.ts';
import { rowsIn } from '../kit/generated.ts';
import { heldBytes, REPORTS_MEMORY, saidBesides } from '../kit/memory.ts';
import { type Answer, exchange, readAnswers } from '../kit/raw-http.ts';
import { withClient } from '../kit/server.ts';
import { decoded, expectSound } from '../kit/sound-answers.ts';

const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 4_000);
/** Until about then the caches are full. */
const WARM_UP = Math.min(12_000, REQUESTS / 2);
const AT_ONCE = 16;
const ROWS = 300;
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** How many more bytes of heap and buffers the service may hold after the requests than after the first of them, each time with answers of one state of the rows. */
const MOST_GROWTH = 10 * 2 ** 20;

const PATH = '/analytics/interviews';
const EXTRACT = [...generateExtract({ rows: ROWS, seed: 11 })].join('');

let database: TestDatabase;
let service: Command;
let port: number;
let tokens: Tokens;

beforeAll(async () => {
  database = await freshDatabase();
  const env = { DATABASE_URL: database.url, ADMIN_TOKEN: 'admin-token-of-the-tests' };
  const imported = await run(['import', '-', '--json'], env, EXTRACT);
  expect(imported).toMatchObject({ code: 0, stderr: '' });
  const token = async (scope: string) =>
    (await run(['token', 'create', '--name', scope, '--scope', `${scope},personal`], env)).stdout.trim();
  tokens = { reader: await token('read'), writer: await token('write'), admin: env.ADMIN_TOKEN };
  service = new Command(['start'], {
    ...env,
    ...REPORTS_MEMORY,
    PORT: '0',
    RATE_LIMIT_PER_SECOND: '1000000',
    RATE_LIMIT_CONCURRENT: '1000000',
    MAX_UPLOAD_BYTES: '2000000',
    UPLOAD_TIMEOUT: '1',
    LOG_LEVEL: 'warn',
  });
  const [, url = ''] = await service.prints(/at (http:\S+)\n[\s\S]*\ncurl /);
  port = Number(new URL(url).port);
}, 60_000);
afterAll(async () => {
  service?.child.kill('SIGKILL');
  await database?.drop();
});

/** A right request, and what its answer must be. */
interface Known {
  readonly head: string;
  check(answer: Answer): void;
}

const headOf = (method: string, target: string, headers: Record<string, string>): string =>
  `${method} ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;

async function answerTo(head: string): Promise<Answer> {
  const { bytes } = await exchange(port, [Buffer.from(head)], { kind: 'waits' });
  const [answer] = readAnswers(bytes, [head.split(' ')[0] as string]).answers;
  if (!answer) throw new Error(`no whole answer: ${bytes.toString('latin1').slice(0, 1000)}`);
  return answer;
}

/** The fuzzed imports bring rows in whose lines begin so. */
const withoutFuzz = (csv: string): string => csv.replace(/^fuzz-.*\n/gm, '');

/** The text of an answer without the version of the data, which the fuzzed imports change. */
const textOf = (answer: Answer): string => decoded(answer).replace(/"dataVersion":"[^"]*"/, '"dataVersion":""');

/** Requests that the fuzzed imports can't change the answers of, with these as they are before. */
async function knownRequests(): Promise<Known[]> {
  const rows = rowsIn(EXTRACT);
  const ids = [...new Set(rows.map(({ interviewId }) => interviewId as string))];
  const quoted = (from: number) =>
    ids
      .slice(from, from + 5)
      .map((id) => `'${id}'`)
      .join(',');
  const some = (from: number) =>
    ids
      .slice(from, from + 5)
      .map((id) => `&interviewId=${encodeURIComponent(id)}`)
      .join('');
  const auth = { 'X-SmartToken': tokens.reader };
  const targets: [string, Record<string, string>][] = [
    [`${PATH}?format=csv${some(0)}`, auth],
    [`${PATH}?format=csv&excel=true&header=labels${some(10)}`, { Authorization: `Bearer ${tokens.reader}` }],
    [`${PATH}?format=json${some(20)}`, { ...auth, 'Accept-Encoding': 'gzip' }],
    [`${PATH}?nulls=omit${some(30)}`, { ...auth, Accept: 'application/x-ndjson', 'Accept-Encoding': 'br' }],
    [`${PATH}?fields=interviewId,startTime&dateFormat=dd.MM.yyyy&limit=2${some(40)}`, auth],
    [`${PATH}?format=csv&jobId=${rows[0]?.jobId}&jobId=${rows[9]?.jobId}`, auth],
    [`${METRICS_PATH}?metrics=slots,interviews&groupBy=job&counts=true&total=true&at=2026-11-01${some(50)}`, auth],
    [
      `${METRICS_PATH}?metrics=heldSlots&groupBy=week&evidence=true&at=2026-11-01${some(60)}`,
      { ...auth, Accept: 'application/json' },
    ],
    [`${PATH}?format=csv&metric=appointments&at=2026-11-01${some(70)}`, auth],
    [`${ODATA_PATH}/Appointments?$filter=${encodeURIComponent(`interviewId in (${quoted(80)})`)}&$count=true`, auth],
    [`${ODATA_PATH}/Interviews?$filter=${encodeURIComponent(`interviewId in (${quoted(90)})`)}&$top=3`, auth],
    [`${ODATA_PATH}/$metadata`, auth],
  ];
  const known = await Promise.all(
    targets.map(async ([target, headers]) => {
      const head = headOf('GET', target, headers);
      const first = await answerTo(head);
      expect([target, first.status]).toEqual([target, 200]);
      expect(decoded(first).length).toBeGreaterThan(100);
      const told = (answer: Answer) =>
        ['content-type', 'content-encoding', 'link'].map((name) => answer.headers.get(name));
      return {
        head,
        check(answer: Answer) {
          expect([answer.status, ...told(answer)]).toEqual([200, ...told(first)]);
          expect(textOf(answer)).toBe(textOf(first));
        },
      };
    }),
  );
  const whole = (answer: Answer) => expect(withoutFuzz(decoded(answer))).toBe(EXTRACT);
  const status = (expected: number) => (answer: Answer) => expect(answer.status).toBe(expected);
  return [
    ...known,
    { head: headOf('GET', `${PATH}?format=csv`, auth), check: whole },
    { head: headOf('GET', `${PATH}?format=csv`, { ...auth, 'Accept-Encoding': 'gzip' }), check: whole },
    { head: headOf('GET', PATH, { ...auth, 'If-None-Match': '*' }), check: status(304) },
    { head: headOf('HEAD', PATH, auth), check: status(200) },
  ];
}

async function checkFuzzed(sent: Sent): Promise<void> {
  const { pieces, ending, methods, mayReset } = sent;
  const { bytes, reset, ended } = await exchange(port, pieces, ending);
  const { answers, cut } = readAnswers(bytes, methods, ended);
  for (const [at, answer] of answers.entries()) expectSound(answer, methods?.[at]);
  if (!methods || ending.kind === 'leaves' || (reset && mayReset)) return;
  const said = `${reset ? 'a reset after ' : ''}${bytes.toString('latin1').slice(0, 1000)}`;
  if (cut || answers.length !== methods.length) throw new Error(`${answers.length} whole answers: ${said}`);
}

/** After so many failures the rest would say little more. */
const ENOUGH = 10;

/** Sends the requests from one place to another, some at once; every tenth is a right one. Fails with the failures. */
async function send(all: readonly Sent[], known: readonly Known[], from: number, to: number): Promise<void> {
  let next = from;
  const failures: string[] = [];
  const work = async () => {
    while (next < to && failures.length < ENOUGH) {
      const at = next++;
      const sent = all[at] as Sent;
      const right = at % 10 === 0 ? known[(at / 10) % known.length] : undefined;
      try {
        if (right) right.check(await answerTo(right.head));
        else await checkFuzzed(sent);
      } catch (error) {
        const what = right ? right.head : `${sent.kind} ${Buffer.concat(sent.pieces).toString('latin1')}`;
        failures.push(
          `request ${at}: ${error instanceof Error ? error.message : error}\n${JSON.stringify(what.slice(0, 2000))}`,
        );
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (failures.length > 0) throw new Error(`FUZZ_SEED=${SEED} shows it again:\n${failures.join('\n\n')}`);
}

/** Connections at the service's port that are neither listening nor over. */
async function openConnections(): Promise<number> {
  const LISTEN = '0A';
  const TIME_WAIT = '06';
  const lines = (await readFile('/proc/net/tcp', 'utf8')).trim().split('\n').slice(1);
  return lines.filter((line) => {
    const [, local = '', , state = ''] = line.trim().split(/\s+/);
    return Number.parseInt(local.split(':')[1] ?? '', 16) === port && state !== LISTEN && state !== TIME_WAIT;
  }).length;
}

describe.runIf(process.platform === 'linux')('the service under hostile requests', () => {
  test(
    'answers all in its own form, the right ones rightly, and is afterwards as it was before',
    async () => {
      const all = fc.sample(fuzzRequests(tokens), { numRuns: REQUESTS, seed: SEED });
      const known = await knownRequests();
      await send(all, known, 0, WARM_UP);
      const before = await heldBytes(service);
      await send(all, known, WARM_UP, REQUESTS);
      expect(service.child.exitCode).toBeNull();
      await eventually(async () => expect(await openConnections()).toBe(0));
      await eventually(async () => expect((await states()).filter((state) => state !== 'idle')).toEqual([]));
      // What is only on its way, such as answers that are computed again after an import, is gone in a while; a leak is not.
      await eventually(async () => expect((await heldBytes(service)) - before).toBeLessThan(MOST_GROWTH));
      expect(saidBesides(service)).toBe('');
      expect(await service.kill('SIGTERM')).toBe(0);
    },
    120_000 + REQUESTS * 20,
  );
});

/** What the service's connections to Postgres are at. */
const states = () =>
  withClient(database.connection, async (client) => {
    const { rows } = await client.query<{ state: string }>(
      `SELECT state FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'interviews-data-service'`,
    );
    return rows.map(({ state }) => state);
  });
