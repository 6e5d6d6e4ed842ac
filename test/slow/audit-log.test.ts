/** The audit log is only ever added to, forgets who is erased, and what happens when it can't be written (docs/audit.md). */
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/create-app.ts';
import { readConfig } from '../../src/config.ts';
import { AuditSpool } from '../../src/db/audit/spool.ts';
import { writeEntries } from '../../src/db/audit/write-entries.ts';
import { erase } from '../../src/db/erasure/erase.ts';
import { serviceEntry } from '../../src/domain/audit/service-entry.ts';
import { auditText, entriesOf, entryOf } from '../kit/audit.ts';
import { run } from '../kit/command.ts';
import { type CutProxy, startCutProxy } from '../kit/cut-proxy.ts';
import { emptyDatabase, freshDatabase, urlOf } from '../kit/database.ts';
import { untilBlocked } from '../kit/locked.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { withClient } from '../kit/server.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const CANDIDATE = '0b9d5d36-5c3f-4f57-8a3a-6a3c1f0e9d11';

let service: Service;
let folder: string;
beforeAll(async () => {
  service = await startService({ AUDIT: 'continue' });
  folder = await mkdtemp(path.join(tmpdir(), 'audit-'));
  await service.import(
    csvOf([rowWith({ interviewId: 'a', candidateProfileId: CANDIDATE, interviewerEmployeeId: 'e-1' })]),
  );
});
afterAll(async () => {
  await service?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Adds an entry so many days old. */
const addOld = (days: number) =>
  service.rows(`INSERT INTO audit_entry (at, id, actor, actor_kind, action, target, attributes, subjects, personal, outcome, duration_ms, written_at)
    SELECT at, gen_random_uuid(), 'old', 'TOKEN', 'READ', 'days ${days}', '{}', '{}', false, 'SUCCESS', 1, at
    FROM (SELECT now() - interval '${days} days') AS old (at)`);

const targets = async (actor: string) =>
  (await service.rows(`SELECT target FROM audit_entry WHERE actor = '${actor}' ORDER BY at`)).map(
    ({ target }) => target,
  );

describe('is only ever added to:', () => {
  test.each([
    `UPDATE audit_entry SET actor = 'nobody'`,
    'DELETE FROM audit_entry',
    'TRUNCATE audit_entry',
    `DO $$ BEGIN DELETE FROM audit_entry; END $$`,
    `SET session_replication_role = replica; DELETE FROM audit_entry`,
    `DELETE FROM audit_entry /* audit_expire( */`,
    `DO $$ BEGIN /*\n audit_expire(1) */ DELETE FROM audit_entry; END $$`,
    `SELECT audit_expire(30), audit_pseudonymise('{candidate:a}'); DELETE FROM audit_entry`,
  ])('%s is refused, also to the owner of the table', async (statement) => {
    await addOld(1);
    await withClient(service.connection, (client) =>
      expect(client.query(statement)).rejects.toMatchObject({
        code: '42501',
        message: expect.stringMatching(/^audit_entry is append-only: (UPDATE|DELETE|TRUNCATE) is refused$/),
      }),
    );
  });

  test('what is older than its days goes, and nothing that is younger than 30', async () => {
    for (const days of [400, 364, 31, 29]) await addOld(days);
    await service.rows('SELECT audit_expire(365)');
    expect(await targets('old')).not.toContain('days 400');
    expect(await targets('old')).toEqual(expect.arrayContaining(['days 364', 'days 31', 'days 29']));
    await service.rows('SELECT audit_expire(30)');
    expect(await targets('old')).toEqual(expect.arrayContaining(['days 29']));
    expect(await targets('old')).not.toContain('days 31');
    await expect(service.rows('SELECT audit_expire(29)')).rejects.toThrow('entries are kept for at least 30 days');
  });

  test('an entry of an instance whose clock is behind is as old as it is written', async () => {
    await service.rows(`INSERT INTO audit_entry (at, id, actor, actor_kind, action, target, attributes, subjects, personal, outcome, duration_ms)
      VALUES (now() - interval '900 days', gen_random_uuid(), 'behind', 'TOKEN', 'READ', 'late', '{}', '{}', false, 'SUCCESS', 1)`);
    await service.rows('SELECT audit_expire(365)');
    expect(await targets('behind')).toEqual(['late']);
  });

  test('nothing goes by a clock that is ahead of all that was written', async () => {
    const own = await freshDatabase();
    try {
      await withClient(own.connection, async (client) => {
        const add = (when: string) =>
          client.query(`INSERT INTO audit_entry (at, id, actor, actor_kind, action, target, attributes, subjects, personal, outcome, duration_ms, written_at)
            VALUES (${when}, gen_random_uuid(), 'a', 'TOKEN', 'READ', 't', '{}', '{}', false, 'SUCCESS', 1, ${when})`);
        const expire = async () => (await client.query('SELECT audit_expire(365)::int AS n')).rows[0].n;
        expect(await expire()).toBe(0);
        await add(`now() - interval '41 days'`);
        expect(await expire()).toBe(0);
        await add(`now() - interval '400 days'`);
        // Of an instance that is even further ahead.
        await add(`now() + interval '1 year'`);
        expect(await expire()).toBe(null);
        await add(`now() - interval '1 second'`);
        expect(await expire()).toBe(1);
      });
    } finally {
      await own.drop();
    }
  });

  test('who may write it otherwise can’t let changes through as the two functions do', async () => {
    const role = `writes_${randomUUID().slice(0, 8)}`;
    await withClient(service.connection, async (client) => {
      await client.query(
        `BEGIN; CREATE ROLE "${role}"; GRANT ALL ON audit_entry TO "${role}"; SET LOCAL ROLE "${role}"`,
      );
      await client.query(`SET LOCAL interviews.audit_change = 'on'`);
      await expect(client.query('DELETE FROM audit_entry')).rejects.toMatchObject({ code: '42501' });
      await client.query('ROLLBACK');
    });
  });

  test('nobody gets a pseudonym who is not on the list of erasures', async () => {
    await addOld(2);
    const read = () => service.rows('SELECT id, subjects FROM audit_entry ORDER BY at, id');
    await entryOf(service, await service.get(`/analytics/interviews?candidateProfileId=${CANDIDATE}`));
    const before = await read();
    expect(JSON.stringify(before)).toContain(`candidate:${CANDIDATE}`);
    const subjects = `ARRAY['candidate:${CANDIDATE}', 'employee:e-1', 'interview:a', 'employee:', '', NULL]`;
    expect(await service.rows(`SELECT audit_pseudonymise(${subjects})::int AS changed`)).toEqual([{ changed: 0 }]);
    expect(await read()).toEqual(before);
  });
});

test('who is erased has a pseudonym in it, in old entries and in new ones', async () => {
  const asked = () => service.get(`/analytics/interviews?candidateProfileId=${CANDIDATE}&interviewerEmployeeId=e-1`);
  await entryOf(service, await asked());
  expect(await auditText(service)).toContain(CANDIDATE);
  const erased = await service.get('/admin/erasures', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ candidates: [CANDIDATE], employees: ['e-1'] }),
  });
  expect(erased.status).toBe(200);
  const erasure = await entryOf(service, erased);
  const later = await entryOf(service, await asked());
  const text = await auditText(service);
  expect(text).not.toContain(CANDIDATE);
  expect(text).not.toContain('employee:e-1');
  const [candidate = '', employee = ''] = later.subjects;
  expect(candidate).toMatch(/^candidate:[\da-f-]{36}$/);
  expect(employee).toMatch(/^employee:erased-[\da-f]{32}$/);
  expect(erasure).toMatchObject({
    action: 'ERASE',
    subjects: [candidate, employee],
    rows: '1',
    personal: true,
    attributes: { people: 2, dryRun: false },
  });
  // The pseudonym is that of the rows.
  const [row] = await service.rows('SELECT candidate_profile_id AS id FROM appointment');
  expect(candidate).toBe(`candidate:${row?.id}`);
});

test('an erasure whose client has left says what it did all the same', async () => {
  const left = '6f0b3b0e-5d0f-4b57-9a55-2f6d6f1f3c22';
  await service.import(csvOf([rowWith({ interviewId: 'a', candidateProfileId: left })]), { replaceAll: true });
  const log = memoryLog();
  const instance = await service.another({ AUDIT: 'continue' }, log.log);
  const told = () =>
    service.rows(`SELECT subjects, rows, personal, code FROM audit_entry WHERE action = 'ERASE' AND outcome = 'CUT'`);
  await withClient(service.connection, async (client) => {
    // VACUUM waits for it, and what changes rows doesn't.
    await client.query('BEGIN; LOCK TABLE appointment IN SHARE UPDATE EXCLUSIVE MODE');
    const leaving = new AbortController();
    const answer = instance
      .get('/admin/erasures', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ candidates: [left] }),
        signal: leaving.signal,
      })
      .catch(() => 'left');
    await untilBlocked(instance, 1);
    leaving.abort();
    expect(await answer).toBe('left');
    await expect.poll(() => log.lines().filter(({ isCut }) => isCut).length).toBe(1);
  });
  // It ends before the instance does.
  await instance.stop();
  const [row] = await service.rows('SELECT candidate_profile_id AS id FROM appointment');
  expect(row?.id).not.toBe(left);
  expect(await told()).toEqual([{ subjects: [`candidate:${row?.id}`], rows: '1', personal: true, code: null }]);
});

test('texts that Postgres can’t store hold up no entries', async () => {
  const entry = serviceEntry('READ', 'odd texts', { one: 'a\0b', several: ['\ud800', 1, null] });
  await writeEntries(service.db.pool, [entry]);
  expect(await service.rows(`SELECT attributes FROM audit_entry WHERE id = '${entry.id}'`)).toEqual([
    { attributes: { one: 'a\uFFFDb', several: ['\uFFFD', 1, null] } },
  ]);
});

test('entries are written while an erasure keeps its list in a file', async () => {
  let isWritten = false;
  await erase(service.db.streams, [{ kind: 'EMPLOYEE', id: 'somebody' }], {
    ...{ dryRun: false, rewrite: false, onWait() {} },
    async keepList() {
      await addOld(1);
      isWritten = true;
    },
  });
  expect(isWritten).toBe(true);
}, 20_000);

test('a backup has it, and a restore adds it to what is there', async () => {
  const env = (url: string) => ({ DATABASE_URL: url, AUDIT: 'continue' });
  const file = path.join(folder, 'audited.backup');
  await entryOf(service, await service.get('/analytics/interviews/summary'));
  expect(await run(['backup', file], env(urlOf(service.connection)))).toMatchObject({ code: 0, stderr: '' });
  const there = await service.rows(`SELECT id FROM audit_entry WHERE action <> 'BACKUP'`);
  const other = await freshDatabase();
  try {
    expect(await run(['token', 'list'], env(other.url))).toMatchObject({ code: 0, stderr: '' });
    expect(await run(['restore', file], env(other.url))).toMatchObject({ code: 0, stderr: '' });
    const restored = await withClient(
      other.connection,
      async (client) => (await client.query('SELECT id, action, actor_kind, target FROM audit_entry ORDER BY at')).rows,
    );
    expect(restored.map(({ id }) => id)).toEqual(expect.arrayContaining(there.map(({ id }) => id)));
    expect(restored.filter(({ actor_kind }) => actor_kind === 'COMMAND').map(({ action }) => action)).toEqual([
      'TOKEN_LIST',
      'RESTORE',
    ]);
  } finally {
    await other.drop();
  }
}, 60_000);

test('commands have entries, of the user who ran them', async () => {
  const env = { DATABASE_URL: urlOf(service.connection), AUDIT: 'continue' };
  expect(await run(['export', '--fields', 'interviewId'], env)).toMatchObject({ code: 0, stderr: '' });
  const read = await run(['audit', '--action', 'EXPORT', '--limit', '1', '--format', 'json'], env);
  expect(read).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(read.stdout).content[0]).toMatchObject({
    ...{
      actorKind: 'COMMAND',
      action: 'EXPORT',
      target: 'npm run export',
      outcome: 'SUCCESS',
      rows: 1,
      personal: false,
    },
    attributes: '{"fields": "interviewId"}',
  });
}, 60_000);

test('the start refuses a log in another database, and a folder that it can’t write, in words', async () => {
  const other = await emptyDatabase();
  const start = (settings: Record<string, string>) =>
    run(['start'], { DATABASE_URL: urlOf(service.connection), AUDIT: 'continue', PORT: '0', ...settings });
  try {
    expect(await run(['migrate'], { DATABASE_URL: other.url })).toMatchObject({ code: 0 });
    expect(await start({ AUDIT_DATABASE_URL: other.url })).toMatchObject({
      code: 1,
      stderr:
        'AUDIT_DATABASE_URL: leads to another database than DATABASE_URL; name the primary server of its standby, and the same database.\n',
    });
    expect(await start({ AUDIT_SPOOL: '/dev/null/here' })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^AUDIT_SPOOL: the folder \/dev\/null\/here can’t be written \(/),
    });
  } finally {
    await other.drop();
  }
}, 60_000);

describe('while it can’t be written', () => {
  let proxy: CutProxy;
  let pool: pg.Pool;
  beforeEach(async () => {
    proxy = await startCutProxy(service.connection);
    pool = new pg.Pool({ ...proxy.connection, max: 2, query_timeout: 3_000, connectionTimeoutMillis: 1_000 });
    pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}));
  });
  afterEach(async () => {
    await pool.end();
    await proxy.stop();
  });

  /** An instance whose way to the log is that of the proxy, while it reads from the database itself. */
  async function instance(policy: 'continue' | 'require', spool: AuditSpool | null = null) {
    const log = memoryLog();
    const config = readConfig({
      ...{ ADMIN_TOKEN, AUDIT: policy, DATABASE_URL: urlOf(service.connection) },
      ...{ RATE_LIMIT_PER_SECOND: '0', RATE_LIMIT_CONCURRENT: '0', RATE_LIMIT_POINTS: '0' },
    });
    const app = createApp({ config, db: service.db, log: log.log, audited: { pool, spool }, refresh: null });
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    const get = (at: string, init: RequestInit = {}) =>
      fetch(`${url}${at}`, { ...init, headers: { 'x-smarttoken': ADMIN_TOKEN, ...init.headers } });
    return { get, log, stop: () => app.close() };
  }

  test('AUDIT=continue answers, says so, and writes what waited, each entry once', async () => {
    const { get, log, stop } = await instance('continue');
    try {
      proxy.cut('refused');
      const answers = await Promise.all([1, 2, 3].map(() => get('/analytics/interviews/summary')));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      await expect.poll(() => log.text(), { timeout: 10_000 }).toContain('the audit log can’t be written');
      proxy.mend();
      for (const answer of answers) expect(await entriesOf(service, answer)).toHaveLength(1);
      expect(log.text()).toContain('the audit log is written again');
    } finally {
      await stop();
    }
  }, 60_000);

  test('AUDIT=require answers nothing without its entry, and lives', async () => {
    const { get, stop } = await instance('require');
    try {
      const before = await get('/analytics/interviews/summary');
      expect(before.status).toBe(200);
      // It is there before the answer.
      const id = before.headers.get('x-request-id');
      expect(await service.rows(`SELECT outcome FROM audit_entry WHERE request_id = '${id}'`)).toEqual([
        { outcome: 'SUCCESS' },
      ]);
      const streamed = await get('/analytics/interviews?format=csv');
      await streamed.text();
      const begun = await entriesOf(service, streamed, (entries) => entries.length > 1);
      expect(begun.map(({ outcome }) => outcome).toSorted()).toEqual(['STARTED', 'SUCCESS']);

      proxy.cut('refused');
      const requests: [string, RequestInit][] = [
        ['/analytics/interviews/summary', {}],
        ['/analytics/interviews?format=csv', {}],
        ['/odata/v4/Interviews', {}],
        ['/graphql?query={viewer{name}}', {}],
        [
          '/admin/tokens',
          { method: 'POST', body: '{"name":"unaudited"}', headers: { 'content-type': 'application/json' } },
        ],
      ];
      for (const [at, init] of requests) {
        const refused = await get(at, init);
        expect([at, refused.status, refused.headers.get('retry-after')]).toEqual([at, 503, '5']);
        expect(await refused.text()).toContain('AUDIT_UNAVAILABLE');
      }
      expect(await service.rows(`SELECT FROM access_token WHERE name = 'unaudited'`)).toEqual([]);
      expect((await get('/healthz')).status).toBe(200);
      expect((await get('/readyz')).status).toBe(200);

      // Nothing that was to be streamed is held.
      await expect.poll(() => service.db.exports.totalCount - service.db.exports.idleCount).toBe(0);
      proxy.mend();
      await expect.poll(async () => (await get('/analytics/interviews/summary')).status, { timeout: 20_000 }).toBe(200);
    } finally {
      await stop();
    }
  }, 90_000);

  test('a silent network refuses after some seconds with AUDIT=require', async () => {
    const { get, stop } = await instance('require');
    try {
      proxy.cut('silent');
      const refused = await get('/analytics/interviews/summary');
      expect([refused.status, await refused.text()]).toEqual([503, expect.stringContaining('AUDIT_UNAVAILABLE')]);
    } finally {
      proxy.mend();
      await stop();
    }
  }, 60_000);

  test('entries wait on the disk, are there after a restart, and are written once', async () => {
    const spooled = path.join(folder, 'spool');
    const first = await instance('continue', await AuditSpool.open(spooled));
    proxy.cut('refused');
    const answer = await first.get('/analytics/interviews/summary');
    expect(answer.status).toBe(200);
    await first.stop();
    await expect.poll(() => readdir(spooled)).toHaveLength(1);
    proxy.mend();
    const second = await instance('continue', await AuditSpool.open(spooled));
    try {
      expect(await entriesOf(service, answer)).toHaveLength(1);
      await expect.poll(() => readdir(spooled), { timeout: 10_000 }).toEqual([]);
    } finally {
      await second.stop();
    }
  }, 60_000);

  test('files that are gone, or no entries, keep nothing back with AUDIT=require, and count as lost', async () => {
    const spooled = path.join(folder, 'troubled');
    // A folder in the place of a file can't be read, and stays.
    await mkdir(path.join(spooled, 'audit-0-folder.ndjson'), { recursive: true });
    await writeFile(path.join(spooled, 'audit-1-gone.ndjson'), 'this file will be gone\n');
    const good = { ...serviceEntry('AUDIT_EXPIRE', 'spooled'), at: Date.now() };
    const others = [
      '{"id":"x"}',
      '[]',
      '1',
      { ...good, subjects: null },
      { ...good, at: 9e15 },
      { ...good, actor: 'x' },
    ];
    const lines = [...others, good].map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
    await writeFile(path.join(spooled, 'audit-2-lines.ndjson'), `${lines.join('\n')}\n{"id":"cut o`);
    const spool = await AuditSpool.open(spooled);
    await rm(path.join(spooled, 'audit-1-gone.ndjson'));
    const lost = async () => {
      const rows = await service.rows(`SELECT sum(requests)::int AS n FROM audit_entry WHERE action = 'AUDIT_LOST'`);
      return Number(rows[0]?.n ?? 0);
    };
    const before = await lost();
    const { get, log, stop } = await instance('require', spool);
    try {
      const answered = async () => {
        expect((await get('/analytics/interviews/summary')).status).toBe(200);
        return await lost();
      };
      await expect.poll(answered, { timeout: 20_000 }).toBe(before + 8);
      expect(await service.rows(`SELECT id::text FROM audit_entry WHERE target = 'spooled'`)).toEqual([
        { id: good.id },
      ]);
      expect(await readdir(spooled)).toEqual(['audit-0-folder.ndjson']);
      expect(log.text()).toContain('the audit log’s folder can’t be read');
      expect(log.text()).not.toContain('the audit log can’t be written');
    } finally {
      await stop();
    }
  }, 60_000);

  test('what finds no room on the disk is counted, and an entry says how many', async () => {
    const small = await AuditSpool.open(path.join(folder, 'small'), 1);
    const { get, log, stop } = await instance('continue', small);
    try {
      const before = await service.rows(`SELECT FROM audit_entry WHERE action = 'AUDIT_LOST'`);
      proxy.cut('refused');
      for (let n = 0; n < 3; n++) expect((await get('/analytics/interviews/summary')).status).toBe(200);
      await expect.poll(() => log.text(), { timeout: 10_000 }).toContain('the audit log can’t be written');
      expect(small.bytes).toBe(0);
      proxy.mend();
      const lost = () => service.rows(`SELECT requests, actor_kind FROM audit_entry WHERE action = 'AUDIT_LOST'`);
      await expect.poll(async () => (await lost()).length, { timeout: 20_000 }).toBeGreaterThan(before.length);
      for (const { requests, actor_kind } of await lost()) {
        expect(requests).toBeGreaterThan(0);
        expect(actor_kind).toBe('SERVICE');
      }
    } finally {
      await stop();
    }
  }, 60_000);
});
