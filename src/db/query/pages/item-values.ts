import { type ColumnAttribute, type EntityName, entityOf } from '../../../domain/entities.ts';
import { nameOfColumn } from '../../../domain/fields.ts';
import { column, joinSql, type Sql, sql } from '../../sql.ts';
import type { Item, ItemValues } from './page.ts';
import type { Selection } from './selection.ts';

/** Returns the columns that a selection reads of its items: the primary key first. */
export const columnsOf = ({ entity, columns }: Selection): string[] => [
  ...new Set([...entityOf(entity).key.map((part) => part.column), ...columns]),
];

/** Returns the property of an item that has the value of a column. */
export const propertyOf = (of: string): Property => ({ name: nameOfColumn(of), read: null });

/** The types of the columns that are attributes, by entity and column. */
function typeOf(entity: EntityName, of: string): string | undefined {
  const { attributes, row = {} } = entityOf(entity);
  const isColumn = (attribute: object): attribute is ColumnAttribute =>
    'column' in attribute && attribute.column === of;
  return [...Object.values(attributes), ...Object.values(row)].find(isColumn)?.type;
}

/** Returns a value as the JSON of an item has it. A session’s time zone must not show in an instant. */
export const jsonOf = (entity: EntityName, of: string, alias: string): Sql =>
  typeOf(entity, of)?.startsWith('timestamptz') ? sql`(${column(alias, of)} AT TIME ZONE 'UTC')` : column(alias, of);

/** The maximum number of arguments of a function in Postgres (FUNC_MAX_ARGS). */
const MAX_ARGUMENTS = 100;

export function jsonArray(values: readonly Sql[]): Sql {
  if (values.length > MAX_ARGUMENTS) throw new Error(`an item has more than ${MAX_ARGUMENTS} values`);
  return sql`json_build_array(${joinSql(values, ', ')})`;
}

/** A property of an item, and how to read it; null if the value is read as it is. */
export interface Property {
  readonly name: string;
  readonly read: ((value: unknown) => unknown) | null;
}

/** Returns a function that makes items with these properties. They read their values only when asked: most are read once, some never. */
export function readerOf(properties: readonly Property[]): (values: ItemValues) => Item {
  class SelectedItem {
    readonly values: ItemValues;
    constructor(values: ItemValues) {
      this.values = values;
    }
  }
  for (const [index, { name: property, read }] of properties.entries())
    Object.defineProperty(SelectedItem.prototype, property, {
      get: read
        ? function (this: SelectedItem) {
            return read(this.values[index]);
          }
        : function (this: SelectedItem) {
            return this.values[index];
          },
    });
  return (values) => new SelectedItem(values) as unknown as Item;
}
