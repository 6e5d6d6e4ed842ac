import { type FieldKey, fieldOf } from '../../domain/fields.ts';
import { OPTIONAL_KEYS } from '../../domain/optional-columns.ts';
import { PERIOD_NAMES } from '../../domain/period.ts';
import { DELIMITERS } from '../../extract/document-form.ts';
import { FIELD_FILTERS, type PeriodParameter, type TimeFilter } from '../../extract/filters.ts';
import { FORMATS } from '../../extract/formats.ts';
import type { EvidenceParameter } from '../../extract/metrics/evidence.ts';
import { DATE_WORDS, WEEKDAY_WORDS } from '../../extract/metrics/words.ts';
import { MAX_LIMIT, type ShapeParameter } from '../../extract/request.ts';
import { type ImportParameter, NAMES_PARAMETERS } from '../import/request.ts';
import { valueSchema } from './row.ts';
import type { Schema } from './schema.ts';

/** A parameter of the query string, as OpenAPI describes it. */
interface QueryParameter {
  readonly name: string;
  readonly in: 'query';
  readonly description: string;
  readonly schema: Schema;
  readonly style?: string;
  readonly explode?: boolean;
}

export type ParameterDetails = Omit<QueryParameter, 'name' | 'in'>;

export const named = (parameters: Readonly<Record<string, ParameterDetails>>): QueryParameter[] =>
  Object.entries(parameters).map(([name, details]) => ({ name, in: 'query', ...details }));

/** Returns the schema of a parameter that may be repeated. */
const repeatable = (items: Schema): Pick<ParameterDetails, 'schema' | 'style' | 'explode'> => ({
  schema: { type: 'array', items },
  style: 'form',
  explode: true,
});

/** Parameters that decide the form of the rows, and the page. */
export const OUTPUT_PARAMETERS: Record<ShapeParameter, ParameterDetails> = {
  format: {
    description: 'The format; takes precedence over Accept, for links in web pages.',
    schema: { type: 'string', enum: FORMATS.map(({ name }) => name) },
  },
  fields: {
    description: 'Only these fields, in this order, separated by commas; in JSON the rows are then PartialRow.',
    schema: { type: 'string', examples: ['interviewId,startTime,room'] },
  },
  include: {
    description: `Optional columns after the fields, in this order, separated by commas: ${OPTIONAL_KEYS.join(', ')}.`,
    schema: { type: 'string', examples: ['jobTitle,startsAt'] },
  },
  header: {
    description: 'CSV and XLSX: the spelling of the header. The default is keys in CSV and labels in XLSX.',
    schema: { type: 'string', enum: ['keys', 'labels'] },
  },
  dateFormat: {
    description:
      'The format of all dates as a Java pattern, with the letters y M d H h m s S a E and quoted text. Without it, dates in XLSX are dates of the spreadsheet.',
    schema: { type: 'string', default: "yyyy-MM-dd'T'HH:mm:ss" },
  },
  excel: {
    description:
      'CSV for spreadsheets: a byte order mark, dates as yyyy-MM-dd HH:mm:ss, and a quote before text that begins like a formula, with or without quotes before it.',
    schema: { type: 'boolean', default: false },
  },
  delimiter: {
    description: 'CSV: the character between two cells, by its name or as itself.',
    schema: { type: 'string', enum: Object.keys(DELIMITERS), default: 'comma' },
  },
  decimal: {
    description: 'CSV: the decimal sign of numbers. comma requires another delimiter than the comma.',
    schema: { type: 'string', enum: ['point', 'comma'], default: 'point' },
  },
  nulls: {
    description:
      'JSON and NDJSON: whether rows have all keys, with null for missing values (FullRow), or leave out keys whose value is null (Row). The default is omit in JSON and include in NDJSON.',
    schema: { type: 'string', enum: ['include', 'omit'] },
  },
  limit: {
    description: 'Maximum number of rows; if more follow, the header Link has the URL of the next page.',
    schema: { type: 'integer', minimum: 1, maximum: MAX_LIMIT },
  },
  after: {
    description: 'The cursor after which a page begins, from the header Link; used together with limit.',
    schema: { type: 'string' },
  },
};

const time = (description: string): ParameterDetails => ({ description, ...repeatable({ type: 'string' }) });

const PERIOD: Record<PeriodParameter, ParameterDetails> = {
  period: {
    description:
      'Rows whose time slot starts in this period, counted from now; weeks begin on Monday. Without timeZone the days are those of each row’s wall clock, and today is that of UTC. Not together with startsFrom or startsBefore.',
    schema: { type: 'string', enum: PERIOD_NAMES },
  },
  timeZone: {
    description:
      'The IANA time zone whose days the period has, from midnight to midnight there, and whose day is today. Requires period, or metric, whose calendar it then is.',
    schema: { type: 'string', examples: ['Europe/Berlin'] },
  },
};

const TIMES: Record<TimeFilter, ParameterDetails> = {
  updatedSince: time('Rows whose interview was updated at this time or later; a date without an offset is UTC.'),
  startsFrom: time(
    'Rows whose time slot starts at this time or later. With Z or an offset it is compared with the instant, without one with the wall clock.',
  ),
  startsBefore: time('Rows whose time slot starts before this time, compared in the same way.'),
};

function filter(key: FieldKey): ParameterDetails {
  const field = fieldOf(key);
  return {
    description: `Rows with this value in “${field.label}”; if repeated, with any of the values.`,
    ...repeatable(valueSchema(field)),
  };
}

const EVIDENCE: Record<EvidenceParameter, ParameterDetails> = {
  metric: {
    description:
      'Only the rows behind a metric, of the group with these keys, days and clock, as a column such as heldSlotsEvidence of the metrics has it. Requires at; not together with period.',
    schema: { type: 'string', examples: ['heldSlots'] },
  },
  key: {
    description:
      'With metric: a dimension of the group and its value; a dimension without a colon: the group of rows that do not state it.',
    ...repeatable({ type: 'string', examples: ['week:2026-11-23'] }),
  },
  from: { description: 'With metric: from this day on.', schema: { type: 'string', format: 'date' } },
  to: { description: 'With metric: before this day.', schema: { type: 'string', format: 'date' } },
  on: {
    description: 'With metric: the date that counts.',
    schema: { type: 'string', enum: Object.keys(DATE_WORDS), default: 'start' },
  },
  at: {
    description: 'With metric: the clock, a day or a date and time with Z or an offset.',
    schema: { type: 'string', examples: ['2026-11-24T06:00:00Z'] },
  },
  weekStart: {
    description: 'With metric: the first day of a week.',
    schema: { type: 'string', enum: Object.keys(WEEKDAY_WORDS), default: 'monday' },
  },
};

/** Filters that are not counted from now. */
export const ROW_FILTERS: Readonly<Record<string, ParameterDetails>> = {
  ...TIMES,
  ...Object.fromEntries(FIELD_FILTERS.map((key) => [key, filter(key)])),
};

/** Parameters that decide which rows are returned, combined with AND. */
export const FILTER_PARAMETER_OBJECTS = named({ ...PERIOD, ...ROW_FILTERS });

/** Parameters of an export. */
export const EXTRACT_PARAMETER_OBJECTS = [...named(OUTPUT_PARAMETERS), ...FILTER_PARAMETER_OBJECTS, ...named(EVIDENCE)];

export const onOff = (description: string): ParameterDetails => ({
  description,
  schema: { type: 'boolean', default: false },
});

const IMPORT_DETAILS = {
  skipInvalid: onOff('Save the valid interviews, and return the rows of the refused ones as CSV.'),
  replaceAll: onOff('Remove the interviews that the extract does not contain.'),
  allowRemovals: onOff(
    'Remove all rows that the extract no longer lists, even if the import would otherwise be refused.',
  ),
  allowMissingColumns: onOff(
    'Treat missing columns, and JSON keys that no row has, as null, even if stored values are lost.',
  ),
  dryRun: onOff('Save nothing, and report what would be done.'),
  keepIds: onOff('Take ids in the form that spreadsheets give to numbers (5.81E+23).'),
  excel: onOff('The body is the CSV for Excel, saved without its byte order mark: remove its apostrophes.'),
  dateFormat: { description: 'The format of the dates as a Java pattern.', schema: { type: 'string' } },
  asOf: {
    description:
      'The time that the rows are of, with Z or an offset, such as 2026-11-28T06:00:00Z. Without it, the beginning of the import. An older time than the stored one leaves that as it is.',
    schema: { type: 'string', format: 'date-time' },
  },
  decimal: {
    description: 'The decimal sign of the numbers, where the file leaves it open.',
    schema: { type: 'string', enum: ['point', 'comma'] },
  },
  null: { description: 'Texts that mean a missing value in any column.', ...repeatable({ type: 'string' }) },
} satisfies Record<ImportParameter, ParameterDetails>;

/** Parameters of an import. */
export const IMPORT_PARAMETER_OBJECTS = named(IMPORT_DETAILS);

/** Parameters of an import of names. */
export const NAMES_PARAMETER_OBJECTS = IMPORT_PARAMETER_OBJECTS.filter(({ name }) =>
  NAMES_PARAMETERS.some((taken) => taken === name),
);
