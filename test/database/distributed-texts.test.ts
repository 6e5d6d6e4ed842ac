/**
 * The statements for a database whose rows are distributed, sent to one Postgres, which takes them as well: they give the same answers as those
 * that it is sent otherwise. Whether Citus takes them is tried in test/nightly.
 */
import { describe, expect, test } from 'vitest';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { IS_DISTRIBUTED } from '../kit/database.ts';
import { complaintsAbout } from '../kit/distributed/complaints.ts';
import { textsOf } from '../kit/distributed/sent-texts.ts';
import { findToken, nameAll, sameReads } from '../kit/same-reads.ts';
import { startService } from '../kit/service.ts';

let texts: ReadonlySet<string>;

describe.skipIf(IS_DISTRIBUTED)('statements for distributed rows give the same answers', () => {
  sameReads(
    async () => {
      const one = await startService({}, undefined, {}, findToken);
      const apart = await one.another();
      Object.assign(apart.db, { layout: { distributed: true } });
      texts = textsOf([apart.db.operations, apart.db.exports]);
      expect(await one.import([...generateExtract({ rows: 1_000, seed: 3 })].join(''))).toMatchObject({ saved: true });
      await nameAll(one);
      return { one, apart };
    },
    100,
    20,
  );

  test('and none of them breaks a rule of what can be distributed', async () => {
    expect(texts.size).toBeGreaterThan(200);
    expect(await complaintsAbout([...texts], () => false)).toEqual([]);
  }, 60_000);
});
