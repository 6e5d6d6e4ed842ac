import { type FieldKey, fieldOf } from '../domain/fields.ts';

/**
 * The one order of exported rows (docs/contract.md, "Response"). Postgres sorts nulls last, and the text columns in it are COLLATE "C",
 * which is the order of UTF-8 bytes. Index `appointment_extract_order` has the first four columns: the others sort only a handful of rows
 * at a time, and `room` is too long for an index entry.
 */
const ORDER_FIELDS = [
  'interviewCreateDate',
  'interviewId',
  'startTime',
  'endTime',
  'room',
  'interviewerEmployeeId',
] as const satisfies readonly FieldKey[];

/** A sort column of `appointment`, with its Postgres type. */
export interface OrderColumn {
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
}

/**
 * Returns the sort columns. The tie-breaker is the hash of all values of the row, which is the same in every database. For viewers without
 * access to personal fields, `room` and that hash are left out: the order would reveal something about them, and a cursor everything. Their
 * tie-breaker is `row_id`, which is derived from a secret of the database.
 */
export const orderOf = (personal: boolean): readonly OrderColumn[] => [
  ...ORDER_FIELDS.map((key) => fieldOf(key))
    .filter((field) => personal || !field.personal)
    .map(({ column, type, key }) => ({ column, type, nullable: key !== 'interviewId' })),
  { column: personal ? 'content_hash' : 'row_id', type: 'uuid', nullable: false },
];
