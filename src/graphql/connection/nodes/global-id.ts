import { type GraphQLSchema, isObjectType } from 'graphql';
import { type EntityName, entityOf } from '../../../domain/entities.ts';
import { entriesOf } from '../../../domain/types/records.ts';
import { isValidColumnText } from '../../../domain/values/valid-column-text.ts';
import { NAMES } from '../names.ts';
import { keyOf } from './node-key.ts';

/** The Postgres types of the primary key columns, by GraphQL type name. */
const KEY_TYPES: ReadonlyMap<string, readonly string[]> = new Map(
  entriesOf<EntityName, string>(NAMES).map(([entity, name]) => [name, entityOf(entity).key.map(({ type }) => type)]),
);

/** A global ID: the name of the type, and the primary key. */
export interface GlobalId {
  readonly typename: string;
  readonly key: readonly string[];
}

/** Reads a global ID of this API. Returns null for any other text. */
export function readGlobalId(text: string): GlobalId | null {
  const [, typename = '', id = ''] = /^([A-Za-z]+):(.+)$/s.exec(Buffer.from(text, 'base64').toString()) ?? [];
  const key = KEY_TYPES.get(typename);
  const fits = key && (key.length === 1 ? isValidColumnText(id, key[0] ?? '') : isPair(id));
  return fits ? { typename, key: key.length === 1 ? [id] : pairOf(id).reverse() } : null;
}

/** Returns the global ID of an item: base64 of its type and its local ID. */
function writeGlobalId(entity: EntityName, item: object): string {
  const [first = '', second] = keyOf(entity, item);
  const id = second === undefined ? first : writePair(second, first);
  return Buffer.from(`${NAMES[entity]}:${id}`).toString('base64');
}

/**
 * Lets the field `id` of every entity return its global ID at once, in place: a promise for each, as Pothos' Relay plugin returns, takes
 * longer than the rest of an item.
 */
export function withGlobalIds(schema: GraphQLSchema): GraphQLSchema {
  for (const [entity, name] of entriesOf<EntityName, string>(NAMES)) {
    const type = schema.getType(name);
    const field = isObjectType(type) ? type.getFields().id : undefined;
    if (field) field.resolve = (item: object) => writeGlobalId(entity, item);
  }
  return schema;
}

/** Returns the local ID of a row or time slot: its own UUID and the ID of its interview. */
export const writePair = (uuid: string, interviewId: string): string => `${uuid}:${interviewId}`;

/** Splits an ID that `writePair` made. */
export const pairOf = (id: string): [uuid: string, interviewId: string] => [id.slice(0, 36), id.slice(37)];

const isPair = (id: string): boolean => {
  const [uuid, interviewId] = pairOf(id);
  return (
    isValidColumnText(uuid, 'uuid') && id[36] === ':' && interviewId !== '' && isValidColumnText(interviewId, 'text')
  );
};
