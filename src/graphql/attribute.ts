import { ENTITIES, type EntityName } from '../domain/entities.ts';
import { PERSONAL } from './builder.ts';

/** What a field that shows an attribute says of it: its description, and the scope it needs. */
export function attribute(entity: EntityName, name: string): { description: string; extensions?: typeof PERSONAL } {
  const found = ENTITIES[entity].attributes[name];
  if (!found) throw new Error(`${entity} has no attribute ${name}`);
  return { description: found.about, ...(found.personal && { extensions: PERSONAL }) };
}

/** What a field that shows a relation says of it. */
export function relation(entity: EntityName, name: string): { description: string } {
  const found = ENTITIES[entity].relations[name];
  if (!found) throw new Error(`${entity} has no relation ${name}`);
  return { description: found.about };
}
