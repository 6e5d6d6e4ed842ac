import { FIELDS, type FieldKind } from '../../domain/fields.ts';

/** Tableau’s type for each kind of field (Web Data Connector API, `tableau.dataTypeEnum`). */
const TABLEAU_TYPES: Readonly<Record<FieldKind, string>> = {
  identifier: 'string',
  uuid: 'string',
  text: 'string',
  enumeration: 'string',
  zone: 'string',
  boolean: 'bool',
  integer: 'int',
  number: 'float',
  utc: 'datetime',
  local: 'datetime',
};

/** Returns whether values are aggregated rather than grouped by. */
const isMeasure = (kind: FieldKind): boolean => kind === 'number' || kind === 'integer';

const COLUMN_DESCRIPTIONS: Partial<Record<FieldKind, string>> = {
  utc: 'In UTC',
  local: 'In the local time of the interview',
  zone: 'An IANA time zone',
};

/** The only table, with a column for each of the 30 fields (Web Data Connector API, `TableInfo`). */
export const TABLE = {
  id: 'interviews',
  alias: 'Interviews',
  description: 'One row is one interviewer’s appointment in a time slot of an interview.',
  columns: FIELDS.map(({ key, label, kind }) => ({
    id: key,
    alias: label,
    ...(COLUMN_DESCRIPTIONS[kind] && { description: COLUMN_DESCRIPTIONS[kind] }),
    dataType: TABLEAU_TYPES[kind],
    columnRole: isMeasure(kind) ? 'measure' : 'dimension',
    columnType: isMeasure(kind) ? 'continuous' : 'discrete',
  })),
};
