import { defineConfig } from 'vitest/config';

/** What can be read off the tree, without a database. */
const TREE = ['test/docs.test.ts', 'test/house-rules.test.ts', 'test/schema-changes.test.ts', 'test/schema.test.ts'];
/** What needs no database either. */
const PURE = [
  'test/csv-reading.test.ts',
  'test/cursor-values.test.ts',
  'test/database-url.test.ts',
  'test/dates.test.ts',
  'test/generate-realism.test.ts',
  'test/generate.test.ts',
  'test/json-reading.test.ts',
  'test/json-size.test.ts',
  'test/reading.test.ts',
  'test/sent-operations.test.ts',
  'test/start-lock.test.ts',
  'test/writing.test.ts',
];
/** What has a database, but the same on every server: it is run on one. */
const HTTP = [
  'test/backend-for-frontend.test.ts',
  'test/compression.test.ts',
  'test/cors.test.ts',
  'test/graphiql.test.ts',
  'test/graphql-access.test.ts',
  'test/graphql-examples.test.ts',
  'test/graphql-limits.test.ts',
  'test/identity-provider.test.ts',
  'test/malformed.test.ts',
  'test/openapi.test.ts',
  'test/pages.test.ts',
  'test/persisted-operations.test.ts',
  'test/rate-limits.test.ts',
  'test/same-path.test.ts',
  'test/summary.test.ts',
];
const SLOW = 'test/slow/**/*.test.ts';
/** What takes too long for .ci/run (.ci/nightly). */
const NIGHTLY = 'test/nightly/**/*.test.ts';
/** What needs a browser (test/kit/browser.ts). */
const BROWSER = 'test/browser/**/*.test.ts';
/** Node takes graphql’s CommonJS files for the packages of others and its modules for ours: two schemas that don’t know each other. */
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] };
/** A worker loads the program once, and not anew for each file; what a test changes it puts back. */
const workers = { pool: 'forks' as const, isolate: false };
const database = { globalSetup: 'test/kit/global-setup.ts', hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // The database works in processes of its own, and so do the commands: one worker for all processors would mostly wait.
    maxWorkers: '100%',
    projects: [
      { resolve, test: { name: 'tree', include: TREE, ...workers, testTimeout: 30_000 } },
      { test: { name: 'pure', include: PURE, ...workers, testTimeout: 30_000 } },
      { resolve, test: { name: 'http', include: HTTP, ...workers, testTimeout: 30_000, ...database } },
      {
        resolve,
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: [...TREE, ...PURE, ...HTTP, SLOW, NIGHTLY, BROWSER],
          ...workers,
          testTimeout: 30_000,
          ...database,
        },
      },
      { resolve, test: { name: 'slow', include: [SLOW], testTimeout: 600_000, ...database } },
      { resolve, test: { name: 'nightly', include: [NIGHTLY], testTimeout: 600_000, ...database } },
      {
        resolve,
        test: {
          name: 'browser',
          include: [BROWSER],
          testTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
          ...database,
        },
      },
    ],
  },
});
