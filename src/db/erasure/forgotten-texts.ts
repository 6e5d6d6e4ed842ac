/** The texts of rows that are forgotten with a person (docs/erasure.md), or once they have expired (docs/retention.md). */
import { type FieldKey, fieldOf } from '../../domain/fields.ts';

/** The texts that are emptied: an empty text, not null, so that it still counts whether there was one. */
export const EMPTIED = { ofPerson: ['interviewerReview'], ofInterview: ['interviewLocation', 'room'] } as const;

/** The names that become null: the name of somebody with an ID is that of the newest row that has one. */
export const NAMES = {
  interviewer: ['interviewerFirstName', 'interviewerLastName'],
  creator: ['creatorFirstName', 'creatorLastName'],
} as const;

/** The keys of all of them. */
export const FORGOTTEN_TEXTS: readonly FieldKey[] = [
  ...EMPTIED.ofPerson,
  ...EMPTIED.ofInterview,
  ...NAMES.interviewer,
  ...NAMES.creator,
];

/** Returns the name of a field's column. */
export const column = (key: FieldKey): string => fieldOf(key).column;

/** Returns the warnings of a staged row `s` without those about some fields, as SQL: the warnings of reading a row have its values. */
export const otherWarnings = (keys: readonly FieldKey[]): string =>
  `(SELECT json_agg(w) FROM json_array_elements(s.warnings) w WHERE w->>'column' NOT IN (${keys.map((key) => `'${key}'`).join(', ')}))`;
