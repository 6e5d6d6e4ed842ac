import type { EntityName } from '../../../domain/entities.ts';
import { mapRecord } from '../../../domain/types/records.ts';
import { type Viewer, visible } from '../../../domain/viewer.ts';
import type { Query } from '../../connection/snapshot.ts';
import type { KeptCounts } from '../../kept/kept-counts.ts';
import { parameterList, sql } from '../../sql.ts';
import { toSql } from '../where/to-sql.ts';

/** The state of the dataset as a viewer sees it. */
export interface DatasetState {
  readonly version: string;
  readonly importedAt: Date | null;
  /** The time that the rows are known to be of, in whole seconds; null if no rows were imported. */
  readonly knownAt: Date | null;
  readonly sample: boolean;
  readonly appointments: number;
  readonly interviews: number;
  readonly employees: number;
  readonly candidates: number;
  readonly jobs: number;
  readonly applications: number;
  /** The start of the first and the last interview; null if no start is known as an instant. */
  readonly firstStart: Date | null;
  readonly lastStart: Date | null;
}

const COUNTED = {
  appointments: 'appointment',
  interviews: 'interview',
  employees: 'employee',
  candidates: 'candidate',
  jobs: 'job',
  applications: 'application',
} as const satisfies Readonly<Record<string, EntityName>>;

/** Reads the state of the dataset in a snapshot. Errors: those of the query. */
export async function readDatasetState(query: Query, kept: KeptCounts, viewer: Viewer): Promise<DatasetState> {
  const { parameters, bind } = parameterList(query);
  const interviews = sql`FROM interview a WHERE ${toSql(visible('interview', viewer), bind, 'interview')}`;
  const [state] = await query<Omit<DatasetState, keyof typeof COUNTED>>(
    sql`/* dataset.state */ SELECT version::text, imported_at AS "importedAt", known_at AS "knownAt", sample,
        (SELECT min(starts_at) ${interviews}) AS "firstStart", (SELECT max(starts_at) ${interviews}) AS "lastStart"
       FROM dataset`,
    parameters,
  );
  if (!state) throw new Error('the dataset has no row');
  const counts = mapRecord(COUNTED, (entity: EntityName) => ({ entity, where: visible(entity, viewer) }));
  return { ...state, ...(await kept.read(query, state.version, counts)) };
}
