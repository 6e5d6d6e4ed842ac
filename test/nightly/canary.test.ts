/**
 * Texts that occur nowhere else are imported by every door, then their people are erased or their interviews expire, and then the texts are
 * searched for wherever they could have been left (docs/erasure.md, docs/retention.md).
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FieldKey } from '../../src/domain/fields.ts';
import { entryOf } from '../kit/audit.ts';
import { run } from '../kit/command.ts';
import { emptyDatabase, urlOf } from '../kit/database.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { isReadable, type Needles, rawSearch } from '../kit/raw-search.ts';
import { csvOf, jsonOf, rowWith, type Values } from '../kit/rows.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';
import { partsOf } from '../kit/workbook.ts';

const PATH = '/analytics/interviews';
const AUDIT = '/admin/audit';
const RUN = randomBytes(6).toString('hex');
const ROWS = 40;

/** Somebody of whom nothing may be left: what is written of them, by the field or the name of a candidate. */
const canary = (name: string) => ({
  candidateProfileId: randomUUID(),
  interviewerEmployeeId: `${name}-${RUN}-employee`,
  creatorEmployeeId: `${name}-${RUN}-organizer`,
  interviewerFirstName: `${name}-${RUN}-first`,
  interviewerLastName: `${name}-${RUN}-last`,
  creatorFirstName: `${name}-${RUN}-creator`,
  creatorLastName: `${name}-${RUN}-scheduler`,
  interviewerReview: `${name}-${RUN}-review`,
  interviewLocation: `${name}-${RUN}-location`,
  room: `${name}-${RUN}-room`,
});
const ERASED = canary('erased');
const EXPIRED = canary('expired');
/** Of the one whose interviews have expired, the IDs stay. */
const IDS: readonly FieldKey[] = ['candidateProfileId', 'interviewerEmployeeId', 'creatorEmployeeId'];
const GONE: readonly string[] = [
  ...Object.values(ERASED),
  ...Object.entries(EXPIRED).flatMap(([key, text]) => (IDS.includes(key as FieldKey) ? [] : [text])),
  `family-${RUN}`,
];
/** What must never be in a log, in a history or beside the database. */
const WRITTEN = GONE.filter((text) => text !== ERASED.candidateProfileId && !text.includes('-employee'));

const LATER = '2099-03-05';
const onDay = (day: string, values: Values) =>
  rowWith({
    interviewCreateDate: '2024-01-01T00:00:00',
    interviewStartDate: `${day}T09:00:00`,
    startTime: `${day}T09:00:00`,
    endTime: `${day}T10:30:00`,
    ...values,
  });
/** The reviews are long, as some are: those of the last rows are stored apart from their rows. */
const reviewOf = (text: string, at: number) => (at < ROWS - 5 ? text : text + randomBytes(3_000).toString('hex'));
const ROWS_OF_CANARIES = Array.from({ length: ROWS }, (_, at) => [
  onDay(LATER, { ...ERASED, interviewId: `erased-${at}`, interviewerReview: reviewOf(ERASED.interviewerReview, at) }),
  onDay('2024-03-05', {
    ...EXPIRED,
    interviewId: `expired-${at}`,
    interviewerReview: reviewOf(EXPIRED.interviewerReview, at),
    ...(at % 3 === 0 && { interviewerEmployeeId: null }),
  }),
]).flat();
const OTHERS = Array.from({ length: 20 }, (_, at) => onDay(LATER, { interviewId: `other-${at}` }));
const ALL = [...ROWS_OF_CANARIES, ...OTHERS];
const FILE = csvOf(ALL);
const NAMES = `candidateProfileId,firstName,lastName\n${ERASED.candidateProfileId},erased,family-${RUN}\n${EXPIRED.candidateProfileId},expired,family-${RUN}\n`;

const log = memoryLog('trace');
let service: Service;
let upstream: Service;
let folder: string;
const file = (name: string) => path.join(folder, name);
const env = (more: Record<string, string> = {}) => ({
  DATABASE_URL: urlOf(service.connection),
  RETENTION_MONTHS: '12',
  ERASURES_FILE: file('erasures'),
  TMPDIR: file('temporary'),
  AUDIT: 'continue',
  ...more,
});
const command = async (args: readonly string[], more: Record<string, string> = {}) => {
  const result = await run(args, env(more));
  expect(result, args.join(' ')).toMatchObject({ code: 0 });
  return result;
};

beforeAll(async () => {
  [service, upstream] = await Promise.all([startService({ AUDIT: 'continue' }, log.log), startService()]);
  folder = await mkdtemp(path.join(tmpdir(), 'canary-'));
  // For the service, which runs in this process.
  process.env.TMPDIR = file('temporary');
  await mkdir(file('temporary'));
  await Promise.all([
    writeFile(file('rows.csv'), FILE),
    writeFile(file('candidates.csv'), NAMES),
    writeFile(file('token'), `${ADMIN_TOKEN}\n`),
    upstream.import(FILE),
  ]);
});
afterAll(async () => {
  await Promise.all([service?.stop(), upstream?.stop()]);
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await service.clear();
  await service.rows('DELETE FROM erasure; UPDATE dataset SET retained_from = NULL, retained_at = NULL');
  await rm(file('erasures'), { force: true });
  await service.import(csvOf(OTHERS));
});
afterEach(async () => {
  expect(await readdir(file('temporary'))).toEqual([]);
});

const found = (text: string, texts = GONE) => texts.filter((each) => text.includes(each));

const post = async (body: string | Uint8Array<ArrayBuffer>, type: string) => {
  const response = await service.get(PATH, { method: 'POST', headers: { 'content-type': type }, body });
  expect(response.status).toBe(200);
};

const byCsv = () => post(FILE, 'text/csv');

/** The ways in which the rows come. */
const DOORS: Readonly<Record<string, () => Promise<unknown>>> = {
  'CSV over HTTP': byCsv,
  'JSON over HTTP': () => post(`[${ALL.map((row) => jsonOf(row)).join(',')}]`, 'application/json'),
  'a workbook over HTTP': async () => {
    const workbook = await upstream.get(`${PATH}?format=xlsx`);
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await post(new Uint8Array(await workbook.arrayBuffer()), type);
  },
  'the command line': () => command(['import', file('rows.csv')]),
  'a sync': () => command(['sync', '--from', upstream.url, '--token-file', file('token')], { LOG_LEVEL: 'trace' }),
};

/** Every kind of answer, as text, by its address. */
async function answers(): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  const keep = async (address: string, init: RequestInit = {}) => {
    const response = await service.get(address, init);
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = address.includes('xlsx') ? Array.from(partsOf(bytes).values(), String).join('\n') : bytes.toString();
    expect([address, response.status, /^.*"errors":.*$/m.exec(text)?.[0]]).toEqual([address, 200, undefined]);
    all.set(`${address} ${init.body ?? ''}`, text);
    return text;
  };
  const query = (text: string) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: text }),
  });
  for (const format of ['csv', 'json', 'ndjson', 'xlsx'])
    await keep(`${PATH}?format=${format}&include=candidateName,interviewerName`);
  await keep(`${PATH}/summary`);
  const metrics = `${PATH}/metrics?metrics=appointments,heldSlots`;
  const groups = ['interviewer', 'creator', 'candidate', 'location', 'room'];
  for (const group of groups) {
    const text = await keep(`${metrics}&groupBy=${group}&evidence=true&format=json`);
    for (const [, address = ''] of text.matchAll(/"[a-zA-Z]*Evidence":"([^"]*)"/g)) {
      const { pathname, search } = new URL(address, service.url);
      await keep(pathname + search);
    }
  }
  const sets = JSON.parse(await keep('/odata/v4/')) as { value: { url: string }[] };
  for (const { url } of sets.value) await keep(`/odata/v4/${url}`);
  const row =
    '{ candidateProfileId interviewerFirstName interviewerLastName interviewerReview interviewLocation room creatorFirstName creatorLastName }';
  for (const text of [
    `{ appointments(first: 200) { nodes { review interviewerName interviewer { employeeId name } candidate { name } timeSlot { room } row ${row} } } }`,
    '{ interviews(first: 200) { nodes { location creator { employeeId name } candidate { candidateProfileId firstName lastName } } } }',
    '{ interviewers(first: 200) { nodes { id employeeId firstName lastName } } candidates(first: 200) { nodes { id candidateProfileId name } } }',
    '{ dataset { imports { origin outcome code message } } }',
  ])
    await keep('/graphql', query(text));
  await keep('/admin/tokens');
  await askForThem(keep, query);
  for (const format of ['csv', 'json', 'ndjson']) await keep(`${AUDIT}?format=${format}`);
  const entry = 'actor address action target operation subjects attributes outcome code requestId';
  await keep('/graphql', query(`{ audit(first: 500) { nodes { ${entry} } } }`));
  return all;
}

/** Asks by their ids, and by the texts that nobody else has, and waits until the audit log has that. */
async function askForThem(
  keep: (address: string, init?: RequestInit) => Promise<string>,
  query: (text: string) => RequestInit,
): Promise<void> {
  const { candidateProfileId, interviewerEmployeeId, interviewerReview, interviewLocation, room } = ERASED;
  await keep(`${PATH}?candidateProfileId=${candidateProfileId}&interviewerEmployeeId=${interviewerEmployeeId}`);
  const filter = `interviewerReview eq '${interviewerReview}' or interviewerLastName eq '${EXPIRED.interviewerLastName}'`;
  await keep(`/odata/v4/Appointments?$select=rowId&$filter=${encodeURIComponent(filter)}`);
  const where = `{ or: [{ review: { eq: "${EXPIRED.interviewerReview}" } }, { timeSlot: { room: { eq: "${room}" } } },
    { interview: { location: { eq: "${interviewLocation}" } } }, { interviewer: { employeeId: { eq: "${interviewerEmployeeId}" } } }] }`;
  await keep('/graphql', query(`{ appointments(where: ${where}) { nodes { id } } }`));
  const asked = await service.get(`${PATH}/summary`);
  await entryOf(service, asked);
}

/** All that is stored, and what the planner keeps of it. */
async function stored(): Promise<string> {
  const tables = await service.rows(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r'`,
  );
  const rows = await Promise.all(tables.map(({ name }) => service.rows(`SELECT t::text AS row FROM "${name}" t`)));
  return JSON.stringify([rows, await service.rows('SELECT s::text AS row FROM pg_stats s')]);
}

const forget = async (...more: string[]) => {
  const { candidateProfileId, interviewerEmployeeId, creatorEmployeeId } = ERASED;
  const people = [
    '--candidate',
    candidateProfileId,
    '--employee',
    interviewerEmployeeId,
    '--employee',
    creatorEmployeeId,
  ];
  await command(['erase', ...people, ...more]);
  await command(['retain', ...more]);
};

/** Imports the names, and then the rows by a door. */
const enter = async (door: () => Promise<unknown>) => {
  await door();
  await command(['import', '--candidates', file('candidates.csv')]);
};

describe.each(Object.entries(DOORS))('what came by %s', (name, door) => {
  test('is nowhere beside the tables and answers, and once it is forgotten nowhere at all, however often it comes', async () => {
    await enter(door);
    expect(found(await stored()).sort()).toEqual([...GONE].sort());
    const before = await answers();
    expect(found([...before.values()].join('\n')).sort()).toEqual([...GONE].sort());
    const history = await service.rows('SELECT r::text AS row FROM import_record r');
    const audited = [...before].flatMap(([address, text]) => (/audit/.test(address) ? [text] : []));
    expect(audited).toHaveLength(4);
    // Who was asked for, and nothing that is written of them.
    const asked = [ERASED.candidateProfileId, ERASED.interviewerEmployeeId];
    for (const text of audited) expect(found(text, asked)).toEqual(asked);
    expect(found(log.text() + JSON.stringify(history) + audited.join(), WRITTEN)).toEqual([]);

    await forget();
    for (const again of [false, true]) {
      if (again) await enter(door);
      expect([name, again, found(await stored())]).toEqual([name, again, []]);
      for (const [address, text] of await answers()) expect([address, found(text)]).toEqual([address, []]);
    }
    expect(found(log.text(), WRITTEN)).toEqual([]);
  });
});

test('a backup made afterwards has nothing of it, and an older one neither once it is restored with the list', async () => {
  await enter(byCsv);
  await command(['backup', file('old.backup')]);
  await forget();
  await command(['backup', file('new.backup')]);
  const contents = async (name: string) => gunzipSync(await readFile(file(name))).toString();
  expect(found(await contents('old.backup')).sort()).toEqual([...GONE].sort());
  expect(found(await contents('new.backup'))).toEqual([]);
  expect(found(await readFile(file('erasures'), 'utf8'))).toEqual([]);
  const target = await emptyDatabase();
  try {
    await command(['restore', file('old.backup')], { DATABASE_URL: target.url });
    expect(found((await command(['export'], { DATABASE_URL: target.url })).stdout)).toEqual([]);
    await command(['backup', file('restored.backup')], { DATABASE_URL: target.url });
    expect(found(await contents('restored.backup'))).toEqual([]);
  } finally {
    await target.drop();
  }
});

test('while people are erased and interviews expire, exports and imports go on: an answer is of before or after', async () => {
  await enter(byCsv);
  const states = new Set([await service.export('csv')]);
  let isOver = false;
  const seen: string[] = [];
  const reading = (async () => {
    while (!isOver) seen.push(await (await service.get(`${PATH}?format=csv`)).text());
  })();
  const importing = (async () => {
    while (!isOver) {
      const response = await service.get(PATH, { method: 'POST', headers: { 'content-type': 'text/csv' }, body: FILE });
      expect([200, 409]).toContain(response.status);
      await response.arrayBuffer();
      await sleep(20);
    }
  })();
  const { candidateProfileId, interviewerEmployeeId, creatorEmployeeId } = ERASED;
  for (const args of [
    ['erase', '--candidate', candidateProfileId],
    ['erase', '--employee', interviewerEmployeeId],
    ['retain'],
    ['erase', '--employee', creatorEmployeeId],
  ]) {
    await command(args);
    states.add(await service.export('csv'));
  }
  isOver = true;
  await Promise.all([reading, importing]);
  expect(states.size).toBe(5);
  expect(seen.filter((text) => !states.has(text))).toEqual([]);
  expect(found(await service.export('csv'))).toEqual([]);
});

test('after --rewrite it is in no file of the database, but the write-ahead log', async (context) => {
  const [server] = await service.rows(
    `SELECT current_setting('data_directory') AS folder, (SELECT oid FROM pg_database WHERE datname = current_database()) AS database`,
  );
  const data = String(server?.folder);
  if (!(await isReadable(data))) {
    if (process.env.CI && !process.env.TEST_DATABASE_URL) throw new Error(`${data} can’t be read`);
    return context.skip('the files of the server can’t be read');
  }
  const needles: Needles = new Map([
    ...GONE.map((text): [string, Buffer] => [text, Buffer.from(text)]),
    ['the bytes of the id', Buffer.from(ERASED.candidateProfileId.replaceAll('-', ''), 'hex')],
  ]);
  /** Databases of other tests, and what is named as not reached. */
  const skip = (name: string) =>
    /^(pg_wal|base\/pgsql_tmp|log)$/.test(name) || (/^base\/\d+$/.test(name) && name !== `base/${server?.database}`);
  const search = async () => {
    await service.rows('CHECKPOINT');
    return await rawSearch(data, needles, skip);
  };
  await enter(byCsv);
  await service.rows('ANALYZE');
  expect((await search()).length).toBeGreaterThan(0);
  await forget();
  // What VACUUM leaves: bytes in the free space of pages, until they are used again (docs/erasure.md).
  expect((await search()).length).toBeGreaterThan(0);
  await forget('--rewrite');
  expect(await search()).toEqual([]);
});
