/** The rows behind a metric: the parameters by which the extract gives them (src/domain/metrics/evidence-address.ts writes them). */
import { isDayText } from '../../domain/calendar/days.ts';
import { METRIC_DATES } from '../../domain/calendar/resolve.ts';
import { startOfUnit, WEEKDAYS, type Weekday } from '../../domain/calendar/units.ts';
import type { Condition } from '../../domain/condition.ts';
import { Failure, shown } from '../../domain/errors.ts';
import { DIMENSIONS, type DimensionName, isBucket, SLOT_STATES } from '../../domain/metrics/dimensions.ts';
import { hasEvidence } from '../../domain/metrics/evidence-address.ts';
import type { Metric } from '../../domain/metrics/metric-names.ts';
import type { Cell } from '../../domain/metrics/query.ts';
import { MAX_DIMENSIONS, resolveMetrics } from '../../domain/metrics/request.ts';
import { wordOf } from '../../domain/metrics/words.ts';
import type { QueryParameters } from '../../domain/parameters.ts';
import { keysOf } from '../../domain/types/records.ts';
import { UNSTORABLE_TEXT } from '../../domain/values/cells.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { readWord } from '../document-form.ts';
import type { FilterWords } from '../output-options.ts';
import { readClock } from './clock.ts';
import { wordIn } from './names.ts';
import { DATE_WORDS, DIMENSION_WORDS, METRIC_WORDS, WEEKDAY_WORDS, WORDS } from './words.ts';

/** Parameters that occur once, and only together with `metric`. */
export const EVIDENCE_PARAMETERS = ['metric', 'from', 'to', 'on', 'at', 'weekStart'] as const;

/** The parameter of a group’s key in one dimension, which occurs as often as there are dimensions. */
export const KEY_PARAMETER = 'key';

export type EvidenceParameter = (typeof EVIDENCE_PARAMETERS)[number] | typeof KEY_PARAMETER;

/** The rows behind a metric of a group. */
export interface Evidence {
  readonly metric: Metric;
  readonly cell: Cell;
  /** What they are in words. */
  readonly words: readonly FilterWords[];
}

const badParameter = (message: string): Failure => new Failure('BAD_USER_INPUT', message);

/**
 * Reads which rows are asked for: those that the viewer sees and for which `where` holds, behind a metric; null without one. Errors:
 * BAD_USER_INPUT, naming the parameter, its value and what is accepted; FORBIDDEN for a metric or a key that requires a scope.
 */
export function readEvidence(parameters: QueryParameters, where: Condition, viewer: Viewer): Evidence | null {
  const single = (name: (typeof EVIDENCE_PARAMETERS)[number] | 'timeZone') => parameters.get(name)?.[0];
  const named = single('metric');
  if (named === undefined) {
    const other = [...EVIDENCE_PARAMETERS, KEY_PARAMETER].find((name) => parameters.has(name));
    if (other !== undefined)
      throw badParameter(
        `${other} requires metric, whose rows it selects; startsFrom, startsBefore and period select rows by their start.`,
      );
    return null;
  }
  const metric = metricNamed(named);
  const at = single('at');
  if (at === undefined) throw badParameter('metric requires at, the clock at which it was measured.');
  if (parameters.has('period'))
    throw badParameter('period and metric exclude each other; give the days of the period by from and to.');
  const timeZone = single('timeZone') ?? null;
  const weekStart = readWord('weekStart', single('weekStart'), WEEKDAY_WORDS, 'MONDAY');
  const keys = keysIn(parameters.get(KEY_PARAMETER) ?? [], weekStart);
  const resolved = resolveMetrics(
    {
      where,
      period: {
        on: readWord('on', single('on'), DATE_WORDS, METRIC_DATES[0]),
        from: single('from') ?? null,
        to: single('to') ?? null,
        last: null,
        timeZone,
        weekStart,
      },
      groupBy: keys.map(({ dimension }) => dimension),
      having: [],
      orderBy: [],
      first: null,
      compareTo: null,
      fill: false,
      at: readClock(at, timeZone),
    },
    { viewer, knownAt: null, now: 0, words: WORDS },
  );
  const { visible, period, groupBy, ...asked } = resolved.groups([metric.value]);
  return {
    metric,
    cell: {
      visible,
      period,
      groupBy,
      where: asked.where,
      at: asked.at,
      keys: keys.map(({ key }) => key),
      value: metric.value,
    },
    words: [
      { label: 'Behind the metric', values: [metric.title] },
      ...keys.map(({ dimension, key }) => ({ label: DIMENSIONS[dimension].label, values: [key ?? 'not stated'] })),
      ...(period.from === null ? [] : [{ label: 'From', values: [period.from] }]),
      ...(period.to === null ? [] : [{ label: 'Before', values: [period.to] }]),
      { label: 'Clock (UTC)', values: [asked.at] },
    ],
  };
}

function metricNamed(text: string): Metric {
  const metric = wordIn('metric', text, METRIC_WORDS, 'a metric');
  if (!hasEvidence(metric))
    throw badParameter(
      `metric: ${text} has no rows behind it, because it divides things of different rows; ask for heldSlots and hiredApplications.`,
    );
  return metric;
}

interface Key {
  readonly dimension: DimensionName;
  readonly key: string | null;
}

/** Reads `week:2026-11-23`; `week` alone is the group of appointments that don’t state it. */
function keysIn(texts: readonly string[], weekStart: Weekday): Key[] {
  if (texts.length > MAX_DIMENSIONS)
    throw badParameter(`${KEY_PARAMETER} occurs ${texts.length} times; at most ${MAX_DIMENSIONS} are allowed.`);
  return texts.map((text) => {
    const colon = text.indexOf(':');
    const word = colon === -1 ? text : text.slice(0, colon);
    const dimension = Object.hasOwn(DIMENSION_WORDS, word) ? DIMENSION_WORDS[word] : undefined;
    if (dimension === undefined)
      throw badParameter(
        `${KEY_PARAMETER}: ${shown(text)} does not begin with a dimension; accepted are ${keysOf(DIMENSION_WORDS).join(', ')}, each followed by a colon and the value of the group, such as week:2026-11-23.`,
      );
    return { dimension, key: colon === -1 ? null : keyOf(dimension, text.slice(colon + 1), weekStart) };
  });
}

/** The texts of a dimension’s keys, as far as they can be told; null: any. */
const ACCEPTED: Partial<Record<(typeof DIMENSIONS)[DimensionName]['kind'], readonly string[]>> = {
  weekday: WEEKDAYS,
  hour: Array.from({ length: 24 }, (_, hour) => String(hour)),
  boolean: ['true', 'false'],
  slotState: keysOf(SLOT_STATES),
};

/** Returns a key as it is compared. Errors: BAD_USER_INPUT for one that no group has. */
function keyOf(dimension: DimensionName, text: string, weekStart: Weekday): string {
  const refused = (accepted: string): Failure =>
    badParameter(`${KEY_PARAMETER}: ${shown(text)} is not a group by ${wordOf(dimension)}; ${accepted}.`);
  if (isBucket(dimension)) {
    if (!isDayText(text) || startOfUnit(text, dimension, weekStart) !== text)
      throw refused('accepted is its first day, such as 2026-11-23');
    return text;
  }
  const { kind } = DIMENSIONS[dimension];
  const accepted = ACCEPTED[kind];
  if (accepted && !accepted.includes(text)) throw refused(`accepted are ${accepted.join(', ')}`);
  if (UNSTORABLE_TEXT.test(text)) throw refused('it has a character that can’t be stored');
  return kind === 'uuid' ? text.toLowerCase() : text;
}
