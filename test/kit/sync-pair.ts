import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { urlOf } from './database.ts';
import { csvOf, rowWith } from './rows.ts';
import { ADMIN_TOKEN, type Service, startService } from './service.ts';

/** A service, and another one whose rows it fetches. */
export interface SyncPair {
  readonly service: Service;
  readonly upstream: Service;
  /** A folder for files of the test. */
  readonly folder: string;
  /** A file with the upstream's token. */
  readonly tokenFile: string;
  /** The arguments of `npm run sync`, from the upstream or another address. */
  args(from?: string): string[];
  /** The environment of a command on the service's database. */
  env(more?: Record<string, string>): Record<string, string>;
  stop(): Promise<void>;
}

export async function startSyncPair(): Promise<SyncPair> {
  const folder = await mkdtemp(join(tmpdir(), 'sync-'));
  const tokenFile = join(folder, 'token');
  await writeFile(tokenFile, `${ADMIN_TOKEN}\n`);
  const [service, upstream] = await Promise.all([startService(), startService()]);
  return {
    ...{ service, upstream, folder, tokenFile },
    args: (from = upstream.url) => ['sync', '--from', from, '--token-file', tokenFile],
    env: (more = {}) => ({ DATABASE_URL: urlOf(service.connection), LOG_LEVEL: 'info', ...more }),
    async stop() {
      await Promise.all([service.stop(), upstream.stop()]);
      await rm(folder, { recursive: true });
    },
  };
}

/** An extract of one appointment for each interview. */
export const rowsOfInterviews = (...ids: string[]): string =>
  csvOf(ids.map((interviewId) => rowWith({ interviewId, interviewers: '1', interviewDuration: null })));
