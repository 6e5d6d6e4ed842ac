import { both, type Condition } from '../domain/condition.ts';
import type { CursorValue } from '../domain/cursor-values.ts';
import { Failure, shown } from '../domain/errors.ts';
import { FIELD_KEYS, FIELDS } from '../domain/fields.ts';
import { OPTIONAL_COLUMNS, OPTIONAL_KEYS } from '../domain/optional-columns.ts';
import { checkNames, type QueryParameters } from '../domain/parameters.ts';
import type { Period } from '../domain/period.ts';
import { patternTokens } from '../domain/values/date-pattern-tokens.ts';
import { restrict, seesPersonal, type Viewer } from '../domain/viewer.ts';
import { readForm } from './document-form.ts';
import { filterWords } from './filter-words.ts';
import { FILTERS, filtersOf, PERIOD_PARAMETERS } from './filters.ts';
import { EVIDENCE_PARAMETERS, type Evidence, KEY_PARAMETER, readEvidence } from './metrics/evidence.ts';
import type { FilterWords, Format, OutputColumn, OutputOptions } from './output-options.ts';
import { readPageCursor } from './page-cursor.ts';

/** The parameters of an export, from the route or the command line. */
export interface ExtractRequest {
  readonly format: Format;
  readonly output: OutputOptions;
  readonly where: Condition;
  /** The days that `period` meant, which `where` includes; null without it. */
  readonly period: Period | null;
  /** Only rows behind a metric; null: all. */
  readonly evidence: Evidence | null;
  /** The filters in words. */
  readonly filters: readonly FilterWords[];
  /** Whether the viewer may see some of the rows only. */
  readonly isRestricted: boolean;
  /** Maximum number of rows; null: all. */
  readonly limit: number | null;
  /** Only rows after this keyset. */
  readonly after: readonly CursorValue[] | null;
}

/** The maximum of `limit`. */
export const MAX_LIMIT = 1_000_000;

/** Parameters of the form and the page. They may occur only once. */
const SINGLE_PARAMETERS = [
  'format',
  'fields',
  'include',
  'header',
  'dateFormat',
  'excel',
  'delimiter',
  'decimal',
  'nulls',
  'limit',
  'after',
] as const;

/** A parameter of the form or the page. */
export type ShapeParameter = (typeof SINGLE_PARAMETERS)[number];

/** All parameters. */
export const EXTRACT_PARAMETERS: readonly string[] = [
  ...SINGLE_PARAMETERS,
  ...PERIOD_PARAMETERS,
  ...EVIDENCE_PARAMETERS,
  KEY_PARAMETER,
  ...FILTERS,
];

const badParameter = (message: string): Failure => new Failure('BAD_USER_INPUT', message);

/**
 * Reads the parameters of an export (docs/contract.md, "Request") of the rows that a viewer sees. `fallback` returns the format if the
 * parameters name none; `now` is the moment from which a period is counted, in milliseconds since 1970.
 * Errors: BAD_USER_INPUT, naming the parameter, its value and what is accepted; any error of `fallback`.
 */
export function readRequest(
  parameters: QueryParameters,
  fallback: () => Format,
  viewer: Viewer,
  now = Date.now(),
): ExtractRequest {
  const personal = seesPersonal(viewer);
  checkNames(
    parameters,
    [...SINGLE_PARAMETERS, ...PERIOD_PARAMETERS, ...EVIDENCE_PARAMETERS],
    [KEY_PARAMETER, ...FILTERS],
  );
  const single = (name: ShapeParameter): string | undefined => parameters.get(name)?.[0];
  const { format, ...form } = readForm(parameters, fallback);
  const dateFormat = single('dateFormat');
  const limit = limitOf(single('limit'));
  const after = single('after');
  if (after !== undefined && limit === null) throw badParameter('after requires limit, the number of rows of a page.');
  // The calendar of a metric is not that of a period counted from now.
  const isEvidence = parameters.has('metric');
  const { where, period } = filtersOf(isEvidence ? withoutPeriod(parameters) : parameters, now);
  const evidence = readEvidence(parameters, where, viewer);
  return {
    format,
    output: {
      fields: [...fieldsOf(single('fields')), ...optionalColumnsOf(single('include'))],
      ...form,
      dates: dateFormat === undefined ? null : patternTokens(dateFormat),
      personal,
    },
    where: both(restrict(viewer), where),
    period,
    evidence,
    filters: [...(evidence?.words ?? []), ...filterWords(parameters, period)],
    isRestricted: viewer.restriction !== null,
    limit,
    after: after === undefined ? null : readPageCursor(after, personal),
  };
}

const withoutPeriod = (parameters: QueryParameters): QueryParameters =>
  new Map([...parameters].filter(([name]) => FILTERS.includes(name)));

const FIELD_KEY_TEXTS: readonly string[] = FIELD_KEYS;
const OPTIONAL_KEY_TEXTS: readonly string[] = OPTIONAL_KEYS;

function fieldsOf(text: string | undefined): readonly OutputColumn[] {
  if (text === undefined) return FIELDS;
  return listed('fields', text, FIELDS, (key) =>
    OPTIONAL_KEY_TEXTS.includes(key)
      ? `fields: ${key} is not one of the 30 fields but an optional column; include=${key} adds it.`
      : `fields: ${shown(key)} is not a field; the fields are ${FIELD_KEYS.join(', ')}.`,
  );
}

function optionalColumnsOf(text: string | undefined): readonly OutputColumn[] {
  if (text === undefined) return [];
  return listed('include', text, OPTIONAL_COLUMNS, (key) =>
    FIELD_KEY_TEXTS.includes(key)
      ? `include: ${key} is one of the 30 fields, which fields chooses; the optional columns are ${OPTIONAL_KEYS.join(', ')}.`
      : `include: ${shown(key)} is not an optional column; the optional columns are ${OPTIONAL_KEYS.join(', ')}.`,
  );
}

/** Returns the columns that a parameter lists, separated by commas. `unknown` returns the message about a key that none of them has. */
function listed(
  name: ShapeParameter,
  text: string,
  columns: readonly OutputColumn[],
  unknown: (key: string) => string,
): readonly OutputColumn[] {
  const keys = text.split(',').map((key) => key.trim());
  const found = keys.map((key) => {
    const column = columns.find((candidate) => candidate.key === key);
    if (!column) throw badParameter(unknown(key));
    return column;
  });
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw badParameter(`${name}: ${twice} occurs twice.`);
  return found;
}

function limitOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const limit = Number(text);
  if (!/^\d{1,7}$/.test(text) || limit < 1 || limit > MAX_LIMIT)
    throw badParameter(`limit: ${shown(text)} is not accepted; it is a whole number from 1 to ${MAX_LIMIT}.`);
  return limit;
}
