import { Failure, shown } from '../domain/errors.ts';
import { type OrderColumn, orderOf } from './order.ts';

/** The place of a row in the export's order: its values of `orderOf` as text, null where it states nothing. */
export type PagePlace = readonly (string | null)[];

/** A place as the parameter `after` has it; opaque to clients. */
export const writePlace = (place: PagePlace): string => Buffer.from(JSON.stringify(place)).toString('base64url');

const TIMESTAMP = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads what `writePlace` wrote for the same kind of viewer. Errors: BAD_USER_INPUT for anything else. */
export function readPlace(text: string, personal: boolean): PagePlace {
  const order = orderOf(personal);
  let place: unknown;
  try {
    place = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    place = null;
  }
  if (!Array.isArray(place) || place.length !== order.length || !place.every((value, at) => fits(value, order[at])))
    throw new Failure(
      'BAD_USER_INPUT',
      `after: ${shown(text)} is no place in the extract; take it from the Link header of the page before.`,
    );
  return place;
}

function fits(value: unknown, { type, nullable }: OrderColumn = { column: '', type: '', nullable: false }): boolean {
  if (value === null) return nullable;
  if (typeof value !== 'string' || /[\0\p{Surrogate}]/u.test(value)) return false;
  if (type === 'uuid') return UUID.test(value);
  return type === 'text' || (TIMESTAMP.test(value) && !Number.isNaN(Date.parse(`${value.replace(' ', 'T')}Z`)));
}
