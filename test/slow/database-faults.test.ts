/** What is said, whichever way one asks, of what befalls the database and is no fault of the program. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { eventually } from '../kit/command.ts';
import { ask } from '../kit/graphql.ts';
import { whileLocked } from '../kit/locked.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { withClient } from '../kit/server.ts';
import { type Service, startService } from '../kit/service.ts';

const EXTRACT = [...generateExtract({ rows: 20, seed: 4 })].join('');

/** What came back: a status, when to try again, and the code and message of the first error. */
interface Told {
  readonly status: number;
  readonly retryAfter?: string;
  readonly code?: string;
  readonly message?: string;
}

async function told(response: Response): Promise<Told> {
  const text = await response.text();
  const { errors = [] } = text.startsWith('{') ? JSON.parse(text) : {};
  const [error] = errors;
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after') ?? undefined,
    code: error?.code ?? error?.extensions?.code,
    message: error?.message,
  };
}

const graphql = async (
  service: Service,
  query: string,
  accept = 'application/graphql-response+json',
): Promise<Told> => {
  const response = await service.get('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query }),
  });
  return await told(response);
};

const post = async (service: Service): Promise<Told> =>
  await told(
    await service.get('/analytics/interviews', {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: EXTRACT.replaceAll(',true,', ',false,'),
    }),
  );

describe('a table that raises', () => {
  let service: Service;
  /** Tokens that were not used yet: the viewer of a used one is remembered for a second. */
  let unused: string[];
  let nodeId: string;

  /** The tables are behind views that raise a SQLSTATE where the table `fault` has one, once nobody holds the lock 7. */
  const FAULTY = `CREATE TABLE fault (state text NOT NULL);
    CREATE FUNCTION fault() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
    DECLARE raised text := (SELECT state FROM fault);
    BEGIN
      PERFORM pg_advisory_xact_lock_shared(7);
      IF raised IS NOT NULL THEN RAISE EXCEPTION 'Zaphod' USING ERRCODE = raised; END IF;
      RETURN true;
    END $$;
    ${['appointment', 'interview', 'dataset', 'access_token']
      .map(
        (table) =>
          `ALTER TABLE ${table} RENAME TO ${table}_stored; CREATE VIEW ${table} AS SELECT * FROM ${table}_stored WHERE fault();`,
      )
      .join('\n')}`;

  beforeAll(async () => {
    service = await startService();
    await service.import(EXTRACT);
    unused = await Promise.all(
      Array.from({ length: 200 }, (_, index) => createToken(service.db.prisma, `reader ${index}`, ['read'])),
    );
    const { data } = await ask(service, '{ interviews(first: 1) { nodes { id } } }');
    nodeId = data.interviews.nodes[0].id;
    await service.rows(FAULTY);
  });
  afterAll(() => service?.stop());

  const nextToken = () => unused.pop() ?? '';

  const WAYS: Readonly<Record<string, () => Promise<Told>>> = {
    'a download': async () => await told(await service.get('/analytics/interviews')),
    'a page': async () => await told(await service.get('/analytics/interviews?limit=2')),
    HEAD: async () => await told(await service.get('/analytics/interviews', { method: 'HEAD' })),
    'If-None-Match': async () =>
      await told(await service.get('/analytics/interviews', { headers: { 'if-none-match': '"x"' } })),
    'the summary': async () => await told(await service.get('/analytics/interviews/summary')),
    'a token': async () =>
      await told(await service.get('/analytics/interviews?limit=0', { headers: { 'x-smarttoken': nextToken() } })),
    'tokens at once': async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, at) =>
          service.get('/analytics/interviews?limit=0', {
            headers: { 'x-smarttoken': at === 0 ? nextToken() : `other${at}` },
          }),
        ),
      );
      const all = await Promise.all(answers.map(told));
      return all.find(({ status }) => status < 500) ?? (all[0] as Told);
    },
    'a GraphQL list': () => graphql(service, '{ interviews(first: 2) { nodes { id } totalCount } }'),
    'a GraphQL node': () => graphql(service, `{ node(id: "${nodeId}") { id ... on Interview { interviewId } } }`),
    'several GraphQL fields': () =>
      graphql(
        service,
        `{ a: interviews(first: 2) { nodes { id } } dataset { version } b: node(id: "${nodeId}") { id } }`,
      ),
    'an import': () => post(service),
  };

  const CODES = {
    DATABASE_FULL: ['53000', '53100', '53200', '53400'],
    TIMEOUT: ['57014', '25P04'],
    DATABASE_UNAVAILABLE: [
      ...['08006', '08P01', '28000', '28P01', '3D000', '53300', '55000', '55P03', '57P01', '57P02', '57P03', '25P03'],
      ...['40001', '40P01', '42501', '25006', '42P01', '42703', '3F000', '58030', '58P01', 'F0000'],
      ...['XX000', 'XX001', 'XX002'],
    ],
  };

  /** All ways at once. */
  const answers = () =>
    Promise.all(Object.entries(WAYS).map(async ([way, request]) => ({ way, ...(await request()) })));

  test.each(
    Object.entries(CODES).flatMap(([code, states]) => states.map((state) => [state, code] as const)),
  )('%s is %s in every answer, and everything works when it is over', async (state, code) => {
    await service.rows(`INSERT INTO fault VALUES ('${state}')`);
    const status = code === 'TIMEOUT' ? 504 : 503;
    const retryAfter = { DATABASE_FULL: '60', DATABASE_UNAVAILABLE: '5' }[code];
    for (const { way, ...answer } of await answers()) {
      expect
        .soft({ way, ...answer })
        .toEqual(
          way === 'HEAD' ? { way, status, retryAfter } : { way, status, retryAfter, code, message: expect.any(String) },
        );
      // Postgres is quoted where its words can't have a value in them.
      if (!['53000', '53400', '42501', '25006', '42P01', '42703', '3F000'].includes(state))
        expect.soft(answer.message ?? '').not.toContain('Zaphod');
    }
    await service.rows('DELETE FROM fault');
    for (const { way, status: given } of await answers())
      expect.soft([way, given]).toEqual([way, way.includes('token') ? 400 : 200]);
  });

  /** Waits until so many wait for the lock 7. */
  const waiting = (count = 1) =>
    eventually(async () =>
      expect(
        await service.rows(
          `SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 7 AND NOT granted
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        ),
      ).toHaveLength(count),
    );

  test.each(
    Object.keys(WAYS).filter((way) => way !== 'an import' && way !== 'tokens at once'),
  )('a conflict in %s is tried once more, and nobody hears of it', async (way) => {
    await service.rows(`INSERT INTO fault VALUES ('40001')`);
    const request = WAYS[way] as () => Promise<Told>;
    const answer = await withClient(service.connection, async (client) => {
      // Within a transaction, since PgBouncer may give each statement outside of one another session.
      await client.query('BEGIN');
      await client.query('SELECT pg_advisory_xact_lock(7)');
      const asked = request();
      // It has seen that it is to raise, and waits; whoever looks after it sees that it isn't.
      await waiting();
      await service.rows('DELETE FROM fault');
      await client.query('COMMIT');
      return await asked;
    });
    expect(answer.code).toBe(way === 'a token' ? 'BAD_USER_INPUT' : undefined);
  });

  test('who leaves while a conflict is tried once more cancels that, and not what the first try’s connection does since', async () => {
    await service.rows(`INSERT INTO fault VALUES ('40001')`);
    const cancel = vi.spyOn(service.db, 'cancel');
    try {
      // Within transactions, as above. Locks are given in the order in which they were asked for.
      await withClient(service.connection, async (before) => {
        await before.query('BEGIN');
        await before.query('SELECT pg_advisory_xact_lock(7)');
        const leaving = new AbortController();
        const left = service.get('/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query: '{ interviews { nodes { id } } }' }),
          signal: leaving.signal,
        });
        await waiting();
        await service.rows('DELETE FROM fault');
        await withClient(service.connection, async (between) => {
          await between.query('BEGIN');
          const taken = between.query('SELECT pg_advisory_xact_lock(7)');
          await waiting(2);
          // The first try gets the lock, raises and ends; the second one waits.
          await before.query('COMMIT');
          await taken;
          await waiting();
          leaving.abort();
          await expect(left).rejects.toThrow();
          await eventually(async () => expect(cancel).toHaveBeenCalled());
          expect(cancel).toHaveBeenCalledOnce();
        });
      });
    } finally {
      cancel.mockRestore();
    }
  });
});

describe('a database without one of its tables', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
    await service.import(EXTRACT);
  });
  afterAll(() => service?.stop());

  test('is not ready, and says so in all answers', async () => {
    await service.rows('ALTER TABLE candidate RENAME TO candidate_away');
    const response = await service.get('/readyz');
    expect([response.status, await response.json()]).toEqual([
      503,
      { status: 'not ready', pendingMigrations: [], missingTables: ['candidate'] },
    ]);
    const message = expect.stringContaining('candidate" does not exist');
    expect(await graphql(service, '{ candidates { nodes { id } } }')).toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message,
    });
    expect(await post(service)).toEqual({ status: 503, retryAfter: '5', code: 'DATABASE_UNAVAILABLE', message });
    expect(await graphql(service, '{ candidates { nodes { id } } }', 'application/json')).toEqual({
      status: 200,
      retryAfter: '5',
      code: 'DATABASE_UNAVAILABLE',
      message,
    });
    await service.rows('ALTER TABLE candidate_away RENAME TO candidate');
    expect((await service.get('/readyz')).status).toBe(200);
  });

  test('is not ready without a column either', async () => {
    await service.rows('ALTER TABLE appointment RENAME room TO room_away');
    expect(await told(await service.get('/readyz'))).toMatchObject({
      status: 503,
      code: 'DATABASE_UNAVAILABLE',
      message: expect.stringContaining('appointment.room does not exist'),
    });
    await service.rows('ALTER TABLE appointment_away RENAME room_away TO room').catch(() => {});
    await service.rows('ALTER TABLE appointment RENAME room_away TO room');
    expect((await service.get('/readyz')).status).toBe(200);
  });
});

describe('a database user', () => {
  const { log, lines } = memoryLog();
  const user = `reader_${randomUUID().slice(0, 8)}`;
  const password = randomUUID();
  let service: Service;

  beforeAll(async () => {
    service = await startService({}, log, { user, password });
    await service.rows(`CREATE ROLE "${user}" LOGIN PASSWORD '${password}'`);
  });
  afterAll(async () => {
    await service?.rows(`DROP OWNED BY "${user}"; ALTER ROLE "${user}" RESET ALL`);
    await service?.stop();
  });

  const WAYS: Readonly<Record<string, () => Promise<Told>>> = {
    '/readyz': async () => await told(await service.get('/readyz')),
    'a download': async () => await told(await service.get('/analytics/interviews')),
    'a token': async () =>
      await told(await service.get('/analytics/interviews', { headers: { 'x-smarttoken': 'a token of somebody' } })),
    GraphQL: () => graphql(service, '{ interviews { nodes { id } } }'),
  };

  test('who may read nothing is named, with what is missing', async () => {
    for (const [way, request] of Object.entries(WAYS))
      expect.soft({ way, ...(await request()) }).toMatchObject({
        way,
        code: 'DATABASE_UNAVAILABLE',
        message: expect.stringMatching(
          new RegExp(
            `^The database refused the statement: permission denied for table \\w+ \\(database user "${user}"\\)\\..*--grants ROLE`,
          ),
        ),
      });
  });

  test('who may only read serves readers, and is named where something is imported', async () => {
    await service.rows(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO "${user}"`);
    for (const [way, request] of Object.entries(WAYS))
      expect.soft({ way, ...(await request()) }).toMatchObject({ way, status: way === 'a token' ? 401 : 200 });
    expect(await post(service)).toEqual({
      status: 503,
      retryAfter: '5',
      code: 'DATABASE_UNAVAILABLE',
      message: expect.stringMatching(new RegExp(`permission denied .*"${user}".* INSERT, UPDATE and DELETE`)),
    });
  });

  test('who may cancel nothing is in the log where a client leaves', async () => {
    await service.rows('REVOKE EXECUTE ON FUNCTION pg_cancel_backend FROM PUBLIC');
    await service.import(EXTRACT).catch(() => {});
    await whileLocked(service, 'appointment', async () => {
      const leaving = new AbortController();
      const left = service.get('/analytics/interviews', { signal: leaving.signal });
      await eventually(async () =>
        expect(
          await service.rows(
            `SELECT FROM pg_stat_activity WHERE usename = '${user}' AND wait_event_type = 'Lock' AND query LIKE '%extract.rows%'`,
          ),
        ).not.toEqual([]),
      );
      leaving.abort();
      await expect(left).rejects.toThrow();
      await eventually(async () =>
        expect(lines()).toContainEqual(
          expect.objectContaining({
            msg: 'a statement that nobody waits for any more could not be canceled',
            err: expect.objectContaining({ code: '42501' }),
          }),
        ),
      );
    });
  });

  test('for whom nothing may be written is told where changes go', async () => {
    await service.rows(`GRANT ALL ON ALL TABLES IN SCHEMA public TO "${user}"`);
    await service.rows(`ALTER ROLE "${user}" SET default_transaction_read_only TO on`);
    await service.rows(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${user}'`);
    for (const [way, request] of Object.entries(WAYS))
      await eventually(async () =>
        expect({ way, ...(await request()) }).toMatchObject({ way, status: way === 'a token' ? 401 : 200 }),
      );
    expect(await post(service)).toEqual({
      status: 503,
      retryAfter: '5',
      code: 'DATABASE_UNAVAILABLE',
      message: expect.stringMatching(
        new RegExp(
          `^The database is read-only: cannot execute .* in a read-only transaction \\(database user "${user}"\\)\\. DATABASE_URL has to name the primary server`,
        ),
      ),
    });
  });
});
