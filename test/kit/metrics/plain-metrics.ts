/**
 * The field `metrics` as a plain, slow computation over the rows of an extract, to compare the program with. It shares no code with it, and
 * refuses nothing: a measure that makes no sense by a dimension has a value here.
 */
import {
  comparedPeriod,
  type DayPeriod,
  type NamedPeriod,
  namedPeriod,
  namedUnit,
  resolvePeriod,
  startOf,
  unitsIn,
  wallClock,
  weekdayOf,
} from './calendar.ts';
import { type Fact, factOf } from './facts.ts';
import { measuresOf, type PlainValues } from './measures.ts';
import { metricValue } from './metric-names.ts';
import {
  CALENDAR_UNITS,
  type CalendarUnit,
  type Dimension,
  type Having,
  type MetricsRequest,
  type Order,
  type PlainRow,
  type Surroundings,
  WEEKDAYS,
} from './request.ts';

interface PlainGroup {
  readonly key: { readonly text: readonly (string | null)[]; readonly period: NamedPeriod | null };
  readonly values: PlainValues;
  /** Null where the time compared to has no rows of that group, or nothing is compared. */
  readonly previous: PlainValues | null;
}

interface PlainMetrics {
  readonly groups: readonly PlainGroup[];
  readonly groupCount: number;
  readonly total: PlainValues;
  readonly previousTotal: PlainValues | null;
  readonly period: NamedPeriod | null;
  readonly previousPeriod: NamedPeriod | null;
  /** The clock of that period, in text. */
  readonly previousAt: string | null;
}

/** One part of a key. A part that is missing has null for both. */
interface KeyPart {
  readonly text: string | null;
  /** What it is ordered by. */
  readonly order: string | number | null;
  /** What the same part has in the time compared to: the position of a day to year, otherwise the text. */
  readonly match: string | number | null;
}

interface Cell {
  readonly key: readonly KeyPart[];
  readonly rows: Fact[];
  readonly period: NamedPeriod | null;
}

/** A time and its clock, with the rows as they are then. */
interface Scene {
  readonly rows: readonly Fact[];
  readonly surroundings: Surroundings;
  readonly period: DayPeriod;
  readonly at: number;
  readonly groupBy: readonly Dimension[];
  readonly fill: boolean;
}

export function plainMetrics(
  rows: readonly PlainRow[],
  surroundings: Surroundings,
  request: MetricsRequest,
): PlainMetrics {
  const { where = () => true, groupBy = [], compareTo = null, having = [], orderBy = [], first, fill = true } = request;
  const unit = groupBy.find(isUnit) ?? null;

  const sceneAt = (period: DayPeriod, at: number) => {
    const all = rows.map((row) => factOf(row, at));
    const chosen = all.filter((fact) => where(fact.row) && isInPeriod(fact, period));
    const scene: Scene = { rows: chosen, surroundings, period, at, groupBy, fill };
    const measured = (own: readonly Fact[]) => measuresOf(own, { all, surroundings, period, at });
    return { scene, measured };
  };

  const at = Math.floor(Date.parse(request.at) / 1000) * 1000;
  const present = sceneAt(resolvePeriod(request.period ?? {}, at), at);
  const compared = compareTo && comparedPeriod(present.scene.period, at, compareTo, unit, request.period?.last?.unit);
  const before = compared && sceneAt(compared.period, compared.at);
  const previous = new Map(
    before
      ? cellsOf({ ...before.scene, fill: false }).map((cell) => [matchOf(cell), before.measured(cell.rows)] as const)
      : [],
  );

  const groups = cellsOf(present.scene)
    .map((cell) => ({
      parts: cell.key,
      key: { text: cell.key.map(({ text }) => text), period: cell.period },
      values: present.measured(cell.rows),
      previous: previous.get(matchOf(cell)) ?? null,
    }))
    .filter(({ values }) => having.every((condition) => holds(values, condition)))
    .sort((one, other) => {
      for (const order of [...orderBy, ...groupBy.map((dimension): Order => ({ dimension }))]) {
        const [a, b] = [one, other].map(({ parts, values }) =>
          order.metric === undefined
            ? (parts[groupBy.indexOf(order.dimension as Dimension)]?.order ?? null)
            : metricValue(values, order.metric),
        );
        const result = compare(a ?? null, b ?? null, order);
        if (result !== 0) return result;
      }
      return 0;
    });
  return {
    groups: groups.slice(0, first).map(({ key, values, previous }) => ({ key, values, previous })),
    groupCount: groups.length,
    total: present.measured(present.scene.rows),
    previousTotal: before?.measured(before.scene.rows) ?? null,
    period: namedPeriod(present.scene.period, at),
    previousPeriod: compared && namedPeriod(compared.period, compared.at),
    previousAt: compared && new Date(compared.at).toISOString().replace('.000Z', 'Z'),
  };
}

const isUnit = (dimension: Dimension): dimension is CalendarUnit => CALENDAR_UNITS.some((unit) => unit === dimension);

/** The wall clock of a row by which it is put into periods: local time, never the instant. */
function clockOf(
  { row, startsAt, createdAt, updatedAt, reviewedAt }: Fact,
  { on, timeZone }: DayPeriod,
): string | null {
  if (on === 'START' && timeZone === null) return row.startTime;
  const instant = { START: startsAt, CREATE: createdAt, UPDATE: updatedAt, REVIEW: reviewedAt }[on];
  return instant === null ? null : wallClock(instant, timeZone);
}

function isInPeriod(fact: Fact, period: DayPeriod): boolean {
  const { from, to } = period;
  if (from === null && to === null) return true;
  const day = clockOf(fact, period)?.slice(0, 10);
  return day !== undefined && (from === null || from <= day) && (to === null || day < to);
}

/** The groups of a scene, those of times without rows too, where it is filled. */
function cellsOf(scene: Scene): Cell[] {
  const { rows, period, at, groupBy, fill } = scene;
  if (groupBy.length === 0) return [];
  const unit = groupBy.find(isUnit) ?? null;
  const [from, to] = [period.from, period.to];
  const positions = unit && from && to ? unitsIn(from, to, unit, period.weekStart) : [];
  const named = (firstDay: string | null): NamedPeriod | null =>
    firstDay === null || unit === null ? null : namedUnit(firstDay, unit, period, at);
  const unitPart = (firstDay: string | null): KeyPart => ({
    text: named(firstDay)?.name ?? null,
    order: firstDay,
    match: firstDay === null ? null : positions.indexOf(firstDay),
  });

  const cells = new Map<string, Cell>();
  const cellFor = (firstDay: string | null, key: readonly KeyPart[]): Cell => {
    const name = JSON.stringify([firstDay, key.map(({ text }) => text)]);
    const cell = cells.get(name) ?? { key, rows: [], period: named(firstDay) };
    cells.set(name, cell);
    return cell;
  };
  for (const fact of rows) {
    const day = clockOf(fact, period)?.slice(0, 10) ?? null;
    const firstDay = day === null || unit === null ? null : startOf(day, unit, period.weekStart);
    const key = groupBy.map((dimension) => (isUnit(dimension) ? unitPart(firstDay) : keyPart(fact, dimension, scene)));
    cellFor(firstDay, key).rows.push(fact);
  }
  if (fill) {
    // Without other dimensions there is one row a time, even where no appointment is found at all.
    const found =
      groupBy.length === 1 ? [[{ text: null, order: null, match: null }]] : [...cells.values()].map(({ key }) => key);
    for (const key of found)
      for (const firstDay of positions)
        cellFor(
          firstDay,
          key.map((part, at) => (isUnit(groupBy[at] as Dimension) ? unitPart(firstDay) : part)),
        );
  }
  return [...cells.values()];
}

const matchOf = ({ key }: Cell): string => JSON.stringify(key.map(({ match }) => match));

const STAGES = 'NEW IN_REVIEW INTERVIEW HIRED REJECTED WITHDRAWN OFFER LEAD TRANSFERRED'.split(' ');
const ANSWERS = ['PENDING', 'TENTATIVE', 'ACCEPTED', 'DECLINED'];
const TYPES = ['ONSITE', 'PHONE', 'VIDEO', 'OTHER'];
const STATES = ['HELD', 'UPCOMING', 'CANCELED', 'UNKNOWN_TIME'];

/** What a row is grouped by, but for days to years. */
function keyPart(fact: Fact, dimension: Exclude<Dimension, CalendarUnit>, { period, surroundings }: Scene): KeyPart {
  const { row } = fact;
  const asText = (text: string | null): KeyPart => ({ text, order: text, match: text });
  const listed = (text: string | null, list: readonly string[]): KeyPart => ({
    text,
    order: text === null ? null : list.indexOf(text),
    match: text,
  });
  switch (dimension) {
    case 'WEEKDAY': {
      const clock = clockOf(fact, period);
      return listed(clock === null ? null : weekdayOf(clock.slice(0, 10)), WEEKDAYS);
    }
    case 'HOUR': {
      const clock = clockOf(fact, period);
      return listed(
        clock === null ? null : String(Number(clock.slice(11, 13))),
        Array.from({ length: 24 }, (_, hour) => String(hour)),
      );
    }
    case 'INTERVIEWER':
      return asText(row.interviewerEmployeeId);
    case 'CREATOR':
      return asText(row.creatorEmployeeId);
    case 'CANDIDATE':
      return asText(row.candidateProfileId);
    case 'JOB':
      return asText(row.jobId);
    case 'DEPARTMENT':
      return asText(surroundings.departments.get(row.jobId ?? '') ?? null);
    case 'APPLICATION_STAGE':
      return listed(row.applicationStage, STAGES);
    case 'APPLICATION_STEP':
      return asText(row.applicationStep);
    case 'INTERVIEW_TYPE':
      return listed(row.interviewType, TYPES);
    case 'CANDIDATE_STATUS':
      return listed(row.candidateStatus, ANSWERS);
    case 'INTERVIEWER_STATUS':
      return listed(row.interviewerStatus, ANSWERS);
    case 'CANCELED':
      return asText(row.interviewCanceled);
    case 'SLOT_STATE':
      return listed(slotState(fact), STATES);
    case 'LOCATION':
      return asText(row.interviewLocation);
    case 'ROOM':
      return asText(row.room);
  }
}

function slotState({ canceled, held, upcoming }: Fact): string {
  if (canceled) return 'CANCELED';
  return held ? 'HELD' : upcoming ? 'UPCOMING' : 'UNKNOWN_TIME';
}

/** Null fulfils only isNull. */
function holds(values: PlainValues, { metric, gt, gte, lt, lte, isNull }: Having): boolean {
  const value = metricValue(values, metric);
  if (isNull !== undefined && isNull !== (value === null)) return false;
  if (value === null) return [gt, gte, lt, lte].every((bound) => bound === undefined);
  return (
    (gt === undefined || value > gt) &&
    (gte === undefined || value >= gte) &&
    (lt === undefined || value < lt) &&
    (lte === undefined || value <= lte)
  );
}

/** Texts by their bytes in UTF-8. */
function compare(
  one: string | number | null,
  other: string | number | null,
  { direction = 'ASC', nulls = 'LAST' }: Order,
): number {
  if (one === null || other === null) return one === other ? 0 : (one === null) === (nulls === 'LAST') ? 1 : -1;
  const ascending =
    typeof one === 'number' && typeof other === 'number'
      ? Math.sign(one - other)
      : Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
  return direction === 'ASC' ? ascending : -ascending;
}
