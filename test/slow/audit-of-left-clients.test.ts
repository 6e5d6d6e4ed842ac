/** What the audit log says of changes whose client left while they were made (docs/audit.md); of erasures audit-log.test.ts tells. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FIELD_KEYS } from '../../src/domain/fields.ts';
import type { Entry } from '../kit/audit.ts';
import { eventually } from '../kit/command.ts';
import { untilBlocked } from '../kit/locked.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { withClient } from '../kit/server.ts';
import { type Service, startService } from '../kit/service.ts';

const log = memoryLog();

let service: Service;
beforeAll(async () => {
  service = await startService({ AUDIT: 'continue' }, log.log);
  await service.import(csvOf([rowWith({ interviewId: 'a' })]));
});
afterAll(() => service?.stop());

/** Sends a request, leaves once `isBegun`, and waits until the service has seen that. */
async function leaveMidway(path: string, init: RequestInit, isBegun: () => Promise<void>): Promise<void> {
  const cut = () => log.lines().filter(({ isCut }) => isCut).length;
  const before = cut();
  const leaving = new AbortController();
  const answer = service.get(path, { method: 'POST', signal: leaving.signal, ...init }).catch(() => 'left');
  await isBegun();
  leaving.abort();
  expect(await answer).toBe('left');
  await expect.poll(cut).toBe(before + 1);
}

/** The only entry of an action, once it is there. */
const entryOfAction = (action: string): Promise<Entry> =>
  eventually(async () => {
    const entries = await service.rows(
      `SELECT outcome, code, rows::int, personal, attributes, actor FROM audit_entry WHERE action = '${action}'`,
    );
    expect(entries).toHaveLength(1);
    return entries[0];
  });

test('an import whose client leaves in its midst has an entry, without rows: it has changed none', async () => {
  const body = new ReadableStream({
    start: (stream) => stream.enqueue(new TextEncoder().encode(`${FIELD_KEYS.join(',')}\n`)),
  });
  const sent = { body, duplex: 'half', headers: { 'content-type': 'text/csv' } } as RequestInit;
  await leaveMidway('/analytics/interviews?replaceAll=true', sent, () =>
    eventually(async () =>
      expect(
        await service.rows(
          `SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        ),
      ).toHaveLength(1),
    ),
  );
  expect(await entryOfAction('IMPORT')).toEqual({
    ...{ outcome: 'CUT', code: null, rows: null, personal: true, actor: 'ADMIN_TOKEN' },
    attributes: { replaceAll: 'true' },
  });
  expect(await service.rows('SELECT count(*)::int AS n FROM appointment')).toEqual([{ n: 1 }]);
});

test('a token that is created although its client has left has an entry, with its name', async () => {
  const sent = { headers: { 'content-type': 'application/json' }, body: '{"name":"nobody has it","scopes":["read"]}' };
  await withClient(service.connection, async (client) => {
    // Whoever reads tokens doesn't wait.
    await client.query('BEGIN; LOCK TABLE access_token IN SHARE MODE');
    await leaveMidway('/admin/tokens', sent, () => untilBlocked(service, 1));
  });
  expect(await entryOfAction('TOKEN_CREATE')).toEqual({
    ...{ outcome: 'CUT', code: null, rows: null, personal: false, actor: 'ADMIN_TOKEN' },
    attributes: { token: 'nobody has it', scopes: 'read' },
  });
  expect(await service.rows('SELECT name FROM access_token')).toEqual([{ name: 'nobody has it' }]);
});
