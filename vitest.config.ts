import { defineConfig } from 'vitest/config';

/** What can be read off the tree, without a database. */
const TREE = ['test/docs.test.ts', 'test/house-rules.test.ts'];
const SLOW = 'test/slow/**/*.test.ts';
const database = { globalSetup: 'test/kit/global-setup.ts', hookTimeout: 60_000 };

export default defineConfig({
  test: {
    pool: 'forks',
    projects: [
      { test: { name: 'tree', include: TREE } },
      {
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: [...TREE, SLOW],
          testTimeout: 30_000,
          ...database,
        },
      },
      { test: { name: 'slow', include: [SLOW], testTimeout: 600_000, ...database } },
    ],
  },
});
