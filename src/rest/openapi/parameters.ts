import { type FieldKey, fieldOf } from '../../domain/fields.ts';
import { FIELD_FILTERS, type TimeFilter } from '../../extract/filters.ts';
import { FORMATS } from '../../extract/formats.ts';
import { MAX_LIMIT, type ShapeParameter } from '../../extract/request.ts';
import type { ImportParameter } from '../import/request.ts';
import { valueSchema } from './row.ts';
import type { Schema } from './schema.ts';

/** A parameter in the query string, as OpenAPI describes it. */
interface QueryParameter {
  readonly name: string;
  readonly in: 'query';
  readonly description: string;
  readonly schema: Schema;
  readonly style?: string;
  readonly explode?: boolean;
}

type Described = Omit<QueryParameter, 'name' | 'in'>;

const named = (parameters: Readonly<Record<string, Described>>): QueryParameter[] =>
  Object.entries(parameters).map(([name, rest]) => ({ name, in: 'query', ...rest }));

/** A name that may be given several times. */
const several = (items: Schema): Pick<Described, 'schema' | 'style' | 'explode'> => ({
  schema: { type: 'array', items },
  style: 'form',
  explode: true,
});

/** What decides how the rows look, and which page of them comes. */
const OUTPUT_PARAMETERS: Record<ShapeParameter, Described> = {
  format: {
    description: 'The format; goes before Accept, for links in a page.',
    schema: { type: 'string', enum: FORMATS.map(({ name }) => name) },
  },
  fields: {
    description: 'Only these fields, in this order, separated by commas; in JSON the rows are then PartialRow.',
    schema: { type: 'string', examples: ['interviewId,startTime,room'] },
  },
  header: {
    description: 'CSV: the spelling of the header.',
    schema: { type: 'string', enum: ['keys', 'labels'], default: 'keys' },
  },
  dateFormat: {
    description: 'The form of all dates as a Java pattern, with the letters y M d H h m s S a E and quoted text.',
    schema: { type: 'string', default: "yyyy-MM-dd'T'HH:mm:ss" },
  },
  excel: {
    description:
      'CSV for spreadsheets: a byte order mark, dates as yyyy-MM-dd HH:mm:ss, and a quote before text that begins like a formula.',
    schema: { type: 'boolean', default: false },
  },
  nulls: {
    description:
      'JSON and NDJSON: whether rows have all keys, with null for nothing (FullRow), or leave those of nothing out (Row). Otherwise JSON leaves them out, and NDJSON has them.',
    schema: { type: 'string', enum: ['include', 'omit'] },
  },
  limit: {
    description: 'At most so many rows; where more follow, the header Link has the address of the next page.',
    schema: { type: 'integer', minimum: 1, maximum: MAX_LIMIT },
  },
  after: {
    description: 'The place where a page begins, from the header Link; goes together with limit.',
    schema: { type: 'string' },
  },
};

const time = (description: string): Described => ({ description, ...several({ type: 'string' }) });

const TIMES: Record<TimeFilter, Described> = {
  updatedSince: time('Rows whose interview was updated then or later; a date without an offset is UTC.'),
  startsFrom: time(
    'Rows whose time slot starts then or later. With Z or an offset it is compared with the instant, without with the wall clock.',
  ),
  startsBefore: time('Rows whose time slot starts before, in the same way.'),
};

function filter(key: FieldKey): Described {
  const field = fieldOf(key);
  return {
    description: `Rows that state this value as “${field.label}”; given several times, any of them.`,
    ...several(valueSchema(field)),
  };
}

/** What decides which rows come. All together hold. */
export const FILTER_PARAMETER_OBJECTS = named({
  ...TIMES,
  ...Object.fromEntries(FIELD_FILTERS.map((key) => [key, filter(key)])),
});

/** Of an export. */
export const EXTRACT_PARAMETER_OBJECTS = [...named(OUTPUT_PARAMETERS), ...FILTER_PARAMETER_OBJECTS];

const onOff = (description: string): Described => ({ description, schema: { type: 'boolean', default: false } });

/** Of an import. */
export const IMPORT_PARAMETER_OBJECTS = named({
  skipInvalid: onOff('Save what is right, and answer with the rows of the refused interviews as CSV.'),
  replaceAll: onOff('Remove the interviews that the extract does not contain.'),
  allowRemovals: onOff('Remove whatever the extract no longer lists, also where the import would be refused for it.'),
  allowMissingColumns: onOff(
    'Take missing columns as empty, and keys of JSON that no row has, also where stored values go.',
  ),
  dryRun: onOff('Save nothing, and say what would be done.'),
  dateFormat: { description: 'The form of the dates as a Java pattern.', schema: { type: 'string' } },
} satisfies Record<ImportParameter, Described>);
