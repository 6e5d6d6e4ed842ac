import { hash } from 'node:crypto';
import { createApp } from '../../src/app/create-app.ts';
import { openAudit } from '../../src/cli/service/audit.ts';
import { openConfigured } from '../../src/cli/service/database.ts';
import { openReplica } from '../../src/cli/service/replica.ts';
import { readConfig } from '../../src/config.ts';
import type { Database } from '../../src/db/connection/open.ts';
import { createLog } from '../../src/log.ts';
import { ADMIN_TOKEN } from './service.ts';

/** An instance that opens its database as `npm start` does, with several servers and a replica. */
export interface Instance {
  readonly url: string;
  readonly db: Database;
  /** A request with the administrator's token. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

/** Starts one on the database of a URL, without rate limits. */
export async function startOn(
  url: string,
  settings: Readonly<Record<string, string>> = {},
  log = createLog('silent'),
): Promise<Instance> {
  const limits = { AUDIT: 'off', RATE_LIMIT_PER_SECOND: '0', RATE_LIMIT_CONCURRENT: '0', RATE_LIMIT_POINTS: '0' };
  const config = readConfig({ ADMIN_TOKEN, DATABASE_URL: url, ...limits, ...settings });
  const db = await openConfigured(config, log);
  const replica = await openReplica(config, db, log).catch(async (error) => {
    await db.close();
    throw error;
  });
  const audited = await openAudit(config, db, log).catch(async (error) => {
    await replica?.reads.close();
    await db.close();
    throw error;
  });
  const app = createApp({ config, db, replica, log, audited });
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    url: address,
    db,
    ask: (path, init = {}) =>
      fetch(`${address}${path}`, { ...init, headers: { 'x-smarttoken': ADMIN_TOKEN, ...init.headers } }),
    async stop() {
      await app.close();
      await audited.close();
      await replica?.reads.close();
      await db.close();
    },
  };
}

/** Replaces all rows by those of an extract. */
export const postAll = (instance: Instance, csv: string): Promise<Response> =>
  instance.ask('/analytics/interviews?replaceAll=true&allowRemovals=true', {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: csv,
  });

/** What is told by an answer: the hash of a whole one, which a failure would otherwise print in full, or the status. */
export const told = async (response: Response): Promise<string | number> =>
  response.status === 200 ? hash('sha256', await response.text()) : response.status;
