import type { FieldKey } from '../domain/fields.ts';

/**
 * The one order rows come in (docs/contract.md, "Response"). Postgres sorts nulls last, and the text columns among these are
 * COLLATE "C", which is the order of UTF-8 bytes; `row_id` decides between rows that agree on all of them.
 * Index `appointment_extract_order` has the first four: the rest sorts a handful of rows at a time, and `room` is too
 * long for an index entry.
 */
const ORDER = [
  'interviewCreateDate',
  'interviewId',
  'startTime',
  'endTime',
  'room',
  'interviewerEmployeeId',
] as const satisfies readonly FieldKey[];

/** The ORDER BY list for table `appointment`, named `a`. */
export const orderBy = (column: (key: FieldKey) => string): string =>
  [...ORDER.map((key) => `a.${column(key)}`), 'a.row_id'].join(', ');
