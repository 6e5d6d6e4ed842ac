/** What may stand in DATABASE_URL, and that a password never comes to stand in a message. */
import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';

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
