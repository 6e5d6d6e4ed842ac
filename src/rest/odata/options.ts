import { ALWAYS, type Condition } from '../../domain/condition.ts';
import { MAX_PAGE_ROWS } from '../../domain/configuration/export-limits.ts';
import type { CursorValue } from '../../domain/cursor-values.ts';
import { Failure, shown } from '../../domain/errors.ts';
import type { QueryParameters } from '../../domain/parameters.ts';
import type { Viewer } from '../../domain/viewer.ts';
import {
  type EntitySet,
  findProperty,
  insteadOf,
  type Property,
  type StoredProperty,
  type StoredSet,
} from './entity-sets.ts';
import { readFilter } from './filter/condition.ts';
import { type RowOrder, readOrder } from './order.ts';
import { readSkipToken } from './rows/skip-token.ts';

/** The system query options that are served. */
const OPTIONS = ['$select', '$filter', '$orderby', '$top', '$skip', '$count', '$skiptoken', '$format'] as const;

export type OptionName = (typeof OPTIONS)[number];

/** The maximum of `$skip`: rows that are left out are read all the same. */
const MAX_SKIP = 100_000;
/** UTF-16 code units; more than all names of an entity set. */
const MAX_SELECT_LENGTH = 2_000;

/** A page of the rows of a stored entity set. */
export interface RowsRequest {
  readonly set: StoredSet;
  /** The properties that are selected; null: all. */
  readonly selected: readonly StoredProperty[] | null;
  readonly where: Condition;
  readonly order: RowOrder;
  readonly after: readonly CursorValue[] | null;
  readonly skip: number;
  /** The maximum number of rows on this page, and on this and all that follow; null: unlimited. */
  readonly limit: number;
  readonly top: number | null;
  readonly isCounted: boolean;
}

const bad = (name: string, message: string): Failure =>
  new Failure('BAD_USER_INPUT', `${name}: ${message}`, { target: name });

/** Reads one of the options. */
export type ReadOption = (name: OptionName) => string | undefined;

/**
 * Returns what reads the options of a request, which may have these. Errors: BAD_USER_INPUT for others, with those that are accepted, and for
 * one that occurs twice.
 */
export function optionsOf(parameters: QueryParameters, accepted: readonly OptionName[]): ReadOption {
  for (const [name, values] of parameters) {
    const known = accepted.some((option) => option === name);
    const option = OPTIONS.find((one) => one === `$${name}`);
    if (option) throw bad(name, `it is written ${option}.`);
    if (!known && OPTIONS.some((one) => one === name))
      throw bad(name, `it makes no sense here; accepted are ${accepted.join(', ')}.`);
    if (!known) throw bad(shown(name), `it is not an option that is served; accepted are ${accepted.join(', ')}.`);
    if (values.length > 1) throw bad(name, `it occurs ${values.length} times; it may occur only once.`);
  }
  return (name) => parameters.get(name)?.[0];
}

/** Reads `$select`; null: all properties. Errors: BAD_USER_INPUT, with the properties that there are. */
export function readSelect<P extends Property>(set: EntitySet<P>, text: string | undefined): readonly P[] | null {
  if (text === undefined || text.trim() === '*') return null;
  if (text.length > MAX_SELECT_LENGTH)
    throw bad('$select', `it has ${text.length} characters; at most ${MAX_SELECT_LENGTH} are allowed.`);
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  return names.map((name) => {
    const property = findProperty(set, name);
    if (property) return property;
    const all = set.properties.map(({ key }) => key);
    throw bad('$select', `${shown(name)} is not a property of ${set.name}; ${insteadOf(name, all)}`);
  });
}

/** Reads `$filter`. Errors: as in `readFilter`. */
export const readWhere = (set: EntitySet, text: string | undefined, viewer: Viewer): Condition =>
  text === undefined ? ALWAYS : readFilter(set, text, viewer);

/** Which of the rows that meet the filter are asked for, and whether all are counted. */
interface RowRange {
  readonly top: number | null;
  readonly skip: number;
  readonly isCounted: boolean;
}

/** Reads `$top`, `$skip` and `$count`. Errors: BAD_USER_INPUT, with what is accepted. */
export const readRange = (option: ReadOption): RowRange => ({
  top: wholeNumber('$top', option('$top'), Number.MAX_SAFE_INTEGER),
  skip: wholeNumber('$skip', option('$skip'), MAX_SKIP) ?? 0,
  isCounted: flag('$count', option('$count')),
});

/**
 * Reads the options of a page of rows. `pageSize`: the maximum number of rows that the client prefers; null: none. Errors: BAD_USER_INPUT,
 * naming the option, its value and what is accepted; FORBIDDEN for a property that requires a scope.
 */
export function readRowsRequest(
  set: StoredSet,
  option: ReadOption,
  pageSize: number | null,
  viewer: Viewer,
): RowsRequest {
  const order = readOrder(set, option('$orderby') ?? null, viewer);
  const token = option('$skiptoken');
  const { top, skip, isCounted } = readRange(option);
  if (token !== undefined && skip > 0)
    throw bad('$skip', 'it makes no sense with $skiptoken, which says where a page begins.');
  return {
    set,
    selected: readSelect(set, option('$select')),
    where: readWhere(set, option('$filter'), viewer),
    order,
    after: token === undefined ? null : readSkipToken(order, token),
    skip,
    limit: Math.min(pageSize ?? MAX_PAGE_ROWS, MAX_PAGE_ROWS, top ?? MAX_PAGE_ROWS),
    top,
    isCounted,
  };
}

function wholeNumber(name: OptionName, text: string | undefined, max: number): number | null {
  if (text === undefined) return null;
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (number <= max) return number;
  const hint = name === '$skip' ? '; follow @odata.nextLink to read more rows' : '';
  throw bad(name, `${shown(text)} is not a whole number from 0 to ${max}${hint}.`);
}

function flag(name: OptionName, text: string | undefined): boolean {
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw bad(name, `${shown(text)} is not true or false.`);
}
