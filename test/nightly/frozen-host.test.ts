/** A server that accepts connections and answers nothing, as one of several hosts: instances go on with the next. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { eventually } from '../kit/command.ts';
import { urlOf } from '../kit/database.ts';
import { type Instance, postAll, startOn, told } from '../kit/instance.ts';
import { hasPostgresPair, PostgresPair } from '../kit/postgres-pair.ts';

const EXTRACT = [...generateExtract({ rows: 200, seed: 4 })].join('');
const MORE = [...generateExtract({ rows: 260, seed: 4 })].join('');
const READS = [
  '/analytics/interviews?format=csv',
  '/analytics/interviews?limit=7',
  '/analytics/interviews/summary',
  '/analytics/interviews/metrics?metrics=heldSlots&groupBy=week',
  `/graphql?query=${encodeURIComponent('{ interviews(first: 5) { nodes { id job { jobId } } } }')}`,
  '/odata/v4/Interviews?$top=3',
];
/** Milliseconds in which whatever is asked of a frozen server is answered: those of a GraphQL operation, and of a connection. */
const BOUND = 60_000;

const get = (instance: Instance, path: string) =>
  instance.ask(path, { headers: { accept: '*/*' }, signal: AbortSignal.timeout(BOUND) });

/** Asks in every way at once; the statuses. */
const askAll = async (instance: Instance): Promise<number[]> =>
  await Promise.all(
    [...READS, '/readyz'].map(async (path) => {
      const response = await get(instance, path);
      await response.arrayBuffer();
      return response.status;
    }),
  );

const ALL_WELL = [...READS, '/readyz'].map(() => 200);

/** Asks in every way until all is well; all that was answered before is 503 or 504. */
async function untilAllWell(instance: Instance): Promise<void> {
  const before = new Set<number>();
  await eventually(async () => {
    const statuses = await askAll(instance);
    for (const status of statuses) before.add(status);
    expect(statuses).toEqual(ALL_WELL);
  }, 120_000);
  for (const status of before) expect([200, 503, 504]).toContain(status);
}

describe.skipIf(!hasPostgresPair())('a frozen server', () => {
  let pair: PostgresPair;
  let primary: Instance;
  let preferring: Instance;
  let reading: Instance;
  const instances: Instance[] = [];

  async function start(url: string, settings: Record<string, string> = {}): Promise<Instance> {
    const instance = await startOn(url, { GRAPHQL_TIMEOUT_SECONDS: '10', ...settings });
    instances.push(instance);
    return instance;
  }

  beforeAll(async () => {
    pair = new PostgresPair();
    primary = await start(urlOf(pair.connection('primary')));
    expect((await postAll(primary, EXTRACT)).status).toBe(200);
    const standbyUrl = urlOf(pair.connection('standby'));
    preferring = await eventually(() => start(pair.urlOfBoth('prefer-standby')));
    reading = await start(urlOf(pair.connection('primary')), { DATABASE_REPLICA_URL: standbyUrl });
    for (const instance of [preferring, reading])
      await eventually(async () => expect(await askAll(instance)).toEqual(ALL_WELL));
  }, 180_000);
  afterAll(async () => {
    pair?.thaw();
    for (const instance of instances) await instance.stop();
    pair?.stop();
  });

  afterEach(() => pair.thaw());

  const readyz = async (instance: Instance) => await (await get(instance, '/readyz')).json();

  test('that was in use is left for the next host, and used again once it answers', async () => {
    await eventually(async () => expect(await readyz(preferring)).toEqual({ status: 'ready', standby: true }));
    // Until the replica has replayed the import, the primary is read.
    await eventually(async () => expect(await readyz(reading)).toEqual({ status: 'ready', reads: 'replica' }));
    pair.freeze('standby');
    await Promise.all([preferring, reading].map(untilAllWell));
    expect(await readyz(preferring)).toEqual({ status: 'ready' });
    expect(await readyz(reading)).toEqual({ status: 'ready', reads: 'primary' });
    expect((await postAll(reading, MORE)).status).toBe(200);
    const more = await told(await get(primary, READS[0] as string));
    expect(await told(await get(reading, READS[0] as string))).toBe(more);
    expect(await told(await get(preferring, READS[0] as string))).toBe(more);
    pair.thaw();
    await eventually(async () => expect(await readyz(preferring)).toEqual({ status: 'ready', standby: true }));
    await eventually(async () => expect(await readyz(reading)).toEqual({ status: 'ready', reads: 'replica' }));
  });

  test('is passed over at the start, where it is the first of several hosts, and as a replica', async () => {
    pair.freeze('standby');
    const started = await Promise.all([
      start(pair.urlOfBoth('any')),
      start(pair.urlOfBoth('primary')),
      start(pair.urlOfBoth('prefer-standby')),
      start(urlOf(pair.connection('primary')), { DATABASE_REPLICA_URL: urlOf(pair.connection('standby')) }),
    ]);
    for (const instance of started) expect(await askAll(instance)).toEqual(ALL_WELL);
  });

  test('that was the primary is left for a standby that was promoted in its place', async () => {
    const either = await start(pair.urlOfBoth('primary'));
    expect((await postAll(either, EXTRACT)).status).toBe(200);
    expect(await askAll(either)).toEqual(ALL_WELL);
    const extract = await told(await get(either, READS[0] as string));
    await eventually(async () => expect(await told(await get(preferring, READS[0] as string))).toBe(extract));
    pair.freeze('primary');
    pair.promote();
    await untilAllWell(either);
    expect(await told(await get(either, READS[0] as string))).toBe(extract);
    expect((await postAll(either, MORE)).status).toBe(200);
  });
});
