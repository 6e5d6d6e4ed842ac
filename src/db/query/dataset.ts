import type { Query } from '../connection/snapshot.ts';

/** What is stored as a whole: its version, when it came, and how many there are of each thing. */
export interface DatasetState {
  readonly version: string;
  readonly importedAt: Date | null;
  readonly sample: boolean;
  readonly appointments: number;
  readonly interviews: number;
  readonly employees: number;
  readonly candidates: number;
  readonly jobs: number;
  readonly applications: number;
  /** The start of the first and the last interview, as far as they are known as instants. */
  readonly firstStart: Date | null;
  readonly lastStart: Date | null;
}

const COUNTED_TABLES = {
  appointments: 'appointment',
  interviews: 'interview',
  employees: 'employee',
  candidates: 'candidate',
  jobs: 'job',
  applications: 'application',
};

/** The state of what is stored, in one snapshot. Errors: DATABASE_UNAVAILABLE. */
export async function readDatasetState(query: Query): Promise<DatasetState> {
  const counts = Object.entries(COUNTED_TABLES).map(
    ([name, table]) => `(SELECT count(*)::int FROM ${table}) AS ${name}`,
  );
  const [state] = await query<DatasetState>(
    `/* dataset.state */ SELECT version::text, imported_at AS "importedAt", sample, ${counts.join(', ')},
        (SELECT min(starts_at) FROM interview) AS "firstStart", (SELECT max(starts_at) FROM interview) AS "lastStart"
       FROM dataset`,
  );
  if (!state) throw new Error('the dataset has no row');
  return state;
}
