import { FIELDS, type Field, type FieldKey, type FieldKind } from '../../domain/fields.ts';
import { OPTIONAL_COLUMNS, type OptionalColumn } from '../../domain/optional-columns.ts';
import { textProperty } from '../../domain/types/property.ts';
import { arraySchema, objectSchema, refSchema, type Schema } from './schema.ts';

/** Schema of a value of each kind in JSON. */
const KIND_SCHEMAS: Record<Exclude<FieldKind, 'enumeration'>, Schema> = {
  identifier: { type: 'string', minLength: 1, maxLength: 255 },
  uuid: { type: 'string', format: 'uuid' },
  text: { type: 'string' },
  boolean: { type: 'boolean' },
  integer: { type: 'integer', format: 'int32' },
  number: { type: 'number' },
  utc: { type: 'string', description: 'A wall clock in UTC, without an offset.' },
  local: { type: 'string', description: 'A wall clock in the interview’s time zone, without an offset.' },
  zone: { type: 'string', description: 'An IANA time zone.' },
};

/** What a label does not say (docs/contract.md, "One row"). */
const MEANINGS: Partial<Record<FieldKey, string>> = {
  interviewDuration: 'Hours of all time slots of the interview together.',
  duration: 'Hours of this time slot.',
  interviewers: 'The number of interviewers in this time slot.',
  timeToProvideFeedback: 'Hours from the end of the time slot to the review.',
};

const EXAMPLES: Partial<Record<FieldKind, string>> = { utc: '2026-03-29T12:30:00', local: '2026-03-29T14:30:00' };

/** Returns the name of an enumeration's schema: `ApplicationStage` for the Postgres type `application_stage`. */
const schemaName = ({ type }: Pick<Field, 'type'>): string =>
  type.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The schemas of the enumerations, by name; the names are those of the GraphQL API. */
export const ENUMERATION_SCHEMAS: Schema = Object.fromEntries(
  FIELDS.flatMap((field: Field) => (field.values ? [[schemaName(field), { type: 'string', enum: field.values }]] : [])),
);

/** Returns the schema of a field's value. */
export const valueSchema = (field: Field): Schema =>
  field.kind === 'enumeration' ? refSchema(schemaName(field)) : KIND_SCHEMAS[field.kind];

function property(field: Field): Schema {
  const { key, label, kind, personal } = field;
  const value = valueSchema(field);
  const about = textProperty(MEANINGS, key) ?? value.description;
  return {
    ...value,
    title: label,
    ...(EXAMPLES[kind] && { examples: [EXAMPLES[kind]] }),
    description:
      [about, personal ? 'Only for tokens with the scope personal.' : null].filter(Boolean).join(' ') || label,
  };
}

/** Returns the same schema, with null allowed. */
function orNull(field: Field): Schema {
  const { type, $ref, ...about } = property(field);
  return $ref === undefined ? { ...about, type: [type, 'null'] } : { ...about, anyOf: [{ $ref }, { type: 'null' }] };
}

const propertiesOf = (schemaOf: (field: Field) => Schema): Readonly<Record<string, Schema>> =>
  Object.fromEntries(FIELDS.map((field) => [field.key, schemaOf(field)]));

const OPTIONAL_KIND_SCHEMAS: Record<OptionalColumn['kind'], Schema> = {
  text: KIND_SCHEMAS.text,
  uuid: KIND_SCHEMAS.uuid,
  instant: { type: 'string', examples: ['2026-03-29T12:30:00Z'] },
};

/** Returns the schemas of the optional columns, by key; `null` may be one of their types. */
const optionalProperties = (types: 'value' | 'value or null'): Readonly<Record<string, Schema>> =>
  Object.fromEntries(
    OPTIONAL_COLUMNS.map(({ key, label, kind, personal, description }) => {
      const { type, ...rest } = OPTIONAL_KIND_SCHEMAS[kind];
      const access = personal ? ' Only for tokens with the scope personal.' : '';
      const about = { title: label, description: `${description} Only if include names it.${access}` };
      return [key, { type: types === 'value' ? type : [type, 'null'], ...rest, ...about }];
    }),
  );

const isRequired = ({ key }: Field): boolean => key === 'interviewId';
const nullable = propertiesOf((field) => (isRequired(field) ? property(field) : orNull(field)));

const extract = (row: string): Schema => objectSchema({ content: arraySchema(refSchema(row), 'The rows.') });

/**
 * Schemas of a row with its 30 fields (src/domain/fields.ts), in each of its forms in JSON, and of the extracts made of
 * them.
 */
export const ROW_SCHEMAS: Schema = {
  Row: {
    type: 'object',
    description:
      'One interviewer’s appointment in one time slot of an interview. Keys whose value is null are left out, as in the original.',
    required: FIELDS.filter(isRequired).map(({ key }) => key),
    properties: { ...propertiesOf(property), ...optionalProperties('value') },
  },
  FullRow: objectSchema(
    nullable,
    'A row with all keys, and null for missing values.',
    optionalProperties('value or null'),
  ),
  PartialRow: {
    type: 'object',
    description: 'A row with only the keys that the parameters fields and include name.',
    properties: { ...nullable, ...optionalProperties('value or null') },
  },
  Extract: extract('Row'),
  FullExtract: extract('FullRow'),
  PartialExtract: extract('PartialRow'),
};
