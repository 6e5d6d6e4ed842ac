/**
 * The statements for a database whose rows are distributed, sent to one Postgres, which takes them as well: they give the same answers as those
 * that it is sent otherwise. Whether Citus takes them is tried in test/nightly.
 */
import { describe, expect } from 'vitest';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { findToken, nameAll, sameReads } from '../kit/same-reads.ts';
import { startService } from '../kit/service.ts';

describe('statements for distributed rows give the same answers', () => {
  sameReads(
    async () => {
      const one = await startService({}, undefined, {}, findToken);
      const apart = await one.another();
      Object.assign(apart.db, { layout: { distributed: true } });
      expect(await one.import([...generateExtract({ rows: 1_000, seed: 3 })].join(''))).toMatchObject({ saved: true });
      await nameAll(one);
      return {
        one,
        apart,
        async stop() {
          await apart.stop();
          await one.stop();
        },
      };
    },
    100,
    20,
  );
});
