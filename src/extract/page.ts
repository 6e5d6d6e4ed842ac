import { Failure, shown } from '../domain/errors.ts';
import { readOpaque, writeOpaque } from '../domain/opaque.ts';
import { isStored } from '../domain/values/stored.ts';
import { type OrderColumn, orderOf } from './order.ts';

/** The place of a row in the export's order: its values of `orderOf` as text, null where it states nothing. */
export type PagePlace = readonly (string | null)[];

/** A place as the parameter `after` has it; opaque to clients. */
export const writePlace = (place: PagePlace): string => writeOpaque(place);

/** Reads what `writePlace` wrote for the same kind of viewer. Errors: BAD_USER_INPUT for anything else. */
export function readPlace(text: string, personal: boolean): PagePlace {
  const order = orderOf(personal);
  const place = readOpaque(text);
  if (!Array.isArray(place) || place.length !== order.length || !place.every((value, at) => fits(value, order[at])))
    throw new Failure(
      'BAD_USER_INPUT',
      `after: ${shown(text)} is no place in the extract; take it from the Link header of the page before.`,
    );
  return place;
}

function fits(value: unknown, { type, nullable }: OrderColumn = { column: '', type: '', nullable: false }): boolean {
  return value === null ? nullable : typeof value === 'string' && isStored(value, type);
}
