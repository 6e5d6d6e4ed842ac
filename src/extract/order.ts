import { type FieldKey, fieldOf } from '../domain/fields.ts';

/**
 * The one order rows come in (docs/contract.md, "Response"). Postgres sorts nulls last, and the text columns among these are COLLATE "C",
 * which is the order of UTF-8 bytes. Index `appointment_extract_order` has the first
 * four: the rest sorts a handful of rows at a time, and `room` is too long for an index entry.
 */
const ORDER_FIELDS = [
  'interviewCreateDate',
  'interviewId',
  'startTime',
  'endTime',
  'room',
  'interviewerEmployeeId',
] as const satisfies readonly FieldKey[];

/** A column of `appointment` that rows are ordered by, with its Postgres type. */
export interface OrderColumn {
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
}

/**
 * What rows are ordered by. Between those that agree on all keys the hash of all that they state decides, which is the same in every database. For
 * those who may not see personal fields neither `room` nor that hash counts: their order would tell something of them, and a place all of it;
 * `row_id`, which is made with a secret of the database, decides instead.
 */
export const orderOf = (personal: boolean): readonly OrderColumn[] => [
  ...ORDER_FIELDS.map((key) => fieldOf(key))
    .filter((field) => personal || !field.personal)
    .map(({ column, type, key }) => ({ column, type, nullable: key !== 'interviewId' })),
  { column: personal ? 'content_hash' : 'row_id', type: 'uuid', nullable: false },
];
