import { FIELDS, type Field, type Kind } from '../../domain/fields.ts';
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

const EXAMPLES: Partial<Record<Kind, string>> = { utc: '2026-03-29T12:30:00', local: '2026-03-29T14:30:00' };

function property({ label, kind, values, personal }: Field): Schema {
  const about = KINDS[kind].description;
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
