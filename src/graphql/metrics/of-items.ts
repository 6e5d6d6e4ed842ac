import type { ArgBuilder } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import { both } from '../../domain/condition.ts';
import type { FieldKey } from '../../domain/fields.ts';
import type { DimensionName } from '../../domain/metrics/dimensions.ts';
import { emptyValue } from '../../domain/metrics/formula-of-value.ts';
import { BY_CLOCK, type Costs, type Types } from '../builder.ts';
import { keyOf } from '../connection/nodes/node-key.ts';
import type { Context } from '../context.ts';
import { CONDITION_COST, DIMENSION_COST, METRICS_COST } from '../costs.ts';
import { dataStateOf } from './data-state.ts';
import { measuredArguments } from './inputs.ts';
import { type MeasuredArguments, readRequest } from './read-request.ts';
import { selectedValues } from './selected-values.ts';
import { MetricValues } from './values.ts';

/** The items that have metrics: the dimension of which they are a value, and the field of a row that has their key. */
const MEASURED = {
  employee: { dimension: 'INTERVIEWER', field: 'interviewerEmployeeId' },
  job: { dimension: 'JOB', field: 'jobId' },
} as const satisfies Record<string, { dimension: DimensionName; field: FieldKey }>;

/**
 * Returns the options of the field with the measures of an item’s appointments. One statement reads those of all items, in groups by their
 * keys. Items without appointments have the values of an empty total.
 */
export const metricsOf = (entity: keyof typeof MEASURED, arg: ArgBuilder<Types>, description: string) => ({
  type: MetricValues,
  nullable: false as const,
  description,
  args: measuredArguments(arg),
  extensions: {
    ...BY_CLOCK,
    statement: {
      sizes: ['where'],
      of: ({ where = 0 }) => METRICS_COST + DIMENSION_COST + Math.max(0, where - 1) * CONDITION_COST,
    },
  } satisfies Costs,
  resolve: (item: object, args: MeasuredArguments, context: Context, info: GraphQLResolveInfo) => {
    const { dimension, field } = MEASURED[entity];
    const [id = ''] = keyOf(entity, item);
    return context.loaders.load('metrics', info, id, async (ids) => {
      const { query, viewer, readMetrics, signal } = context;
      const state = await dataStateOf(context);
      const resolved = readRequest({ ...args, groupBy: [dimension], fill: false }, state, context);
      const values = selectedValues(info.fieldNodes, { ...info, viewer });
      const asked = resolved.groups(values.list);
      const where = both(asked.where, { of: field, is: 'in', values: ids });
      const { groups } = await readMetrics(query, { ...asked, where }, state, signal);
      const found = new Map(groups.map(({ keys: [key], values: ofGroup }) => [key, ofGroup]));
      const empty = values.list.map(emptyValue);
      return ids.map((one) => values.of(found.get(one) ?? empty));
    });
  },
});
