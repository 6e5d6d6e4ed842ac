import { attributeOf, type EntityName, relationOf } from '../../domain/entities.ts';
import { PERSONAL } from '../builder.ts';

/** What a field that shows an attribute says of it: its description, and the scope it needs. */
export function attributeField(
  entity: EntityName,
  name: string,
): { description: string; extensions?: typeof PERSONAL } {
  const { description, personal } = attributeOf(entity, name);
  return { description, ...(personal && { extensions: PERSONAL }) };
}

/** What a field that shows a relation says of it. */
export const relationField = (entity: EntityName, name: string): { description: string } => ({
  description: relationOf(entity, name).description,
});
