import { Failure, shown } from '../../domain/errors.ts';
import type { DimensionName } from '../../domain/metrics/dimensions.ts';
import type { Metric } from '../../domain/metrics/metric-names.ts';
import type { GroupOrder, MetricsQuery } from '../../domain/metrics/query.ts';
import { MAX_DIMENSIONS, MAX_ORDERS, type ResolvedMetrics, resolveMetrics } from '../../domain/metrics/request.ts';
import { checkNames, type QueryParameters } from '../../domain/parameters.ts';
import { METRICS_DEFINITIONS_PATH } from '../../domain/paths.ts';
import { requireScope, type Viewer } from '../../domain/viewer.ts';
import { FORM_PARAMETERS, ON_OFF, type RequestedForm, readForm, readWord } from '../document-form.ts';
import { filterWords } from '../filter-words.ts';
import { FILTERS, filtersOf } from '../filters.ts';
import type { FilterWords, Format } from '../output-options.ts';
import { readClock } from './clock.ts';
import { type MetricColumns, metricColumns, NAMED } from './columns.ts';
import { readConditions } from './conditions.ts';
import { listed, namesIn, wordIn } from './names.ts';
import { type MetricsParameter, OWN_PARAMETERS } from './parameters.ts';
import { namedDays, periodOf } from './period.ts';
import { COMPARISON_WORDS, DIMENSION_WORDS, METRIC_WORDS, WORDS } from './words.ts';

const SINGLE_PARAMETERS: readonly string[] = [...OWN_PARAMETERS, ...FORM_PARAMETERS];

/** All parameters. */
export const METRICS_PARAMETERS: readonly string[] = [...SINGLE_PARAMETERS, ...FILTERS];

/** The maximum of `first`. */
export const MAX_GROUPS = 1_000_000;

/** A download of metrics, from the route or the command line, before the clock is known. */
export interface MetricsDownload {
  readonly form: RequestedForm;
  /** The filters in words. */
  readonly filters: readonly FilterWords[];
  /** Returns the queries at a clock. Errors: those of `resolveMetrics`. */
  resolve(context: DownloadContext): ResolvedDownload;
}

/** Who asks, and when. */
export interface DownloadContext {
  readonly viewer: Viewer;
  /** The time that the stored rows are known to be of, in milliseconds since 1970; null: nothing was imported, and the present time counts. */
  readonly knownAt: number | null;
  /** The present time, in milliseconds since 1970. */
  readonly now: number;
}

/** A download whose clock and days are known. */
export interface ResolvedDownload {
  readonly resolved: ResolvedMetrics;
  readonly columns: MetricColumns;
  /** The filters by name and value, as they were given. */
  readonly filterTexts: readonly (readonly [name: string, value: string])[];
  readonly groups: MetricsQuery;
  /** The query of the total; null if it is not asked for. */
  readonly total: MetricsQuery | null;
}

const badParameter = (message: string): Failure => new Failure('BAD_USER_INPUT', message);

/**
 * Reads the parameters of metrics (docs/contract.md, "Metrics"). `fallback` returns the format if the parameters name none.
 * Errors: BAD_USER_INPUT, naming the parameter, its value and what is accepted; any error of `fallback`.
 */
export function readMetricsRequest(parameters: QueryParameters, fallback: () => Format): MetricsDownload {
  checkNames(parameters, SINGLE_PARAMETERS, FILTERS);
  const single = (name: MetricsParameter): string | undefined => parameters.get(name)?.[0];
  const isOn = (name: MetricsParameter, otherwise: boolean) => readWord(name, single(name), ON_OFF, otherwise);
  const form = readForm(parameters, fallback, 'include');
  const metrics = metricsOf(single('metrics'));
  const groupBy = listed('groupBy', single('groupBy'), DIMENSION_WORDS, MAX_DIMENSIONS, 'a dimension');
  const filters: QueryParameters = new Map([...parameters].filter(([name]) => FILTERS.includes(name)));
  // Filters by time are not counted from anything.
  const { where } = filtersOf(filters, 0);
  const timeZone = single('timeZone') ?? null;
  const at = single('at');
  const isTotal = isOn('total', false);
  if (isTotal && groupBy.length === 0)
    throw badParameter('total: true requires groupBy; without groups the only row is the total.');
  if (groupBy.length === 0 && single('having') !== undefined)
    throw badParameter('having requires groupBy; without groups the only row is the total, which has all rows.');
  const given = {
    at: at === undefined ? null : readClock(at, timeZone),
    periodName: single('period') ?? null,
    period: periodOf(single, isOn('andCurrent', false), timeZone),
    compareTo: readWord('compareTo', single('compareTo'), COMPARISON_WORDS, null),
    having: readConditions(single('having')),
    orderBy: ordersOf(single('orderBy'), groupBy),
    first: firstOf(single('first')),
    fill: isOn('fill', true),
  };
  const hasCounts = isOn('counts', false);
  const hasEvidence = isOn('evidence', false);
  const isNamed = readWord('include', single('include'), { names: true }, false);
  if (isNamed && !groupBy.some((name) => NAMED[name]))
    throw badParameter('include: names requires groupBy with interviewer, creator, candidate or job.');
  const filterTexts = [...filters].flatMap(([name, texts]) => texts.map((text) => [name, text] as const));
  return {
    form,
    filters: filterWords(filters, null),
    resolve({ viewer, knownAt, now }) {
      const clock = given.at ?? knownAt ?? now;
      const period = { ...given.period, ...namedDays(given.periodName, clock, given.period) };
      const resolved = resolveMetrics(
        { ...given, at: clock, where, period, groupBy },
        { viewer, knownAt, now, words: WORDS },
      );
      if (isNamed && groupBy.some((name) => NAMED[name]?.personal)) requireScope(viewer, 'personal');
      const columns = metricColumns({
        ...{ metrics, groupBy, hasCounts, hasEvidence, isTotal, isNamed },
        isCompared: given.compareTo !== null,
      });
      const { values } = columns;
      return {
        resolved,
        columns,
        filterTexts,
        groups: { ...resolved.groups(values), named: isNamed },
        total: isTotal ? resolved.total(values) : null,
      };
    },
  };
}

function metricsOf(text: string | undefined): Metric[] {
  if (text === undefined || text.trim() === '')
    throw badParameter(
      `metrics is ${text === undefined ? 'missing' : 'empty'}; it lists what is measured, such as metrics=heldSlots,feedbackRate; all are listed at ${METRICS_DEFINITIONS_PATH}.`,
    );
  return listed('metrics', text, METRIC_WORDS, Object.keys(METRIC_WORDS).length, 'a metric');
}

/** Reads `-heldSlots,week`. Groups that lack a value come last either way. */
function ordersOf(text: string | undefined, groupBy: readonly DimensionName[]): GroupOrder[] {
  if (text === undefined) return [];
  return namesIn('orderBy', text, MAX_ORDERS).map((each) => {
    const descending = each.startsWith('-');
    const word = descending ? each.slice(1) : each;
    const dimension = Object.hasOwn(DIMENSION_WORDS, word) ? DIMENSION_WORDS[word] : undefined;
    if (dimension !== undefined && !groupBy.includes(dimension))
      throw badParameter(`orderBy: ${word} is not one of groupBy; add it there, or order by a metric.`);
    const by = dimension ?? wordIn('orderBy', word, METRIC_WORDS, 'a metric or one of groupBy').value;
    return { by, descending, nullsFirst: false };
  });
}

function firstOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const first = Number(text);
  if (!/^\d{1,7}$/.test(text) || first < 1 || first > MAX_GROUPS)
    throw badParameter(`first: ${shown(text)} is not accepted; it is a whole number from 1 to ${MAX_GROUPS}.`);
  return first;
}
