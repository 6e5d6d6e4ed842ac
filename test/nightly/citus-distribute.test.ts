/** `npm run distribute` on a cluster of Citus (CITUS_URL, test/kit/citus.ts): what it refuses, what an interruption leaves, who may read afterwards. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EXTRACT_PATH } from '../../src/domain/paths.ts';
import { CITUS_URL, emptyCitusDatabase, nodesOf } from '../kit/citus.ts';
import { Command, run } from '../kit/command.ts';
import { type TestDatabase, urlOf } from '../kit/database.ts';
import { extract } from '../kit/generated.ts';
import { withClient } from '../kit/server.ts';

const ROWS = extract({ rows: 20_000, seed: 4 });

describe.runIf(CITUS_URL)('distribute', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await emptyCitusDatabase();
  }, 60_000);
  afterEach(() => database.drop());

  const on = (args: readonly string[], env: Record<string, string> = {}, input = '') =>
    run(args, { DATABASE_URL: database.url, SAMPLE: 'off', ...env }, input);
  const sql = (text: string) => withClient(database.connection, async (client) => (await client.query(text)).rows);
  const distributed = () => sql('SELECT logicalrelid::text AS name FROM pg_dist_partition ORDER BY 1');

  test('refuses a coordinator that would hold rows itself, and says how to change that', async () => {
    await sql('SELECT citus_set_coordinator_host(nodename, nodeport) FROM pg_dist_node WHERE groupid = 0');
    await sql(
      `SELECT citus_set_node_property(nodename, nodeport, 'shouldhaveshards', true) FROM pg_dist_node WHERE groupid = 0`,
    );
    expect(await on(['distribute'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /The coordinator would hold rows itself.*'shouldhaveshards', false\).*Nothing was changed\.\n$/s,
      ),
    });
    expect(await distributed()).toEqual([]);
  });

  test('refuses a worker, and a coordinator that knows none', async () => {
    const { workers } = await nodesOf(database);
    const [worker] = workers;
    if (!worker) throw new Error('no worker');
    expect(await on(['distribute'], { DATABASE_URL: urlOf(worker), MIGRATE: 'off' })).toMatchObject({ code: 1 });
    await sql('SELECT citus_remove_node(nodename, nodeport) FROM pg_dist_node WHERE groupid <> 0');
    expect(await on(['distribute'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/knows no worker that takes rows.*citus_add_node.*Nothing was changed\.\n$/s),
    });
  });

  test('that is interrupted leaves everything as it was, and works the next time', async () => {
    expect(await on(['import', '-'], {}, ROWS)).toMatchObject({ code: 0 });
    const command = new Command(['distribute'], { DATABASE_URL: database.url, AUDIT: 'continue' });
    await new Promise<void>((resolve) =>
      command.child.stderr?.on('data', () => /Distributing appointment/.test(command.stderr) && resolve()),
    );
    command.child.kill('SIGINT');
    expect(await command.ended()).toBe(130);
    expect(await distributed()).toEqual([]);
    expect(await on(['verify'])).toMatchObject({ code: 0 });
    expect(await on(['distribute'], { AUDIT: 'continue' })).toMatchObject({ code: 0 });
    expect((await distributed()).map(({ name }) => name)).toEqual(['appointment', 'interview', 'time_slot']);
    expect(await on(['verify'])).toMatchObject({ code: 0 });
    expect(
      await sql(`SELECT outcome, rows::integer AS rows FROM audit_entry WHERE action = 'DISTRIBUTE' ORDER BY at`),
    ).toEqual([
      { outcome: 'CUT', rows: null },
      { outcome: 'SUCCESS', rows: expect.any(Number) },
    ]);
  });

  describe('afterwards', () => {
    const role = `runs_${randomUUID().slice(0, 8)}`;
    test.each(['before', 'after'])('a role that got its rights %s it reads, imports and erases', async (when) => {
      await sql(`CREATE ROLE "${role}" LOGIN`);
      try {
        expect(await on(['migrate'])).toMatchObject({ code: 0 });
        if (when === 'before') expect(await on(['migrate', '--grants', role])).toMatchObject({ code: 0 });
        // Whoever doesn't own the tables can't.
        expect(
          await on(['distribute'], { DATABASE_URL: urlOf({ ...database.connection, user: role }), MIGRATE: 'off' }),
        ).toMatchObject({ code: 1 });
        expect(await on(['distribute'])).toMatchObject({ code: 0 });
        if (when === 'after') expect(await on(['migrate', '--grants', role])).toMatchObject({ code: 0 });
        const env = { DATABASE_URL: urlOf({ ...database.connection, user: role }), MIGRATE: 'off' };
        expect(await on(['import', '-'], env, ROWS.slice(0, ROWS.lastIndexOf('\n', 400_000) + 1))).toMatchObject({
          code: 0,
          stderr: '',
        });
        expect(await on(['verify'], env)).toMatchObject({ code: 0 });
        const service = new Command(['start'], {
          ...env,
          SAMPLE: 'off',
          PORT: '0',
          ADMIN_TOKEN: 'admin-token-of-the-tests',
          LOG_LEVEL: 'error',
        });
        try {
          const [, url = ''] = await service.prints(/at (http:\S+)\n/);
          const response = await fetch(`${url}${EXTRACT_PATH}?limit=2`, {
            headers: { Authorization: 'Bearer admin-token-of-the-tests' },
          });
          expect([response.status, ((await response.json()) as { content: unknown[] }).content.length]).toEqual([
            200, 2,
          ]);
          expect((await fetch(`${url}/readyz`)).status).toBe(200);
        } finally {
          await service.kill('SIGTERM');
        }
      } finally {
        await sql(`DROP OWNED BY "${role}"; DROP ROLE "${role}"`);
      }
    });
  });
});
