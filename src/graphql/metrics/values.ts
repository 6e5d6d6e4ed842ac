import type { FieldRef } from '@pothos/core';
import type { Measure } from '../../domain/metrics/measure.ts';
import { DEFAULT_WITHIN_HOURS, MAX_WITHIN_HOURS, MEASURES, type MeasureName } from '../../domain/metrics/measures.ts';
import { mapRecord } from '../../domain/types/records.ts';
import { unreachable } from '../../domain/types/unreachable.ts';
import { builder, type Costs, PERSONAL, type Types } from '../builder.ts';
import { MEASURE_COST, PASS_COST, PERCENTILE_COST } from '../costs.ts';
import { type ReadValue, VALUES_TYPE } from './selected-values.ts';

/**
 * The type MetricValues, whose fields are the measures (src/domain/metrics/measures.ts), and the types of its fields. What they read has been
 * selected by selected-values.ts, by the same paths and arguments.
 */

/** A measure of a group, or a part of it that has parts itself. */
interface Part {
  readonly read: ReadValue;
  readonly measure: MeasureName;
  /** The path to it, with a dot at its end if it isn’t empty. */
  readonly path: string;
  readonly argument?: number;
}

const number = ({ read, measure, path, argument }: Part, part: string, own: number | undefined = argument) => {
  const value = read({ measure, part: `${path}${part}`, ...(own !== undefined && { argument: own }) });
  if (value instanceof Date) throw new Error(`${measure} is a number and no time`);
  return value;
};

const time = ({ read, measure, path }: Part, part: string): Date | null => {
  const value = read({ measure, part: `${path}${part}` });
  if (typeof value === 'number') throw new Error(`${measure} is a time and no number`);
  return value;
};

const below = (part: Part, name: string): Part => ({ ...part, path: `${part.path}${name}.` });

/** A count is never null. */
const count = (part: Part, name: string): number => number(part, name) ?? 0;

const PERCENTILE = { statement: PERCENTILE_COST } satisfies Costs;

const Rate = builder.objectRef<Part>('Rate').implement({
  description: 'A part of a whole.',
  fields: (t) => ({
    value: t.float({
      description: 'Numerator divided by denominator, 0 to 1; null if the denominator is 0.',
      resolve: (part) => number(part, 'value'),
    }),
    numerator: t.int({
      nullable: false,
      description: 'The part.',
      resolve: (part) => count(part, 'numerator'),
    }),
    denominator: t.int({
      nullable: false,
      description: 'The whole.',
      resolve: (part) => count(part, 'denominator'),
    }),
  }),
});

const Statistics = builder.objectRef<Part>('Statistics').implement({
  description: 'Statistics of the values that are not null.',
  fields: (t) => ({
    count: t.int({ nullable: false, description: 'Number of values.', resolve: (part) => count(part, 'count') }),
    mean: t.float({ description: 'Arithmetic mean.', resolve: (part) => number(part, 'mean') }),
    median: t.float({
      description: 'Median; halfway between the two middle values if their number is even.',
      extensions: PERCENTILE,
      resolve: (part) => number(part, 'median'),
    }),
    p90: t.float({
      description: '90th percentile, as `percentile(p: 0.9)`.',
      extensions: PERCENTILE,
      resolve: (part) => number(part, 'p90'),
    }),
    percentile: t.float({
      description: 'A percentile, interpolated between two values (`percentile_cont`).',
      args: { p: t.arg.float({ required: true, description: 'The share of values up to it: 0 to 1.' }) },
      extensions: PERCENTILE,
      resolve: (part, { p }) => number(part, 'percentile', p),
    }),
    min: t.float({ description: 'Least value.', resolve: (part) => number(part, 'min') }),
    max: t.float({ description: 'Greatest value.', resolve: (part) => number(part, 'max') }),
  }),
});

const FeedbackTime = builder.objectRef<Part>('FeedbackTime').implement({
  description: 'Hours from the end of the time slot to the review; negative if it came before the end.',
  fields: (t) => ({
    given: t.field({
      type: Statistics,
      nullable: false,
      description: 'Statistics of the feedback that has been given. The more is missing, the better they look.',
      resolve: (part) => below(part, 'given'),
    }),
    due: t.int({ nullable: false, description: 'Feedback due.', resolve: (part) => count(part, 'due') }),
    percentileOfDue: t.float({
      description:
        'Hours within which this share of all feedback due was given; null if less has been given so far. Missing feedback counts as late, even if it is not late yet, so take periods that are complete.',
      args: {
        p: t.arg.float({ required: true, defaultValue: 0.5, description: 'The share: 0 to 1.' }),
      },
      extensions: PERCENTILE,
      resolve: (part, { p }) => number(part, 'percentileOfDue', p),
    }),
  }),
});

const FeedbackBacklog = builder.objectRef<Part>('FeedbackBacklog').implement({
  description:
    'Missing feedback: due appointments without review and rating, by the hours since the end of the time slot.',
  fields: (t) => ({
    total: t.int({ nullable: false, description: 'All of it.', resolve: (part) => count(part, 'total') }),
    underThirtyDays: t.int({
      nullable: false,
      description: 'Less than 720 hours: what a chart over time should show.',
      resolve: (part) => count(part, 'underThirtyDays'),
    }),
    oldestEndedAt: t.field({
      type: 'DateTime',
      description: 'End of the time slot whose feedback has been missing longest; null if none is missing.',
      resolve: (part) => time(part, 'oldestEndedAt'),
    }),
    underOneDay: t.int({
      nullable: false,
      description: 'Less than 24 hours.',
      resolve: (part) => count(part, 'underOneDay'),
    }),
    oneToThreeDays: t.int({
      nullable: false,
      description: '24 to 72 hours.',
      resolve: (part) => count(part, 'oneToThreeDays'),
    }),
    threeToSevenDays: t.int({
      nullable: false,
      description: '72 to 168 hours.',
      resolve: (part) => count(part, 'threeToSevenDays'),
    }),
    sevenToThirtyDays: t.int({
      nullable: false,
      description: '168 to 720 hours.',
      resolve: (part) => count(part, 'sevenToThirtyDays'),
    }),
    overThirtyDays: t.int({
      nullable: false,
      description: '720 hours and more: most of it never comes.',
      resolve: (part) => count(part, 'overThirtyDays'),
    }),
  }),
});

const InterviewerLoad = builder.objectRef<Part>('InterviewerLoad').implement({
  description: 'Load per interviewer and week, over the weeks in which they had at least one held slot.',
  fields: (t) => ({
    slotsPerWeek: t.field({
      type: Statistics,
      nullable: false,
      description: 'Held slots.',
      resolve: (part) => below(part, 'slotsPerWeek'),
    }),
    hoursPerWeek: t.field({
      type: Statistics,
      nullable: false,
      description: 'Hours of held slots.',
      resolve: (part) => below(part, 'hoursPerWeek'),
    }),
  }),
});

/** The measures that need a pass over the rows of their own (src/db/metrics/items.ts). */
const OWN_PASS: ReadonlySet<MeasureName> = new Set(['panelSize', 'interviewerLoad', 'overlapping']);

export const MetricValues = builder.objectRef<ReadValue>(VALUES_TYPE).implement({
  description:
    'Measures. Counts are 0 if there is nothing to count; all other values are null then. What a measure counts is its unit (`MetricDefinition.unit`).',
  fields: (t) =>
    mapRecord<MeasureName, Measure, FieldRef<Types>>(MEASURES, (measure, name) => {
      const { description, personal } = measure;
      const common = {
        nullable: false as const,
        description: personal ? `${description} Requires the scope \`personal\`.` : description,
        extensions: {
          ...(personal && PERSONAL),
          statement: OWN_PASS.has(name) ? PASS_COST : MEASURE_COST,
        } satisfies Costs,
      };
      const partOf = (read: ReadValue): Part => ({ read, measure: name, path: '' });
      switch (measure.type) {
        case 'Int':
          return t.int({ ...common, resolve: (read) => count(partOf(read), 'value') });
        case 'Float':
          return t.float({ ...common, nullable: true, resolve: (read) => number(partOf(read), 'value') });
        case 'Rate':
          if (measure.argument === undefined) return t.field({ ...common, type: Rate, resolve: partOf });
          return t.field({
            ...common,
            type: Rate,
            args: {
              hours: t.arg.float({
                required: true,
                defaultValue: DEFAULT_WITHIN_HOURS,
                description: `Hours since the end of the time slot: above 0, up to ${MAX_WITHIN_HOURS}.`,
              }),
            },
            resolve: (read, { hours }) => ({ ...partOf(read), argument: hours }),
          });
        case 'Statistics':
          return t.field({ ...common, type: Statistics, resolve: partOf });
        case 'FeedbackTime':
          return t.field({ ...common, type: FeedbackTime, resolve: partOf });
        case 'FeedbackBacklog':
          return t.field({ ...common, type: FeedbackBacklog, resolve: partOf });
        case 'InterviewerLoad':
          return t.field({ ...common, type: InterviewerLoad, resolve: partOf });
        default:
          return unreachable(measure.type);
      }
    }),
});
