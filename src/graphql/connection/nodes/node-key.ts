import { type EntityName, entityOf } from '../../../domain/entities.ts';
import { nameOfColumn } from '../../../domain/fields.ts';
import { mapRecord } from '../../../domain/types/records.ts';
import { NAMES } from '../names.ts';

/** The key properties of items (src/db/query/pages/selection.ts). */
const KEY_PROPERTIES: Readonly<Record<EntityName, readonly string[]>> = mapRecord(NAMES, (_, entity) =>
  entityOf(entity).key.map(({ column }) => nameOfColumn(column)),
);

/** Returns the primary key of an item. */
export function keyOf(entity: EntityName, item: object): string[] {
  const values = item as Readonly<Record<string, unknown>>;
  return KEY_PROPERTIES[entity].map((property) => String(values[property]));
}
