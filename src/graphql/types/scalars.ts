import { Kind } from 'graphql';
import { FIRST_DAY, isDayText, LAST_DAY } from '../../domain/calendar/days.ts';
import { Failure, shown } from '../../domain/errors.ts';
import { UUID_FORM } from '../../domain/values/cells.ts';
import { readIsoDate, resolveInstant, utcClock } from '../../domain/values/date.ts';
import { InvalidValue } from '../../domain/values/invalid-value.ts';
import { builder } from '../builder.ts';

/** Returns the parsers of a scalar: from a client's value to its stored form. Errors: BAD_USER_INPUT. */
function textScalar(
  name: 'DateTime' | 'LocalDate' | 'LocalDateTime' | 'UUID' | 'TimeZone',
  description: string,
  read: (text: string) => string,
  right: string,
) {
  const parse = (value: unknown): string => {
    const text = typeof value === 'string' ? read(value) : '';
    if (text === '') throw new Failure('BAD_USER_INPUT', `${shown(String(value))} is not a ${name}; ${right}.`);
    return text;
  };
  return {
    description,
    parseValue: parse,
    parseLiteral: (node: { kind: string; value?: unknown }) => parse(node.kind === Kind.STRING ? node.value : ''),
  };
}

/** Returns the wall clock of a date: a text of an item (src/db/query/pages/selection.ts) as it is, a `Date` in UTC. */
function clockOf(date: unknown): string {
  if (typeof date === 'string') return date;
  if (date instanceof Date) return date.toISOString().slice(0, 19);
  throw new Error('the database gave something else than a date');
}

const dateTime = (text: string): string => {
  const date = readIsoDate(text);
  if (date instanceof InvalidValue || date.offset === null) return '';
  const clock = utcClock(resolveInstant(date.clock, date.offset));
  return clock === null ? '' : `${clock}Z`;
};

const localDateTime = (text: string): string => {
  const date = readIsoDate(text);
  return date instanceof InvalidValue || date.offset !== null ? '' : date.clock;
};

const uuid = (text: string): string => (UUID_FORM.test(text.toLowerCase()) ? text.toLowerCase() : '');

builder.scalarType('DateTime', {
  ...textScalar(
    'DateTime',
    'An instant (RFC 3339). Output is in UTC with whole seconds: `2026-03-29T12:30:00Z`.',
    dateTime,
    'it must be a valid date and time with an offset or Z, such as 2026-03-29T14:30:00+02:00',
  ),
  serialize: (value) => `${clockOf(value)}Z`,
});
builder.scalarType('LocalDateTime', {
  ...textScalar(
    'LocalDateTime',
    'A local date and time in the time zone of its interview, without offset: `2026-03-29T14:30:00`.',
    localDateTime,
    'it must be a valid date and time without an offset, such as 2026-03-29T14:30:00',
  ),
  serialize: clockOf,
});
builder.scalarType('LocalDate', {
  ...textScalar(
    'LocalDate',
    'A day of a calendar, without time or zone: `2026-11-24`.',
    (text) => (isDayText(text) ? text : ''),
    `it must be a day from ${FIRST_DAY} to ${LAST_DAY}, such as 2026-11-24`,
  ),
  serialize: String,
});
builder.scalarType('UUID', {
  ...textScalar('UUID', 'A UUID in lower case (RFC 9562).', uuid, 'it looks like 3f2504e0-4f89-41d3-9a0c-0305e82c3301'),
  serialize: String,
});
builder.scalarType('TimeZone', {
  ...textScalar(
    'TimeZone',
    'IANA time zone name: `Europe/Berlin`.',
    (text) => text.trim(),
    'it must be an IANA name, such as Europe/Berlin',
  ),
  serialize: String,
});
