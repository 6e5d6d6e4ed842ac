import type { Prisma } from '../../db/generated/client.ts';
import { ENTITIES } from '../../domain/entities.ts';
import type { FieldKey } from '../../domain/fields.ts';
import { mapRecord } from '../../domain/types/records.ts';
import { builder, PERSONAL } from '../builder.ts';
import { attributeType } from './attribute-type.ts';

/** The value of a field as Prisma loads it. Decimals are returned as numbers. */
type Loaded<K extends FieldKey> = Prisma.AppointmentGetPayload<object>[K];

const isDecimal = (value: Loaded<FieldKey>): value is Prisma.Decimal =>
  typeof value === 'object' && value !== null && 'toNumber' in value;

export const ExtractRow = builder.prismaObject('Appointment', {
  variant: 'ExtractRow',
  description: 'A row of the extract: its 30 fields by their extract names.',
  fields: (t) =>
    mapRecord(ENTITIES.appointment.row, (attribute, key) =>
      t.field({
        type: attributeType(attribute),
        description: attribute.description,
        ...(attribute.personal && { extensions: PERSONAL }),
        nullable: attribute.nullable,
        resolve: (row) => {
          const value = row[key];
          return isDecimal(value) ? value.toNumber() : value;
        },
      }),
    ),
});
