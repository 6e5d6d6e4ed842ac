import type { Condition } from '../domain/condition.ts';
import type { CursorValue } from '../domain/cursor-values.ts';
import { Failure, shown } from '../domain/errors.ts';
import { FIELDS, type Field } from '../domain/fields.ts';
import { checkNames, type Parameters } from '../domain/parameters.ts';
import { patternTokens } from '../domain/values/date-pattern-tokens.ts';
import { FILTERS, filtersOf } from './filters.ts';
import type { Format, Nulls, Shape } from './format.ts';
import { formatNamed } from './formats.ts';
import { readPlace } from './page.ts';

/** What an export is asked for, whoever asks: the route or the command line. */
export interface ExtractRequest {
  readonly format: Format;
  readonly shape: Shape;
  readonly where: Condition;
  /** The greatest number of rows; null: all. */
  readonly limit: number | null;
  /** Only rows after this place. */
  readonly after: readonly CursorValue[] | null;
}

/** The greatest `limit`. */
export const MOST_ROWS = 1_000_000;

/** The parameters that may be given once. */
const ONCE = ['format', 'fields', 'header', 'dateFormat', 'excel', 'nulls', 'limit', 'after'] as const;

/** A parameter that may be given once. */
export type ShapeParameter = (typeof ONCE)[number];

/** Every parameter there is. */
export const PARAMETERS: readonly string[] = [...ONCE, ...FILTERS];

const bad = (message: string): Failure => new Failure('BAD_USER_INPUT', message);

/**
 * Reads the parameters of an export (docs/contract.md, "Request"); `fallback` gives the format where none is named, and `personal` says
 * whether who asks may see personal fields.
 * Errors: BAD_USER_INPUT, naming the parameter, its value and what is accepted; whatever `fallback` throws.
 */
export function readRequest(parameters: Parameters, fallback: () => Format, personal: boolean): ExtractRequest {
  checkNames(parameters, ONCE, FILTERS);
  const one = (name: ShapeParameter): string | undefined => parameters.get(name)?.[0];
  const named = one('format');
  const format = named === undefined ? fallback() : formatNamed(named);
  /** What one of the words of a parameter means that goes with some formats only. */
  const word = <T>(
    name: ShapeParameter,
    goesWith: string | null,
    words: Readonly<Record<string, T>>,
    otherwise: T,
  ): T => {
    const text = one(name);
    if (text === undefined) return otherwise;
    if (goesWith !== null) throw bad(`${name} goes with ${goesWith}, not with ${format.name}.`);
    if (!Object.hasOwn(words, text))
      throw bad(`${name}: ${shown(text)} is not accepted; accepted are ${Object.keys(words).join(', ')}.`);
    return words[text] as T;
  };
  const notCsv = format.name === 'csv' ? null : 'CSV';
  const dateFormat = one('dateFormat');
  const limit = limitOf(one('limit'));
  const after = one('after');
  if (after !== undefined && limit === null)
    throw bad('after goes with limit; give the number of rows of a page as well.');
  return {
    format,
    shape: {
      fields: fieldsOf(one('fields')),
      labels: word('header', notCsv, { keys: false, labels: true }, false),
      dates: dateFormat === undefined ? null : patternTokens(dateFormat),
      excel: word('excel', notCsv, { true: true, false: false }, false),
      nulls: word<Nulls>(
        'nulls',
        format.nulls === null ? 'JSON and NDJSON' : null,
        { include: 'include', omit: 'omit' },
        format.nulls ?? 'include',
      ),
      personal,
    },
    where: filtersOf(parameters),
    limit,
    after: after === undefined ? null : readPlace(after, personal),
  };
}

function fieldsOf(text: string | undefined): readonly Field[] {
  if (text === undefined) return FIELDS;
  const keys = text.split(',').map((key) => key.trim());
  const fields = keys.map((key) => {
    const field = FIELDS.find((candidate) => candidate.key === key);
    if (!field)
      throw bad(`fields: ${shown(key)} is not a field; there are ${FIELDS.map((each) => each.key).join(', ')}.`);
    return field;
  });
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  if (twice !== undefined) throw bad(`fields: ${twice} is named twice.`);
  return fields;
}

function limitOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const limit = Number(text);
  if (!/^\d{1,7}$/.test(text) || limit < 1 || limit > MOST_ROWS)
    throw bad(`limit: ${shown(text)} is not accepted; it is a whole number from 1 to ${MOST_ROWS}.`);
  return limit;
}
