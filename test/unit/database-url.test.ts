/** What may stand in DATABASE_URL, and that a password never comes to stand in a message. */
import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { databaseServers } from '../../src/domain/configuration/database-servers.ts';
import { readDatabaseUrl } from '../../src/domain/configuration/database-url.ts';

/** The database that a text leads to, or what is said of it. */
function read(text: string): { database?: pg.Client; message?: string } {
  try {
    const { database } = readConfig({ DATABASE_URL: text });
    if (database.kind !== 'url') throw new Error('no address');
    return { database: new pg.Client(database.url) };
  } catch (error) {
    return { message: (error as Error).message };
  }
}

/** All that is said of an address that isn't one. */
const REFUSAL =
  '1 invalid setting in the environment or .env:\n  DATABASE_URL: the value given must look like postgresql://user:password@host:5432/database, with @ : / ? # and % in the user and the password percent-encoded (@ is %40, # is %23, % is %25)';

describe('DATABASE_URL', () => {
  test.each([
    'postgresql://me:secret@db.example.org/interviews',
    'postgres://me:se%40cr%23et@db.example.org:6432/interviews?sslmode=disable',
    'postgresql://me@/interviews?host=/var/run/postgresql',
    'postgresql:///interviews?host=%2Ftmp&user=me',
    'postgresql://me:secret@[::1]:5432/interviews',
    'postgresql://me:100%sure@db.example.org/interviews',
    'postgresql://me:secret@db.example.org/interviews?schema=public',
  ])('%s is taken', (text) => {
    expect(read(text).message).toBeUndefined();
  });

  test.each([
    'postgresql://me:se@cret@db.example.org/interviews',
    'postgresql://me:se#cret@db.example.org/interviews',
    'postgresql://me:12#cret@db.example.org/interviews',
    'postgresql://me:se@cret#@db.example.org/interviews',
    'postgresql://me:12/cret@db.example.org/interviews',
    'postgresql://me:se@cret/x@db.example.org/interviews',
    'postgresql://me:12?cret@db.example.org/interviews',
    'postgresql://me:se:cr/et@db.example.org/interviews',
    'postgresql://me:cret%ff@db.example.org/interviews',
  ])('%s is refused with how to write it, and without the password', (text) => {
    expect(read(text).message).toBe(REFUSAL);
  });

  test.each<[string, string[]]>([
    ['postgresql://me:s,e@one:5433,two/x', ['one:5433', 'two:5432']],
    ['postgresql://me@one,[::1]:6000/x?target_session_attrs=primary', ['one:5432', '::1:6000']],
    ['postgresql://me@%2Ftmp%2Fa,%2Ftmp%2Fb:5433/x', ['/tmp/a:5432', '/tmp/b:5433']],
    ['postgresql://me@/x?host=/tmp/a,/tmp/b&port=5433', ['/tmp/a:5433', '/tmp/b:5433']],
    ['postgresql://me@/x?host=one,two&port=1,2&target_session_attrs=standby', ['one:1', 'two:2']],
    ['postgresql://me@one/x?target_session_attrs=read-write', ['one:5432']],
  ])('%s leads to %j, each with the same user and database', (text, hosts) => {
    const { urls } = databaseServers(readDatabaseUrl(text));
    const clients = urls.map((url) => new pg.Client(url));
    expect(clients.map(({ host, port }) => `${host}:${port}`)).toEqual(hosts);
    for (const client of clients) expect(client).toMatchObject({ user: 'me', database: 'x' });
  });

  test.each([
    [
      'one,two/x?target_session_attrs=master',
      'has target_session_attrs="master", which must be one of any, read-write',
    ],
    ['one,,two/x', 'has an empty host'],
    ['one,two/x?host=three', 'names its hosts twice'],
    ['/x?host=one,two&port=1,2,3', 'has 2 hosts and 3 ports: name one port, or one for each host'],
    ['one,two/x?load_balance_hosts=random', 'has load_balance_hosts'],
    ['one,two:x/y', 'must look like'],
    ['one,two/x?schema=other', 'has ?schema='],
  ])('postgresql://me:secret@%s is refused: it %s', (rest, message) => {
    const refused = read(`postgresql://me:secret@${rest}`).message;
    expect(refused).toContain(`DATABASE_URL: the value given ${message}`);
    expect(refused).not.toContain('secret@');
  });

  test('leads with any password to the host and the password that were meant, or is refused without a piece of it', () => {
    const character = fc.constantFrom(...'@#/?%:[]\\&=+ aZ0;,$!é'.split(''), '%40', '@x', '//', '##');
    const password = fc.string({ unit: character, minLength: 4, maxLength: 20 });
    fc.assert(
      fc.property(password, (raw) => {
        const { database, message } = read(`postgresql://me:${raw}@db.example.org:5432/interviews`);
        if (database) {
          expect(database.host).toBe('db.example.org');
          expect(database.database).toBe('interviews');
          return;
        }
        expect(message).toBe(REFUSAL);
      }),
      { numRuns: 500 },
    );
  });

  test('asks in vain for a schema, which Prisma’s addresses may name', () => {
    expect(read('postgresql://me:secret@db.example.org/interviews?sslmode=require&schema=hiring').message).toContain(
      'DATABASE_URL: the value given has ?schema="hiring", but the tables of this service are always in the schema public: remove it, and use a separate database for the service',
    );
  });
});

test('another address with a login in it is not shown either', () => {
  for (const name of ['JWT_JWKS_URL', 'JWT_ISSUER', 'TABLEAU_LIBRARY_URL', 'REDIS_URL', 'CORS_ORIGINS']) {
    expect(() => readConfig({ [name]: 'https://me:secret@example.org/x.js' })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('secret') }),
    );
    expect(() => readConfig({ [name]: 'https://me:secret@example.org/x.js' })).toThrow(`${name}: the value given`);
  }
});
