/** `npm run distribute` without a cluster; test/nightly/citus.test.ts has one. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../kit/command.ts';
import { freshDatabase, IS_DISTRIBUTED, type TestDatabase } from '../kit/database.ts';
import { withClient } from '../kit/server.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test.skipIf(IS_DISTRIBUTED).each([[[]], [['--undo']], [['--dry-run']]])(
  'distribute %j says which extension is missing, and changes nothing',
  async (options) => {
    const { code, stdout, stderr } = await run(['distribute', ...options], { DATABASE_URL: database.url });
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        / lacks the extension citus.*(CREATE EXTENSION|Install Citus).* Nothing was changed\.\n$/s,
      ),
    });
  },
);

test('an attempt to distribute is in the audit log', { skip: IS_DISTRIBUTED }, async () => {
  await run(['distribute', '--dry-run'], { DATABASE_URL: database.url, AUDIT: 'continue' });
  const { rows } = await withClient(database.connection, (client) =>
    client.query(`SELECT action, target, outcome, attributes FROM audit_entry`),
  );
  expect(rows).toEqual([
    {
      action: 'DISTRIBUTE',
      target: 'npm run distribute',
      outcome: 'FAILED',
      attributes: { undo: false, dryRun: true },
    },
  ]);
});
