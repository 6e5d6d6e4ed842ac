import {
  type AttributeName,
  type EntityName,
  findAttribute,
  findRelation,
  type RelationName,
} from '../../domain/entities.ts';
import { PERSONAL } from '../builder.ts';

/** What fields of an entity's type take from the catalogue: the description, and the scope that they need. */
export const catalogueFields = <E extends EntityName>(entity: E) => ({
  /** Of a field that shows an attribute. */
  attribute(name: AttributeName<E>): { description: string; extensions?: typeof PERSONAL } {
    const found = findAttribute(entity, name);
    if (!found) throw new Error(`${entity} has no attribute ${name}`);
    return { description: found.description, ...(found.personal && { extensions: PERSONAL }) };
  },
  /** Of a field that shows a relation. */
  relation(name: RelationName<E>): { description: string } {
    const found = findRelation(entity, name);
    if (!found) throw new Error(`${entity} has no relation ${name}`);
    return { description: found.description };
  },
});
