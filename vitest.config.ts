import { defineConfig } from 'vitest/config';

/** Node takes graphql’s CommonJS files for the packages of others and its modules for ours: two schemas that don’t know each other. */
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] };
/** A worker loads the program once, and not anew for each file; what a test changes it puts back. */
const workers = { pool: 'forks' as const, isolate: false };
/** With more cases of each property (test/kit/property-runs.ts), one may take longer. */
const testTimeout = 30_000 * Number(process.env.PROPERTY_RUNS_FACTOR ?? 1);
const database = {
  globalSetup: 'test/kit/global-setup.ts',
  setupFiles: ['test/kit/distributed/setup.ts'],
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    // The database works in processes of its own, and so do the commands: one worker for all processors would mostly wait.
    maxWorkers: '100%',
    // The folder decides: `tree` reads the sources, `unit` needs no database; `slow`, `nightly` and `browser` take long, and `browser` needs
    // Chromium. What is in `http` has a database, but is the same on every server; what is in `database` may depend on the server. They are one
    // project, since each starts a Postgres and loads the program in workers of its own.
    projects: [
      { resolve, test: { name: 'tree', include: ['test/tree/*.test.ts'], ...workers, testTimeout } },
      { resolve, test: { name: 'unit', include: ['test/unit/*.test.ts'], ...workers, testTimeout } },
      {
        resolve,
        test: {
          name: 'database',
          include: ['test/http/*.test.ts', 'test/database/*.test.ts'],
          ...workers,
          testTimeout,
          ...database,
        },
      },
      { resolve, test: { name: 'slow', include: ['test/slow/*.test.ts'], testTimeout: 600_000, ...database } },
      { resolve, test: { name: 'nightly', include: ['test/nightly/*.test.ts'], testTimeout: 600_000, ...database } },
      {
        resolve,
        test: {
          name: 'browser',
          include: ['test/browser/*.test.ts'],
          testTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
          ...database,
        },
      },
    ],
  },
});
