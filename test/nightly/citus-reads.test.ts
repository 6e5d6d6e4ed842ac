/** A database that is distributed over the nodes of a Citus cluster (CITUS_URL, test/kit/citus.ts) answers as one Postgres does. */
import { describe, expect } from 'vitest';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { CITUS_URL, citusDatabase } from '../kit/citus.ts';
import { type BothServices, findToken, nameAll, sameReads } from '../kit/same-reads.ts';
import { startService, startServiceOn } from '../kit/service.ts';

const ROWS = 3_000;
/** Tables that are not distributed; what imports write there is tried elsewhere. */
const LOCAL = ['candidate', 'job', 'spelling', 'dataset'];

async function open(): Promise<BothServices> {
  const database = await citusDatabase();
  const one = await startService({}, undefined, {}, findToken);
  const apart = await startServiceOn(database, findToken);
  const rows = [...generateExtract({ rows: ROWS, seed: 3 })].join('');
  for (const service of [one, apart]) {
    // Ids of time slots come from it.
    await service.rows("UPDATE dataset SET id_secret = decode(repeat('00', 32), 'hex')");
    expect(await service.import(rows)).toMatchObject({ saved: true });
  }
  await nameAll(one);
  for (const table of LOCAL) {
    const [found] = await one.rows(`SELECT json_agg(t)::text AS rows FROM ${table} t`);
    const json = String(found?.rows).replaceAll("'", "''");
    await apart.rows(`DELETE FROM ${table}`);
    await apart.rows(`INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, '${json}')`);
  }
  return { one, apart, drop: database.drop };
}

describe.runIf(CITUS_URL)('a distributed database answers as one Postgres does', () => {
  sameReads(open, Number(process.env.CITUS_OPERATIONS ?? 300), 40);
});
