import { ENTITIES } from '../../domain/entities.ts';
import { mapRecord } from '../../domain/types/records.ts';
import { builder, PERSONAL } from '../builder.ts';
import { attributeType } from './attribute-type.ts';

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
        resolve: (row) => row[key],
      }),
    ),
});
