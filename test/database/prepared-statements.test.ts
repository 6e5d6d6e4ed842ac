import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { data } from '../kit/graphql.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { type Service, startService } from '../kit/service.ts';

const PAGE = '{ interviews(first: 2) { nodes { interviewId job { jobId } } } }';
const NESTED = '{ interviews(first: 2) { nodes { interviewId appointments(first: 1) { nodes { id } } } } }';

let usual: Service;
beforeAll(async () => {
  usual = await startService();
  await usual.import([...generateExtract({ rows: 50, seed: 5 })].join(''));
});
afterAll(() => usual?.stop());

async function withService(
  mode: string,
  work: (service: Service, warnings: () => unknown[]) => Promise<void>,
): Promise<void> {
  const { log, lines } = memoryLog();
  const service = await usual.another({ PREPARED_STATEMENTS: mode }, log);
  try {
    await work(service, () => lines().filter(({ level }) => Number(level) >= 40));
  } finally {
    await service.stop();
  }
}

/** The statements that are prepared on the connection that the next operation gets, too; null behind a pooler. */
async function prepared(service: Service): Promise<number | null> {
  const client = await service.db.operations.connect();
  try {
    const { rows } = await client.query<{ pid: number; count: number }>(
      'SELECT pg_backend_pid() AS pid, (SELECT count(*)::int FROM pg_prepared_statements) AS count',
    );
    const { processID } = client as unknown as { processID: number };
    return rows[0]?.pid === processID ? rows[0].count : null;
  } finally {
    client.release();
  }
}

test.each(['auto', 'on', 'off'])('many operations at once are answered with PREPARED_STATEMENTS=%s', async (mode) => {
  await withService(mode, async (service) => {
    const [page, nested] = [await data(service, PAGE), await data(service, NESTED)];
    const again = Array.from({ length: 60 }, (_, index) => data(service, index % 2 ? PAGE : NESTED));
    for (const [index, answer] of (await Promise.all(again)).entries())
      expect(answer).toEqual(index % 2 ? page : nested);
    const count = await prepared(service);
    if (count !== null) expect(count > 0).toBe(mode !== 'off');
  });
});

test('statements that a pooler has lost are noticed, and sent as they are from then on', async () => {
  await withService('on', async (service, warnings) => {
    const expected = await data(service, PAGE);
    const count = await prepared(service);
    // A pooler that loses statements may have lost this one already.
    if (count !== null) expect(count).toBeGreaterThan(0);
    await service.db.operations.query('DEALLOCATE ALL');
    // Behind a pooler, operations take turns with the connections, and only the second one on a connection finds out.
    const noticed = async () => {
      expect(await data(service, PAGE)).toEqual(expected);
      return warnings();
    };
    await expect.poll(noticed).toMatchObject([{ msg: expect.stringContaining('loses prepared statements') }]);
    expect(await data(service, NESTED)).toHaveProperty('interviews.nodes.length', 2);
    expect(warnings()).toHaveLength(1);
    if (count !== null) expect(await prepared(service)).toBe(0);
  });
});
