import { type EntityName, entityOf } from '../../domain/entities.ts';
import { entriesOf } from '../../domain/types/records.ts';
import { isValidColumnText } from '../../domain/values/valid-column-text.ts';
import { NAMES } from './names.ts';

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
