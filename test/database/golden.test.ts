/**
 * What GraphQL operations give and what the database does for them, against the files in test/golden: the operations in operations/ and the
 * questions of docs/cookbook.md, their answers in answers/, and in statements/ what was sent and how many rows that read.
 *
 * After a change that is meant, write the files anew, and read the difference:
 *   npx vitest run --project database test/database/golden.test.ts -u
 * A bound of rows read holds on every version of Postgres. One that another version exceeds is raised there by the same command
 * with TEST_DATABASE_URL.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { readCookbook } from '../kit/cookbook.ts';
import { IS_DISTRIBUTED } from '../kit/database.ts';
import { goldenStatements } from '../kit/golden-statements.ts';
import { type Answer, ask } from '../kit/graphql.ts';
import { rowsRead } from '../kit/rows-read.ts';
import { type Service, startService } from '../kit/service.ts';
import { recordStatements } from '../kit/statements.ts';

const GOLDEN = new URL('../golden/', import.meta.url);
const golden = async (name: string): Promise<string | null> =>
  await readFile(new URL(name, GOLDEN), 'utf8').catch(() => null);

interface Operation {
  /** Of its files, without the endings. */
  readonly name: string;
  readonly query: string;
  readonly variables: object;
}

const OPERATIONS: readonly Operation[] = await Promise.all(
  (await readdir(new URL('operations/', GOLDEN)))
    .filter((file) => file.endsWith('.graphql'))
    .map(async (file) => {
      const name = file.replace('.graphql', '');
      const variables = JSON.parse((await golden(`operations/${name}.variables.json`)) ?? '{}');
      return { name, query: (await golden(`operations/${file}`)) ?? '', variables };
    }),
);
const COOKBOOK: readonly Operation[] = (await readCookbook()).map(({ operation, query, variables }) => ({
  name: `cookbook/${operation}`,
  query,
  variables,
}));

/** As a golden file has JSON. */
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** Errors in one order; that in which fields fail is chance. */
const inOrder = (errors: NonNullable<Answer['errors']>) =>
  [...errors].sort((one, other) => (json(one.path) < json(other.path) ? -1 : 1));

describe.each([
  ['4,000 rows', OPERATIONS, async () => [...generateExtract({ rows: 4000, seed: 3 })].join('')],
  [
    'the sample',
    COOKBOOK,
    () => readFile(new URL('../../prisma/sample/interviews-extract.csv', import.meta.url), 'utf8'),
  ],
] as const)('on %s', (_data, operations, extract) => {
  let service: Service;
  let client: pg.Client;
  beforeAll(async () => {
    service = await startService();
    // Ids of time slots, and with them the order of ties, come from a secret that each database makes for itself.
    await service.rows("UPDATE dataset SET id_secret = decode(repeat('00', 32), 'hex')");
    expect(await service.import(await extract())).toMatchObject({ saved: true });
    client = new pg.Client(service.connection);
    await client.connect();
    // The plans of statements depend on what the database knows of the tables.
    await client.query('VACUUM (ANALYZE)');
  });
  afterAll(async () => {
    await client?.end();
    await service?.stop();
  });

  test.each(operations.map(({ name, ...operation }) => [name, operation] as const))('%s', async (name, operation) => {
    const { query, variables } = operation;
    const { result, statements } = await recordStatements(() => ask(service, query, variables));
    const { data, errors } = result;
    expect(data, `it was refused: ${json(errors)}`).toBeDefined();
    await expect(json(data)).toMatchFileSnapshot(`../golden/answers/${name}.json`);
    if (errors) await expect(json(inOrder(errors))).toMatchFileSnapshot(`../golden/answers/${name}.errors.json`);
    else expect(await golden(`answers/${name}.errors.json`), 'it gave errors').toBeNull();

    // A cluster is sent others, which other tests hold to the rules for it.
    if (IS_DISTRIBUTED) return;
    const sent = statements.filter(({ text }) => !text.includes('"access_token"'));
    const read = [];
    for (const statement of sent) read.push({ ...statement, read: await rowsRead(client, statement) });
    const file = `statements/${name}.sql`;
    await expect(goldenStatements(read, (await golden(file)) ?? '')).toMatchFileSnapshot(`../golden/${file}`);
  });
});

test('every golden file is of an operation', async () => {
  const names = new Set([...OPERATIONS, ...COOKBOOK].map(({ name }) => name));
  for (const folder of ['operations', 'answers', 'statements']) {
    const folderPath = fileURLToPath(new URL(folder, GOLDEN));
    const files = await readdir(folderPath, { recursive: true, withFileTypes: true });
    const named = files
      .filter((file) => file.isFile())
      .map(({ parentPath, name }) => path.relative(folderPath, path.join(parentPath, name)).replace(/\..*$/, ''));
    expect(named.filter((name) => !names.has(name))).toEqual([]);
  }
});
