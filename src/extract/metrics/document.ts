import { completenessAt } from '../../domain/calendar/complete.ts';
import { addDays, type DayRange } from '../../domain/calendar/days.ts';
import { periodName } from '../../domain/calendar/names.ts';
import { isAlways } from '../../domain/condition.ts';
import { Failure } from '../../domain/errors.ts';
import { wordOf } from '../../domain/metrics/words.ts';
import type { DocumentForm, ExportDetails, Subject } from '../output-options.ts';
import { conditionsText } from './conditions.ts';
import type { MetricsDownload, ResolvedDownload } from './request.ts';
import { type MetricsRow, metricRows } from './rows.ts';

/** Measures that the database has begun to send. */
export interface OpenedMetrics {
  /** The data version of the rows. */
  readonly version: string;
  readonly asked: ResolvedDownload;
  readonly total: MetricsRow | null;
  /** How many groups there are, whatever the maximum. */
  readonly groupCount: number;
  readonly groups: AsyncGenerator<readonly MetricsRow[]>;
}

/** Returns how the rows of a download are written. */
export const formOf = ({ form }: MetricsDownload, { columns: { columns } }: ResolvedDownload): DocumentForm => ({
  fields: columns,
  labels: form.labels,
  excel: form.excel,
  delimiter: form.delimiter,
  decimalComma: form.decimalComma,
  nulls: form.nulls,
  dates: null,
  // Whoever lacks the scope gets an error instead of an empty column.
  personal: true,
});

/**
 * Returns the document of a download in chunks. `program`: the version of the program. Errors: BAD_USER_INPUT, at once, for more groups than
 * the format holds; later those of the groups.
 */
export function metricsDocument(
  download: MetricsDownload,
  opened: OpenedMetrics,
  program: string,
): AsyncGenerator<Buffer> {
  const { form, filters } = download;
  const { asked, version, groups, total, groupCount } = opened;
  const { format } = form;
  const { first } = asked.groups;
  const rows = Math.min(groupCount, first ?? groupCount) + Number(total !== null);
  if (format.limits !== null && rows > format.limits.rows)
    throw new Failure(
      'BAD_USER_INPUT',
      `format: ${rows} rows do not fit into ${format.name}, whose sheets have at most ${format.limits.rows}; filter, set first, or use format=csv.`,
    );
  const details: ExportDetails = {
    program,
    version,
    exportedAt: new Date(),
    filters,
    limit: first,
    isContinued: false,
    hasMore: first !== null && groupCount > first,
    isRestricted: false,
    extent: null,
    subject: subjectOf(opened),
  };
  return format.encode(formOf(download, asked), metricRows(form, asked, groups, total), details);
}

/** A period as JSON shows it. */
interface ShownPeriod extends DayRange {
  readonly name: string;
  readonly complete: boolean;
}

/** Returns the period of a download, and the one it is compared with; null: all time, and no comparison. */
export function periodsOf({ resolved: { period, previous, at } }: ResolvedDownload): {
  readonly period: ShownPeriod | null;
  readonly previousPeriod: ShownPeriod | null;
} {
  const shown = (range: DayRange, clock: number, of = period): ShownPeriod => ({
    name: periodName(range),
    from: range.from,
    to: range.to,
    complete: completenessAt(of, clock)(range),
  });
  return {
    period: period.from === null && period.to === null ? null : shown(period, at),
    previousPeriod: previous && shown(previous.period, previous.at, previous.period),
  };
}

/** Writes a clock for people. */
const clockOf = ({ at }: { readonly at: string }): string => at.replace('T', ' ').replace('Z', '');

function subjectOf({ asked, version, groupCount }: OpenedMetrics): Subject {
  const { groups } = asked;
  const { on, timeZone, weekStart } = groups.period;
  const periods = periodsOf(asked);
  const nameOf = (period: ShownPeriod | null): string =>
    period === null ? 'all time' : `${period.name}${period.complete ? '' : ' (not complete)'}`;
  return {
    sheet: 'Metrics',
    head: {
      at: groups.at,
      dataVersion: version,
      on: wordOf(on),
      timeZone,
      weekStart: wordOf(weekStart),
      ...periods,
      previousAt: groups.compared?.at ?? null,
      groupCount,
    },
    lines: [
      ['Clock: ended, and given feedback, at (UTC)', clockOf(groups)],
      ['Period', nameOf(periods.period)],
      ...(periods.previousPeriod && groups.compared
        ? ([
            ['Compared with', nameOf(periods.previousPeriod)],
            ['Its clock (UTC)', clockOf(groups.compared)],
          ] as const)
        : []),
      ['Date that counts', wordOf(on)],
      ['Calendar of', timeZone ?? (on === 'START' ? 'each interview’s own time zone' : 'UTC')],
      ['Weeks begin on', wordOf(weekStart)],
      ...(groups.having.length > 0 ? [['Only groups with', conditionsText(groups.having)] as const] : []),
      ['Groups, if not limited', String(groupCount)],
      ['Rows left out', isAlways(groups.visible) ? 'none' : 'those that the token may not see'],
      ...asked.columns.definitions,
    ],
  };
}

/** Returns the file name under which browsers save a download; null for a format that they display. It says the groups and the days. */
export function metricsFileName({ form: { format } }: MetricsDownload, { groups }: ResolvedDownload): string | null {
  if (format.attachment === null) return null;
  const { groupBy, period } = groups;
  const by = groupBy.length === 0 ? [] : ['by', ...groupBy.map((name) => name.toLowerCase().replaceAll('_', '-'))];
  const last = period.to && addDays(period.to, -1);
  const days =
    period.from !== null && last
      ? period.from === last
        ? [last]
        : [period.from, 'to', last]
      : period.from !== null
        ? ['from', period.from]
        : last
          ? ['to', last]
          : [];
  const extension = format.attachment.slice(format.attachment.lastIndexOf('.'));
  return `${['interview-metrics', ...by, ...days].join('-')}${extension}`;
}
