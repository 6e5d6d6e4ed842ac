/** A service that stores the rows of property tests of metrics, and what each of its tokens sees of them. */
import { createLog } from '../../../src/log.ts';
import { disputedZones } from '../disputed-zones.ts';
import { rowsIn } from '../generated.ts';
import { importNames } from '../import-names.ts';
import { csvOf } from '../rows.ts';
import { ADMIN_TOKEN, type Service, startService } from '../service.ts';
import { viewersByToken } from '../viewers.ts';
import { JOBS, ZONES } from './any-rows.ts';
import { currentStages } from './facts.ts';
import type { PlainRow, Surroundings } from './request.ts';

const [JOB = '', OTHER_JOB = ''] = JOBS;

const DEPARTMENTS = new Map([
  [JOB, 'Sales'],
  [OTHER_JOB, 'Engineering'],
]);

/** A token that sees the rows of one job. */
export const RESTRICTED_TOKEN = 'sees-one-job';

const VIEWERS = viewersByToken({
  [ADMIN_TOKEN]: {},
  [RESTRICTED_TOKEN]: { restriction: { jobIds: [JOB], departments: [] } },
});

/** Starts a service with these tokens. Throws if Node and the database know different offsets of a zone of any rows. */
export async function startMetricsService(): Promise<Service> {
  const service = await startService({}, createLog('silent'), {}, VIEWERS);
  const disputed = await disputedZones(service, new Set(ZONES), '2025-01-01T00:00:00Z', '2027-06-01T00:00:00Z');
  if (disputed.length > 0) throw new Error(`Node and the database know different offsets: ${JSON.stringify(disputed)}`);
  return service;
}

/** Imports rows in the place of all others, and returns them with the ids that the database gave them. */
export async function storeRows(service: Service, rows: readonly PlainRow[]): Promise<PlainRow[]> {
  const keys = Object.keys(rows[0] ?? {}) as (keyof PlainRow)[];
  const cells = rows.map((row) => keys.map((key) => row[key] ?? null));
  // Few rows may leave a field empty that was stated in those before them.
  const report = await service.import(csvOf(cells, keys), { replaceAll: true, allowMissingColumns: true });
  if (!report.saved || report.refused > 0) throw new Error(`rows were refused: ${JSON.stringify(report.refusedRows)}`);
  await importNames(service, { jobs: csvOf([...DEPARTMENTS], ['jobId', 'department']) });
  const exported = await service.get('/analytics/interviews?format=csv&include=rowId');
  return rowsIn(await exported.text());
}

/** Returns the rows that a token shows, and what isn't in them. */
export function seenBy(
  token: string,
  rows: readonly PlainRow[],
): { readonly visible: readonly PlainRow[]; readonly surroundings: Surroundings } {
  return {
    visible: token === RESTRICTED_TOKEN ? rows.filter(({ jobId }) => jobId === JOB) : rows,
    surroundings: { stages: currentStages(rows), departments: DEPARTMENTS },
  };
}
