import type { Facts, ItemKind } from '../../domain/metrics/formulas.ts';
import { allOf, joinSql, name, type Sql, sql } from '../sql.ts';
import type { GroupedRows } from './grouped-rows.ts';
import type { WholeItems } from './whole-items.ts';

/** Returns the names of the keys: `k1`, `k2` … */
export const keyNames = ({ keys }: Pick<GroupedRows, 'keys'>): readonly Sql[] =>
  keys.map((_, index) => name(`k${index + 1}`));

/** Where rows disagree on something that they share, the newest decides (docs/contract.md, "Rows that disagree"). */
const NEWEST = sql`a.interview_update_date DESC NULLS LAST, a.start_time DESC NULLS LAST, a.row_id DESC`;

const list = (...columns: readonly (readonly Sql[])[]): Sql => joinSql(columns.flat(), ', ');

/** Returns the column of an alias that has the name of a column of `a`. */
const of = (alias: Sql, column: Sql): Sql => sql`${alias}.${name(column.slice('a.'.length))}`;

const INTERVIEW = [sql`a.interview_id`];
const SLOT = [...INTERVIEW, sql`a.slot_id`];
const INTERVIEWER = sql`a.interviewer_employee_id`;

/** Returns a select list of the keys of the rows, and other columns. */
const keyed = (rows: GroupedRows, columns: readonly Sql[]): Sql => {
  const names = keyNames(rows);
  return list(
    rows.keys.map((key, index) => sql`${key} AS ${names[index] as Sql}`),
    columns,
  );
};

/** A value of a row that its item takes over, by the name of its column in `r`. */
interface Taken {
  readonly name: Sql;
  readonly value: Sql;
}

const taken = (as: string, value: Sql): Taken => ({ name: name(as), value });

/** Returns the clauses from FROM to WHERE of the rows for which conditions hold, too. */
const narrowed = ({ tables, condition }: GroupedRows, conditions: readonly Sql[] = []): Sql =>
  sql`${tables} WHERE ${allOf([condition, ...conditions])}`;

/**
 * Rows that are grouped into items: by these columns of `a`, and where these conditions hold. `of`: a condition on items, which holds of all
 * or none of an item's rows.
 */
interface Grouping {
  readonly rows: GroupedRows;
  readonly by: readonly Sql[];
  readonly where?: readonly Sql[];
  readonly of?: Sql | undefined;
}

/**
 * Returns the clause that reads rows, grouped by keys and item: `aggregates` are computed of the values `read`, which are columns of `r`.
 * A fence keeps Postgres from computing a value once more for each aggregate of it.
 */
function grouped(
  { rows, by, where = [], of: item }: Grouping,
  read: readonly Taken[],
  aggregates: readonly Sql[],
): Sql {
  const names = keyNames(rows);
  const values = read.map(({ name, value }) => sql`${value} AS ${name}`);
  const conditions = item === undefined ? where : [...where, item];
  const source = sql`SELECT ${keyed(rows, [...by, ...values])} ${narrowed(rows, conditions)}${rows.fence}`;
  const groups = list(
    names.map((key) => sql`r.${key}`),
    by.map((column) => of(sql`r`, column)),
  );
  return sql`SELECT ${list([groups], aggregates)} FROM (${source}) r GROUP BY ${groups}`;
}

/**
 * Returns the value of an item's newest row, as an aggregate. Rows rarely disagree: then the least and the greatest value are one, and only
 * otherwise the item’s rows are sorted. `isNullable`: the least and the greatest value leave nulls out, which are counted.
 */
function newest({ rows, by, where = [] }: Grouping, { name: as, value }: Taken, isNullable = true): Sql {
  const names = keyNames(rows);
  const isSame = [
    ...by.map((column) => sql`${column} = ${of(sql`r`, column)}`),
    ...rows.keys.map((key, index) => sql`${key} IS NOT DISTINCT FROM r.${names[index] as Sql}`),
  ];
  const first = sql`SELECT ${value} ${narrowed(rows, [...where, ...isSame])} ORDER BY ${NEWEST} LIMIT 1`;
  const read = sql`r.${as}`;
  const agree = sql`min(${read}) = max(${read})`;
  const allAgree = isNullable ? sql`count(${read}) = 0 OR (${agree} AND count(${read}) = count(*))` : agree;
  return sql`CASE WHEN ${allAgree} THEN min(${read}) ELSE (${first}) END`;
}

/** Hours that are never null: then two comparisons tell whether rows agree. */
const someHours = (hours: Sql): Taken => taken('hours', sql`coalesce(${hours}, 'NaN')`);

/** Returns the hours of the newest row; null if it has none. A decimal, so that sums are exact. */
const newestHours = (grouping: Grouping, hours: Taken): Sql => sql`nullif(${newest(grouping, hours, false)}, 'NaN')`;

/** A fact of an item: an aggregate, and the values of its rows of which it is computed; and its value in the row of a whole item. */
interface ItemFact {
  readonly value: Sql;
  readonly read: readonly Taken[];
  readonly ofWhole: Sql;
}

/** Returns the query of items of a kind in groups, with their keys and those facts, which are columns of the fact’s name in snake case. */
type ItemsOf<K extends ItemKind> = (rows: GroupedRows, facts: readonly Facts[K][]) => Sql;

/** Returns the name of the column of a fact. */
export const factName = (fact: string): Sql => name(fact.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

/** Returns the query of items: of whole ones, and of those that rows are grouped into. */
function itemsQuery<F extends string>(
  { rows, by }: Grouping,
  whole: WholeItems | null,
  facts: Readonly<Record<F, ItemFact>>,
  asked: readonly F[],
): Sql {
  const read = new Map(asked.flatMap((fact) => facts[fact].read.map((one) => [one.name, one])));
  const fromRows = grouped(
    { rows, by, of: whole?.isOther },
    [...read.values()],
    asked.map((fact) => sql`${facts[fact].value} AS ${factName(fact)}`),
  );
  if (whole === null) return fromRows;
  const columns = asked.map((fact) => sql`${facts[fact].ofWhole} AS ${factName(fact)}`);
  return sql`SELECT ${keyed(rows, [...by, ...columns])} ${whole.table} WHERE ${whole.condition} UNION ALL ${fromRows}`;
}

const slots: ItemsOf<'slot'> = (rows, asked) => {
  const { facts } = rows;
  const grouping = { rows, by: SLOT };
  const held = taken('held', facts.held);
  const upcoming = taken('upcoming', facts.upcoming);
  const declined = taken('declined', facts.hasDeclined);
  const covers = taken('covers', facts.covers);
  const due = taken('due', facts.due);
  const hours = someHours(facts.hours);
  const hoursOfSlot = newestHours(grouping, hours);
  return itemsQuery(
    grouping,
    rows.whole('slot'),
    {
      held: { value: sql`bool_or(r.held)`, read: [held], ofWhole: facts.held },
      upcoming: { value: sql`bool_or(r.upcoming)`, read: [upcoming], ofWhole: facts.upcoming },
      allDeclined: { value: sql`bool_and(r.declined)`, read: [declined], ofWhole: sql`a.all_declined` },
      uncovered: { value: sql`NOT bool_or(r.covers)`, read: [covers], ofWhole: sql`a.covering_rows = 0` },
      hours: { value: hoursOfSlot, read: [hours], ofWhole: facts.hours },
      interviewerHours: {
        value: sql`(${hoursOfSlot}) * nullif(count(*) FILTER (WHERE r.due), 0)`,
        read: [hours, due],
        ofWhole: sql`CASE WHEN ${facts.held} THEN (${facts.hours}) * nullif(a.covering_rows, 0) END`,
      },
    },
    asked,
  );
};

/** Returns the days from a time in UTC to an instant. */
const daysBetween = (utc: Sql, instant: Sql): Sql =>
  sql`extract(epoch FROM ${instant} - ((${utc}) AT TIME ZONE 'UTC')) / 86400`;

const interviews: ItemsOf<'interview'> = (rows, asked) => {
  const { facts } = rows;
  const grouping = { rows, by: INTERVIEW };
  const held = taken('held', facts.held);
  // As a number, of which Postgres has a least one.
  const canceled = taken('canceled', sql`${facts.canceled}::int`);
  const status = taken('status', sql`a.candidate_status`);
  const created = taken('created', sql`a.interview_create_date`);
  const starts = taken('starts', sql`a.starts_at`);
  const statusOfInterview = newest(grouping, status);
  const answered = (as: Sql): ItemFact => ({
    value: sql`(${statusOfInterview}) ${as}`,
    read: [status],
    ofWhole: sql`${status.value} ${as}`,
  });
  return itemsQuery(
    grouping,
    rows.whole('interview'),
    {
      held: { value: sql`bool_or(r.held)`, read: [held], ofWhole: facts.held },
      canceled: { value: sql`(${newest(grouping, canceled, false)}) = 1`, read: [canceled], ofWhole: facts.canceled },
      candidateAnswered: answered(sql`IS NOT NULL`),
      candidateAccepted: answered(sql`IS NOT DISTINCT FROM 'ACCEPTED'`),
      candidateDeclined: answered(sql`IS NOT DISTINCT FROM 'DECLINED'`),
      leadDays: {
        value: daysBetween(newest(grouping, created), sql`min(r.starts)`),
        read: [starts, created],
        ofWhole: daysBetween(created.value, starts.value),
      },
    },
    asked,
  );
};

/** Items that have an ID, which rows may lack. */
const withId =
  (id: Sql): ItemsOf<'candidate' | 'interviewer'> =>
  (rows) =>
    sql`SELECT DISTINCT ${keyed(rows, [id])} ${narrowed(rows, [sql`${id} IS NOT NULL`])}`;

const applications: ItemsOf<'application'> = (rows, asked) => {
  const distinct = withId(sql`a.application_id`)(rows, []);
  if (!asked.includes('hired')) return distinct;
  return sql`SELECT d.*, p.stage IS NOT DISTINCT FROM 'HIRED' AS hired FROM (${distinct}) d
    LEFT JOIN application p ON p.application_id = d.application_id`;
};

const panels: ItemsOf<'panel'> = (rows) => {
  const columns = list(
    keyNames(rows),
    SLOT.map((column) => of(sql`d`, column)),
  );
  const distinct = sql`SELECT DISTINCT ${keyed(rows, [...SLOT, INTERVIEWER])} ${narrowed(rows, [sql`${INTERVIEWER} IS NOT NULL`])}`;
  return sql`SELECT ${columns}, count(*) AS size FROM (${distinct}) d GROUP BY ${columns}`;
};

const interviewerWeeks: ItemsOf<'interviewerWeek'> = (rows) => {
  const { facts, week, weekIsComplete } = rows;
  const withWeek = { ...rows, keys: [...rows.keys, INTERVIEWER, week] };
  const where = [facts.due, sql`${INTERVIEWER} IS NOT NULL`, weekIsComplete];
  const grouping = { rows: withWeek, by: SLOT, where };
  const hours = someHours(facts.hours);
  const slotsOfWeeks = grouped(grouping, [hours], [sql`${newestHours(grouping, hours)} AS hours`]);
  const keys = list(keyNames(withWeek));
  return sql`SELECT ${keys}, count(*) AS slots, sum(s.hours) AS hours FROM (${slotsOfWeeks}) s GROUP BY ${keys}`;
};

/** The queries of items in groups, by their kind. Rows are read as they are. */
const QUERIES: { readonly [K in Exclude<ItemKind, 'row'>]: ItemsOf<K> } = {
  slot: slots,
  interview: interviews,
  candidate: withId(sql`a.candidate_profile_id`),
  application: applications,
  interviewer: withId(INTERVIEWER),
  panel: panels,
  interviewerWeek: interviewerWeeks,
};

/** Returns the query of the items of a kind in groups, with the keys `k1`, `k2` … and the facts that are asked for, by `factName`. */
export function itemsSql(kind: ItemKind, rows: GroupedRows, facts: readonly Facts[ItemKind][]): Sql {
  if (kind !== 'row') return (QUERIES[kind] as ItemsOf<ItemKind>)(rows, facts);
  const values = facts.map((fact) => sql`${rows.facts[fact as Facts['row']]} AS ${factName(fact)}`);
  const [columns] = [keyed(rows, values)];
  // A row has a column even where it is only counted.
  return sql`SELECT ${columns === '' ? sql`1 AS one` : columns} ${narrowed(rows)}`;
}
