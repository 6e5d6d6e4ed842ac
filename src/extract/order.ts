import { FIELDS, type Field, type FieldKey, PLACE } from '../domain/fields.ts';

/**
 * The one order rows come in (docs/contract.md, "Response"). Postgres sorts nulls last, and the text columns among these are COLLATE "C",
 * which is the order of UTF-8 bytes; `row_id` decides between rows that agree on all of them. Index `appointment_extract_order` has the first
 * four: the rest sorts a handful of rows at a time, and `room` is too long for an index entry.
 */
const KEYS = [
  'interviewCreateDate',
  'interviewId',
  'startTime',
  'endTime',
  'room',
  'interviewerEmployeeId',
] as const satisfies readonly FieldKey[];

/** What rows are ordered by: columns of `appointment` with their Postgres types. Only the last can't be null in a row, beside interview_id. */
export const ORDER: readonly { readonly column: string; readonly type: string }[] = [
  ...KEYS.map((key) => FIELDS[PLACE[key]] as Field),
  { column: 'row_id', type: 'uuid' },
];

/** The ORDER BY list for table `appointment`, named `a`. */
export const ORDER_BY: string = ORDER.map(({ column }) => `a.${column}`).join(', ');
