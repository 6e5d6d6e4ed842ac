import { type AttributeName, type EntityName, findAttribute } from '../../domain/entities.ts';
import { PERSONAL } from '../builder.ts';

/** Returns field options from the catalogue: descriptions and required scopes. */
export const catalogueFields = <E extends EntityName>(entity: E) => ({
  /** The options of a field that exposes an attribute. */
  attribute(name: AttributeName<E>): { description: string; extensions?: typeof PERSONAL } {
    const found = findAttribute(entity, name);
    if (!found) throw new Error(`${entity} has no attribute ${name}`);
    return { description: found.description, ...(found.personal && { extensions: PERSONAL }) };
  },
});
