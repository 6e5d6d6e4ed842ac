import { type Attribute, attributeOf } from '../../domain/entities.ts';
import { FIELDS, type Field } from '../../domain/fields.ts';
import { builder } from '../builder.ts';
import { attributeField } from './attribute-field.ts';
import { ENUMERATIONS } from './enumerations.ts';

/** The type of a field's values. */
const FIELD_TYPES: Readonly<Record<Exclude<Attribute['kind'], 'enumeration'>, string>> = {
  identifier: 'String',
  uuid: 'UUID',
  text: 'String',
  boolean: 'Boolean',
  integer: 'Int',
  number: 'Float',
  utc: 'DateTime',
  instant: 'DateTime',
  local: 'LocalDateTime',
  zone: 'TimeZone',
};

/** A row as Prisma gives it. */
type Row = Readonly<Record<string, unknown>>;

/** Decimals go out as numbers. */
const numeric = (value: unknown): number | null => (value === null ? null : Number(value));

export const ExtractRow = builder.prismaObject('Appointment', {
  variant: 'ExtractRow',
  description: 'A row of the extract: its 30 fields by their extract names.',
  fields: (t) =>
    Object.fromEntries(
      FIELDS.map(({ key, kind, type }: Field) => [
        key,
        t.field({
          ...attributeField('appointment', key),
          type: (kind === 'enumeration' ? ENUMERATIONS[type] : FIELD_TYPES[kind]) as never,
          nullable: attributeOf('appointment', key).nullable,
          resolve: (row) => {
            const value = (row as Row)[key];
            return (kind === 'number' ? numeric(value) : value) as never;
          },
        }),
      ]),
    ) as never,
});
