import { FIELDS, type Field, type FieldKey, type Kind } from '../../domain/fields.ts';
import type { Schema } from './schema.ts';

/** How a value of each kind looks in JSON; every field may be null, or missing where `fields` asks for others. */
const KINDS: Record<Kind, Schema> = {
  identifier: { type: ['string', 'null'], maxLength: 255 },
  uuid: { type: ['string', 'null'], format: 'uuid' },
  text: { type: ['string', 'null'] },
  enumeration: { type: ['string', 'null'] },
  boolean: { type: ['boolean', 'null'] },
  integer: { type: ['integer', 'null'], format: 'int32' },
  number: { type: ['number', 'null'] },
  utc: { type: ['string', 'null'], description: 'A wall clock in UTC, without an offset.' },
  local: { type: ['string', 'null'], description: 'A wall clock in the interview’s time zone, without an offset.' },
  zone: { type: ['string', 'null'], description: 'An IANA time zone.' },
};

/** What a label leaves open (docs/contract.md, "One row"). */
const MEANINGS: Partial<Record<FieldKey, string>> = {
  interviewDuration: 'Hours of all time slots of the interview together.',
  duration: 'Hours of this time slot.',
  interviewers: 'The number of interviewers in this time slot.',
  timeToProvideFeedback: 'Hours from the end of the time slot to the review.',
};

const EXAMPLES: Partial<Record<Kind, string>> = { utc: '2026-03-29T12:30:00', local: '2026-03-29T14:30:00' };

function property({ key, label, kind, values, personal }: Field): Schema {
  const about = MEANINGS[key as FieldKey] ?? KINDS[kind].description;
  return {
    ...KINDS[kind],
    title: label,
    ...(values && { enum: [...values, null] }),
    ...(EXAMPLES[kind] && { examples: [EXAMPLES[kind]] }),
    description: [about, personal ? 'Null without the scope personal.' : null].filter(Boolean).join(' ') || label,
  };
}

/** One row of the extract: the 30 fields (src/domain/fields.ts). */
export const ROW: Schema = {
  type: 'object',
  description:
    'One interviewer’s appointment in one time slot of an interview. Every field is there, unless the parameter fields asks for some of them.',
  properties: Object.fromEntries(FIELDS.map((field) => [field.key, property(field)])),
};
