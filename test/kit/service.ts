import pg from 'pg';
import { createApp } from '../../src/app/create-app.ts';
import { readConfig } from '../../src/config.ts';
import { type Database, openDatabase } from '../../src/db/connection/open.ts';
import { DERIVED } from '../../src/db/derived/derive.ts';
import { beginImport } from '../../src/db/import/import-session.ts';
import type { RefreshOptions } from '../../src/db/kept/refresh.ts';
import { openExport } from '../../src/db/query/rows/export.ts';
import { exportConnections } from '../../src/domain/configuration/export-limits.ts';
import { FROM_COMMAND } from '../../src/domain/import/import-record.ts';
import { OPERATOR } from '../../src/domain/viewer.ts';
import { detailsOf } from '../../src/extract/details.ts';
import { readRequest } from '../../src/extract/request.ts';
import type { FindViewer } from '../../src/http/authenticate.ts';
import { DEFAULT_IMPORT, type ImportOptions, importExtract } from '../../src/ingest/import/import-extract.ts';
import type { ImportReport } from '../../src/ingest/import/report.ts';
import { createLog, type ServiceLog } from '../../src/log.ts';
import { PROGRAM_VERSION } from '../../src/package-info.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import type { Connection } from './server.ts';

/** A token with every right. */
export const ADMIN_TOKEN = 'admin-token-of-the-tests';

/** Rate limits and the audit log are for the tests that are about them. */
const UNLIMITED = {
  AUDIT: 'off',
  RATE_LIMIT_PER_SECOND: '0',
  RATE_LIMIT_CONCURRENT: '0',
  RATE_LIMIT_POINTS: '0',
  RATE_LIMIT_GRAPHQL_CONCURRENT: '0',
};

/** The service on a database of its own, listening on a free port. */
export interface Service {
  readonly url: string;
  readonly db: Database;
  /** How to reach its database. */
  readonly connection: Connection;
  /** A request with the administrator's token; headers given here win. */
  get(path: string, init?: RequestInit): Promise<Response>;
  /** Imports files as `npm run import -- --allow-removals` does; `refusedFile` is the text of the file of refused rows, '' without one. */
  import(
    files: string | Uint8Array | readonly (string | Uint8Array)[],
    options?: Partial<ImportOptions>,
  ): Promise<ImportReport & { refusedFile: string }>;
  /** The bytes of the route, as text. */
  export(format: 'csv' | 'json' | 'ndjson', nulls?: 'include' | 'omit'): Promise<string>;
  /** The rows of a statement. */
  rows(statement: string): Promise<Record<string, unknown>[]>;
  /** Leaves the rows of this canonical CSV, and no others. An import takes ten times as long as a look whether they are there. */
  reset(csv: string): Promise<void>;
  /** Deletes all rows and what is derived from them. TRUNCATE would create forty files. */
  clear(): Promise<void>;
  /** Another instance on the same database, with settings and a log of its own. Stop it before this one. */
  another(env?: Record<string, string>, log?: ServiceLog, refresh?: RefreshOptions | null): Promise<Service>;
  stop(): Promise<void>;
}

const CLEAR = ['appointment', ...DERIVED.map(({ table }) => table), 'spelling']
  .map((table) => `DELETE FROM ${table}`)
  .join(';');

/** What takes the place of the parts of the program. */
interface InstanceParts {
  readonly findToken?: FindViewer | undefined;
  readonly now?: (() => number) | undefined;
  readonly refresh?: RefreshOptions | null;
}

/**
 * `login` is for another database user than the one that owns the tables; `findToken` takes the place of the database's tokens, `now` that of
 * the clock from which periods are counted; with `refresh` kept answers are computed again.
 */
export async function startService(
  env: Record<string, string> = {},
  log = createLog('silent'),
  login: Partial<Connection> = {},
  findToken?: FindViewer,
  now?: () => number,
  refresh: RefreshOptions | null = null,
): Promise<Service> {
  const database = await freshDatabase();
  const instance = await startInstance(database, env, log, login, { findToken, now, refresh });
  return {
    ...instance,
    async stop() {
      await instance.stop();
      await database.drop();
    },
  };
}

/** The service on a database that exists. Stop it before the database is dropped. */
export const startServiceOn = (database: TestDatabase, findToken?: FindViewer): Promise<Service> =>
  startInstance(database, {}, createLog('silent'), {}, { findToken });

async function startInstance(
  database: TestDatabase,
  env: Record<string, string>,
  log: ServiceLog,
  login: Partial<Connection> = {},
  { findToken, now, refresh = null }: InstanceParts = {},
): Promise<Service> {
  const config = readConfig({ ADMIN_TOKEN, DATABASE_URL: database.url, ...UNLIMITED, ...env });
  const db = openDatabase({ ...database.connection, ...login }, (err, message) => log.warn({ err }, message), {
    maxExports: exportConnections(config.exports),
    operationTimeoutMs: config.graphqlTimeoutMs,
    preparedStatements: config.preparedStatements,
    isTraced: config.tracing !== null,
  });
  // Not the service's `pool`: what a test prepares may take longer than 10 seconds on a busy machine. What ends connections may end these, too.
  const statements = new pg.Pool(database.connection).on('error', () => {});
  const app = createApp({ config, db, log, refresh, ...(findToken && { findToken }), ...(now && { now }) });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const get: Service['get'] = (path, init = {}) =>
    fetch(`${url}${path}`, { ...init, headers: { 'x-smarttoken': ADMIN_TOKEN, ...init.headers } });
  const instance: Service = {
    url,
    db,
    connection: database.connection,
    get,
    async import(files, options = {}) {
      const sources = [files]
        .flat()
        .map((file, at) => ({ name: `file ${at + 1}`, bytes: chunks(file as string | Uint8Array) }));
      let refusedFile = '';
      const report = await importExtract(
        sources,
        { ...DEFAULT_IMPORT, ...options },
        () => beginImport(db.streams, FROM_COMMAND, () => {}),
        async (_source, csv) => {
          for await (const text of csv) refusedFile += text;
        },
      );
      return { ...report, refusedFile };
    },
    async export(format, nulls) {
      const unnamed = () => {
        throw new Error('a format is named');
      };
      const parameters = new Map([['format', [format]], ...(nulls ? [['nulls', [nulls]] as [string, string[]]] : [])]);
      const request = readRequest(parameters, unnamed, OPERATOR);
      const exported = await openExport(db, request, new AbortController().signal, 0);
      const details = detailsOf(request, exported, PROGRAM_VERSION);
      let text = '';
      for await (const chunk of request.format.encode(request.output, exported.rows, details))
        text += chunk.toString('latin1');
      return Buffer.from(text, 'latin1').toString('utf8');
    },
    rows: async (statement) => (await statements.query(statement)).rows,
    async reset(csv) {
      if ((await instance.export('csv')) !== csv) await instance.import(csv, { replaceAll: true });
    },
    async clear() {
      await statements.query(CLEAR);
    },
    another: (ownEnv = {}, ownLog = createLog('silent'), ownRefresh = null) =>
      startInstance(database, ownEnv, ownLog, {}, { findToken, refresh: ownRefresh }),
    async stop() {
      await app.close();
      await db.close();
      await statements.end();
    },
  };
  return instance;
}

async function* chunks(file: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof file === 'string' ? Buffer.from(file) : file;
}
