import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/connection/open.ts';
import { createToken, listTokens } from '../../src/db/tokens/tokens.ts';
import { freshDatabase, type TestDatabase } from '../kit/database.ts';
import { withClient } from '../kit/server.ts';

/** Connections to a database whose dates are written as nobody here reads them. */
let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  const { connection } = database;
  await withClient(connection, (client) =>
    client.query(`ALTER DATABASE "${connection.database}" SET datestyle TO 'German, DMY'`),
  );
});
afterAll(() => database.drop());

test('the date style of the server changes no date, on whichever connection a statement runs', async () => {
  const db = openDatabase(database.connection, () => {}, {
    maxExports: 1,
    operationTimeoutMs: 30_000,
    preparedStatements: 'auto',
  });
  try {
    const begun = Date.now();
    await createToken(db.prisma, 'reader', ['read']);
    // All connections of the pool at once; a pooler in between gives each transaction any of its own.
    for (let round = 0; round < 3; round++) {
      const lists = await Promise.all(Array.from({ length: 20 }, () => listTokens(db.prisma)));
      for (const [entry] of lists) expect(Math.abs((entry?.createdAt.getTime() ?? 0) - begun)).toBeLessThan(60_000);
    }
  } finally {
    await db.close();
  }
});
