/** The routes of metrics. */
import { METRICS_DEFINITIONS_PATH, METRICS_PATH } from '../../domain/paths.ts';
import { PERIOD_NAMES } from '../../domain/period.ts';
import { SCOPES } from '../../domain/viewer.ts';
import { FORM_PARAMETERS, type FormParameter } from '../../extract/document-form.ts';
import { FORMATS } from '../../extract/formats.ts';
import type { MetricsParameter } from '../../extract/metrics/parameters.ts';
import { MAX_GROUPS } from '../../extract/metrics/request.ts';
import {
  COMPARISON_WORDS,
  DATE_WORDS,
  DIMENSION_WORDS,
  METRIC_WORDS,
  UNIT_WORDS,
  WEEKDAY_WORDS,
} from '../../extract/metrics/words.ts';
import { named, OUTPUT_PARAMETERS, onOff, type ParameterDetails, ROW_FILTERS } from './parameters.ts';
import { apiResponse, failures, jsonContent } from './responses.ts';
import { CURL, sample } from './samples.ts';
import { arraySchema, countSchema, flagSchema, objectSchema, refSchema, type Schema, textSchema } from './schema.ts';
import { SECURITY_WITH_BASIC } from './security.ts';

const day = (description: string): ParameterDetails => ({ description, schema: { type: 'string', format: 'date' } });

const oneOf = (words: Readonly<Record<string, unknown>>): Schema => ({ type: 'string', enum: Object.keys(words) });

const PARAMETERS: Record<MetricsParameter, ParameterDetails> = {
  metrics: {
    description: `What is measured, separated by commas: ${Object.keys(METRIC_WORDS).join(', ')}. ${METRICS_DEFINITIONS_PATH} says what each is. Required.`,
    schema: { type: 'string', examples: ['heldSlots,feedbackRate'] },
  },
  groupBy: {
    description: `By what groups are made, at most three, separated by commas: ${Object.keys(DIMENSION_WORDS).join(', ')}. Without it there is one row, the total.`,
    schema: { type: 'string', examples: ['week,interviewer'] },
  },
  period: {
    description: 'Appointments of this period, counted from the clock. Not together with last, from or to.',
    schema: { type: 'string', enum: PERIOD_NAMES },
  },
  last: {
    description: `Appointments of so many whole ${Object.keys(UNIT_WORDS).join('s, ')}s before the clock, 1 to 400, or 0 with andCurrent.`,
    schema: { type: 'string', examples: ['12-weeks'] },
  },
  andCurrent: onOff('With last: whether the one that is not over is added.'),
  from: day('Appointments from this day on.'),
  to: day('Appointments before this day.'),
  timeZone: {
    description:
      'The IANA time zone whose calendar it is. Without it, that of each interview for the start, and UTC for the other dates.',
    schema: { type: 'string', examples: ['Europe/Berlin'] },
  },
  weekStart: { description: 'The first day of a week.', schema: { ...oneOf(WEEKDAY_WORDS), default: 'monday' } },
  on: {
    description:
      'The date that counts: the start of the time slot, the creation or last change of the interview, or the review.',
    schema: { ...oneOf(DATE_WORDS), default: 'start' },
  },
  at: {
    description:
      'The clock: what has ended, and which feedback has been given, at this time. A day, which means its beginning, or a date and time with Z or an offset. Without it, the time that the rows are known at.',
    schema: { type: 'string', examples: ['2026-11-24T06:00:00Z'] },
  },
  compareTo: {
    description:
      'The same of another time beside it: the time of the same length directly before, or a year before. Needs a period with a beginning and an end.',
    schema: oneOf(COMPARISON_WORDS),
  },
  having: {
    description:
      'Only groups for which all of these hold, at most ten, separated by commas: a metric, one of >, >=, <, <=, and a number. What has no value fulfills none. The total has all rows.',
    schema: { type: 'string', examples: ['heldSlots>=10,feedbackRate<0.5'] },
  },
  orderBy: {
    description:
      'Metrics and dimensions of groupBy, at most three, separated by commas; with - before it, descending. What has no value comes last. Without it, the order is that of the groups.',
    schema: { type: 'string', examples: ['-heldSlots,week'] },
  },
  first: {
    description: 'Maximum number of groups.',
    schema: { type: 'integer', minimum: 1, maximum: MAX_GROUPS },
  },
  fill: {
    description:
      'Whether days, weeks and so on without appointments have a row, too, if the period has a beginning and an end.',
    schema: { type: 'boolean', default: true },
  },
  counts: onOff('Whether rates have their numerators and denominators beside them.'),
  total: onOff('Whether a row with the total follows the groups.'),
  include: {
    description:
      'Whether people and jobs have their names beside their IDs: interviewerName, creatorName, candidateName, jobTitle. Names of people need the scope personal.',
    schema: { type: 'string', enum: ['names'] },
  },
  evidence: onOff(
    'Whether each metric has a column beside it, such as heldSlotsEvidence, with the address of the rows behind it.',
  ),
};

const FORM = Object.fromEntries(FORM_PARAMETERS.map((name: FormParameter) => [name, OUTPUT_PARAMETERS[name]]));

/** Parameters of metrics. */
const METRICS_PARAMETER_OBJECTS = named({
  ...PARAMETERS,
  ...FORM,
  nulls: {
    description: 'JSON and NDJSON: whether null values have their key in a row.',
    schema: { type: 'string', enum: ['include', 'omit'], default: 'include' },
  },
  ...ROW_FILTERS,
});

/** The body in each format. */
const BODIES: Readonly<Record<string, Schema>> = {
  json: { schema: refSchema('Metrics') },
  csv: { schema: textSchema('A header and a line for each group (RFC 4180).') },
  ndjson: { schema: textSchema('One JSON object per line and group.') },
  xlsx: { schema: { description: 'A workbook (ECMA-376): a sheet with the groups, and one that says what they are.' } },
};

const HEADERS = {
  ETag: { description: 'The entity tag, for If-None-Match.', schema: { type: 'string' } },
  'X-Metrics-At': { description: 'The clock that was used.', schema: { type: 'string', format: 'date-time' } },
  'X-Metrics-Period': {
    description: 'The period that was used, such as 2026-W48, or its first day and the day after its last.',
    schema: { type: 'string' },
  },
};

const ifNoneMatch: Schema = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The ETag of a cached response.',
  schema: { type: 'string' },
};

const parameters = [...METRICS_PARAMETER_OBJECTS, ifNoneMatch];

export const METRICS_PATHS: Schema = {
  [METRICS_PATH]: {
    get: {
      operationId: 'readMetrics',
      tags: ['Metrics'],
      security: SECURITY_WITH_BASIC,
      summary: 'Measures of the rows, in groups',
      description:
        'Streamed, from one snapshot. Needs the scope read, and personal for ratings, rooms and locations. CSV is the default.',
      ...sample(`${CURL} "$URL${METRICS_PATH}?metrics=heldSlots,feedbackRate&groupBy=week&last=12-weeks" -o weeks.csv`),
      parameters,
      responses: {
        200: apiResponse(
          'The groups.',
          Object.fromEntries(FORMATS.map(({ name, mediaType }) => [mediaType, BODIES[name]])),
          HEADERS,
        ),
        304: apiResponse('The cached response is still current.'),
        ...failures(['NOT_ACCEPTABLE', 'EXPORTS_BUSY', 'OPERATIONS_BUSY']),
      },
    },
    head: {
      operationId: 'headMetrics',
      tags: ['Metrics'],
      security: SECURITY_WITH_BASIC,
      summary: 'The headers of the same response',
      parameters,
      responses: { 200: apiResponse('The headers.'), ...failures(['NOT_ACCEPTABLE']) },
    },
  },
  [METRICS_DEFINITIONS_PATH]: {
    get: {
      operationId: 'readMetricDefinitions',
      tags: ['Metrics'],
      security: SECURITY_WITH_BASIC,
      summary: 'What there is to measure',
      description: 'Needs the scope read.',
      ...sample(`${CURL} "$URL${METRICS_DEFINITIONS_PATH}?format=csv" -o metrics.csv`),
      parameters: named({
        format: { description: 'The format.', schema: { type: 'string', enum: ['json', 'csv'], default: 'json' } },
      }),
      responses: {
        200: apiResponse('The metrics.', {
          ...jsonContent(objectSchema({ content: arraySchema(refSchema('MetricDefinition')) })),
          'text/csv': { schema: textSchema('A header and a line for each metric; dimensions separated by blanks.') },
        }),
        ...failures(),
      },
    },
  },
};

const nullable = (type: string, description: string, more: Schema = {}): Schema => ({
  type: [type, 'null'],
  description,
  ...more,
});

const PERIOD_PROPERTIES = {
  name: textSchema('Such as 2026-W48, or the first day and the day after the last.'),
  from: nullable('string', 'The first day; null if it has no beginning.', { format: 'date' }),
  to: nullable('string', 'The day after the last; null if it has no end.', { format: 'date' }),
  complete: flagSchema('Whether it is over at the clock.'),
};

const period = (description: string): Schema => ({
  anyOf: [objectSchema(PERIOD_PROPERTIES), { type: 'null' }],
  description,
});

export const METRICS_SCHEMAS: Schema = {
  Metrics: objectSchema({
    at: { type: 'string', format: 'date-time', description: 'The clock that was used.' },
    dataVersion: textSchema('The version of the data.'),
    on: { ...oneOf(DATE_WORDS), description: 'The date that counts.' },
    timeZone: nullable('string', 'The time zone, as requested.'),
    weekStart: { ...oneOf(WEEKDAY_WORDS), description: 'The first day of a week.' },
    period: period('The period that was used; null: all time.'),
    previousPeriod: period('The period that it is compared with; null: none.'),
    previousAt: nullable('string', 'The clock of that period, moved like the period.', { format: 'date-time' }),
    groupCount: countSchema('How many groups there are, whatever first is.'),
    content: arraySchema(
      { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean', 'null'] } },
      'The groups: the columns of CSV as keys.',
    ),
  }),
  MetricDefinition: objectSchema({
    name: textSchema('The name in GraphQL.'),
    column: textSchema('The name here: the column of CSV.'),
    title: textSchema('For people.'),
    description: textSchema('What it counts and what it leaves out.'),
    unit: textSchema('What it counts.'),
    additive: flagSchema('Whether groups add up to the total.'),
    dimensions: arraySchema(oneOf(DIMENSION_WORDS), 'The dimensions by which it makes sense.'),
    scope: { type: 'string', enum: SCOPES, description: 'The scope that a token needs.' },
    better: { enum: ['higher', 'lower', null], description: 'Which way is better.' },
  }),
};
