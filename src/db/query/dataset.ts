import type { EntityName } from '../../domain/entities.ts';
import { entriesOf } from '../../domain/types/records.ts';
import { type Viewer, visible } from '../../domain/viewer.ts';
import type { Query } from '../connection/snapshot.ts';
import { joinSql, name, parameterList, sql } from '../sql.ts';
import { tableOf, toSql } from './to-sql.ts';

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

const COUNTED: Readonly<Record<string, EntityName>> = {
  appointments: 'appointment',
  interviews: 'interview',
  employees: 'employee',
  candidates: 'candidate',
  jobs: 'job',
  applications: 'application',
};

/** Reads the state of the dataset in one snapshot. Errors: DATABASE_UNAVAILABLE. */
export async function readDatasetState(query: Query, viewer: Viewer): Promise<DatasetState> {
  const { parameters, bind } = parameterList();
  const from = (entity: EntityName) =>
    sql`FROM ${tableOf(entity)} a WHERE ${toSql(visible(entity, viewer), bind, entity)}`;
  const counts = entriesOf(COUNTED).map(([as, entity]) => sql`(SELECT count(*)::int ${from(entity)}) AS ${name(as)}`);
  const interviews = from('interview');
  const [state] = await query<DatasetState>(
    sql`/* dataset.state */ SELECT version::text, imported_at AS "importedAt", known_at AS "knownAt", sample, ${joinSql(counts, ', ')},
        (SELECT min(starts_at) ${interviews}) AS "firstStart", (SELECT max(starts_at) ${interviews}) AS "lastStart"
       FROM dataset`,
    parameters,
  );
  if (!state) throw new Error('the dataset has no row');
  return state;
}
