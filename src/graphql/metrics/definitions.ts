import { METRICS, type Metric } from '../../domain/metrics/metric-names.ts';
import { builder, type Costs } from '../builder.ts';
import { ScopeType } from '../types/viewer.ts';
import { MetricDimension, MetricDirection, MetricName, MetricUnit } from './enumerations.ts';

const MetricDefinition = builder.objectRef<Metric>('MetricDefinition').implement({
  description: 'What a metric is.',
  fields: (t) => ({
    name: t.expose('name', { type: MetricName, nullable: false, description: 'Name in this API.' }),
    column: t.exposeString('column', { nullable: false, description: 'Column of CSV: `heldSlots`.' }),
    title: t.exposeString('title', { nullable: false, description: 'Name for people: `Held slots`.' }),
    description: t.exposeString('description', {
      nullable: false,
      description: 'What it counts, and what it leaves out.',
    }),
    unit: t.expose('unit', { type: MetricUnit, nullable: false, description: 'Unit.' }),
    additive: t.exposeBoolean('additive', {
      nullable: false,
      description: 'Whether groups add up to the total: only if rows are counted.',
    }),
    dimensions: t.expose('dimensions', {
      type: [MetricDimension],
      nullable: { list: false, items: false },
      description: 'Dimensions by which it makes sense; others are refused.',
    }),
    scope: t.expose('scope', { type: ScopeType, nullable: false, description: 'Scope that a token needs.' }),
    better: t.expose('better', {
      type: MetricDirection,
      description: 'Which values are better; null if that depends.',
    }),
  }),
});

builder.queryField('metricDefinitions', (t) =>
  t.field({
    type: [MetricDefinition],
    nullable: { list: false, items: false },
    description:
      'All metrics with their units and definitions: for tables of contents, forms, and programs that choose by themselves.',
    extensions: { cost: { field: 1, multiplier: METRICS.length } } satisfies Costs,
    resolve: () => METRICS,
  }),
);
