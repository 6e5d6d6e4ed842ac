import { isDayText } from '../../../domain/calendar/days.ts';
import { shown } from '../../../domain/errors.ts';
import { unreachable } from '../../../domain/types/unreachable.ts';
import { UNSTORABLE_TEXT } from '../../../domain/values/cells.ts';
import { readIsoDate, resolveInstant, utcClock } from '../../../domain/values/date.ts';
import { readDecimal, readInteger } from '../../../domain/values/decimal.ts';
import { InvalidValue } from '../../../domain/values/invalid-value.ts';
import type { Property } from '../entity-sets.ts';
import { badFilter, type Literal } from './tokens.ts';

/**
 * What a property is compared with: a value that can be stored, and where the literal is: at it, or right before or after it, where no
 * other value is.
 */
export interface Bound {
  readonly value: string;
  readonly side: 'at' | 'before' | 'after';
}

const exact = (value: string): Bound => ({ value, side: 'at' });

/** What the literals of each kind of property look like. */
const FORMS: Record<Property['kind'], string> = {
  identifier: "a text in single quotes, such as 'a'",
  text: "a text in single quotes, such as 'a'",
  zone: "a text in single quotes, such as 'Europe/Berlin'",
  enumeration: 'a text in single quotes',
  local: "a local time as a text, such as '2026-11-24T09:00:00' or '2026-11-24'",
  day: 'a day, such as 2026-11-24',
  uuid: 'an ID without quotes, such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  boolean: 'true or false',
  integer: 'a whole number, such as 2',
  number: 'a number, such as 0.5',
  utc: 'a time with Z or an offset, such as 2026-11-24T06:00:00Z',
  instant: 'a time with Z or an offset, such as 2026-11-24T06:00:00Z',
};

/** Reads a literal, not null, as a value of a property. Errors: BAD_USER_INPUT, with what would be right. */
export function readValue(property: Property, literal: Literal): Bound {
  const { key, kind, values = [] } = property;
  const { type, text } = literal;
  const wrong = (): never => {
    throw badFilter(`${key} can’t be compared with ${shown(text)}; it takes ${FORMS[kind]}.`);
  };
  switch (kind) {
    case 'identifier':
    case 'text':
    case 'zone':
      return type === 'string' ? exact(storable(key, text)) : wrong();
    case 'enumeration':
      if (type !== 'string') return wrong();
      if (!values.includes(text))
        throw badFilter(`${key} is never ${shown(text)}; its values are ${values.join(', ')}.`);
      return exact(text);
    case 'local':
      return type === 'string' ? localTime(text, wrong) : wrong();
    case 'uuid':
      return type === 'guid' ? exact(text.toLowerCase()) : wrong();
    case 'boolean':
      return type === 'boolean' ? exact(text) : wrong();
    case 'integer':
      return type === 'number' ? number(key, readInteger(text)) : wrong();
    case 'number':
      return type === 'number' ? number(key, readDecimal(text)) : wrong();
    case 'day':
      return type === 'date' && isDayText(text) ? exact(text) : wrong();
    case 'utc':
    case 'instant':
      return type === 'time' ? instant(text, kind === 'instant', wrong) : wrong();
    default:
      return unreachable(kind);
  }
}

/** Refuses texts that no value can have. Errors: BAD_USER_INPUT. */
export function storable(key: string, text: string): string {
  if (UNSTORABLE_TEXT.test(text)) throw badFilter(`${key} can’t be compared with a text with a NUL character.`);
  return text;
}

function number(key: string, value: string | InvalidValue): Bound {
  if (value instanceof InvalidValue) throw badFilter(`${key}: ${value.reason}.`);
  return exact(value);
}

/** Reads a local time. As a text it is compared as texts are: a day alone comes before all its times. */
function localTime(text: string, wrong: () => never): Bound {
  const date = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?$/.test(text) ? readIsoDate(text) : null;
  if (date === null || date instanceof InvalidValue) return wrong();
  return text === date.clock ? exact(text) : { value: date.clock, side: 'before' };
}

/** Reads a point in time, in UTC. Stored times have whole seconds. */
function instant(text: string, isInstant: boolean, wrong: () => never): Bound {
  const date = readIsoDate(text);
  const clock =
    date instanceof InvalidValue || date.offset === null ? null : utcClock(resolveInstant(date.clock, date.offset));
  if (clock === null) return wrong();
  return { value: isInstant ? `${clock}Z` : clock, side: /\.\d*[1-9]/.test(text) ? 'after' : 'at' };
}
