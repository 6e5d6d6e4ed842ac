import type pg from 'pg';
import { type FieldKey, fieldOf, isDate } from '../../domain/fields.ts';
import { instantOrNearest } from '../derived/instants.ts';
import {
  DURATION_TOLERANCE,
  durationDiffers,
  fieldColumn,
  hours,
  instantColumn,
  LOCAL_FIELDS,
  OF_INTERVIEW,
} from './staged-columns.ts';

/**
 * Warnings about values that an import accepts although they may be mistakes (docs/contract.md, "Warned and kept"), found among the rows to
 * store. A warning refers to the `n` of a row in `staged`, and has its position.
 */
const WARNING = `/* load.warning */ CREATE TEMP TABLE warning (n bigint, source integer, line bigint, field text, value text, reason text)
  ON COMMIT DROP`;

/** Maximum number of characters of a value in a warning. */
const MAX_SHOWN = 80;

/** Returns a value as canonical text. */
const text = (key: FieldKey, row = 's'): string => {
  const field = fieldOf(key);
  if (isDate(field)) return `to_json(${fieldColumn(key, row)}) #>> '{}'`;
  return field.kind === 'text' ? shortened(fieldColumn(key, row)) : `${fieldColumn(key, row)}::text`;
};

/** Shortens a text for a warning (src/ingest/rows/fault.ts): it may have a megabyte, and so may a thousand others. */
const shortened = (sql: string): string =>
  `CASE WHEN length(${sql}) > ${MAX_SHOWN} THEN left(${sql}, ${MAX_SHOWN - 1}) || '…' ELSE ${sql} END`;

/** A check: `when` is SQL that is true of a row with the fault, `reason` is SQL for the sentence of the warning. */
interface Check {
  readonly key: FieldKey;
  readonly when: string;
  readonly reason: string;
}

/** Runs all checks in one pass over `from`, which names the row `s`. Texts are built only for the few rows with a warning. */
const warn = (from: string, checks: readonly Check[]): string =>
  `/* load.warn */ INSERT INTO warning SELECT s.n, s.source, s.line, found.* FROM ${from} CROSS JOIN LATERAL (
   ${checks.map(({ key, when, reason }) => `SELECT '${key}', ${text(key)}, ${reason} WHERE ${when}`).join('\n   UNION ALL ')}) found
   WHERE ${checks.map(({ when }) => `(${when})`).join(' OR ')}`;

const zone = fieldColumn('interviewTimeZone');
const startTime = fieldColumn('startTime');
const endTime = fieldColumn('endTime');
const duration = fieldColumn('duration');

const unplaced = LOCAL_FIELDS.map(
  ({ key, column }): Check => ({
    key,
    when: `${fieldColumn(key)} IS NOT NULL AND ${instantColumn(column, 's')} IS NULL`,
    reason: `CASE WHEN ${zone} IS NULL THEN 'has no time zone: stored, but its UTC time is unknown'
      ELSE 'daylight saving skips this time in ' || ${zone} || ': stored, but its UTC time is unknown' END`,
  }),
);

const ofRow: readonly Check[] = [
  ...unplaced,
  {
    key: 'endTime',
    when: `${endTime} < ${startTime}`,
    reason: `'is before the start time, ' || (to_json(${startTime}) #>> '{}')`,
  },
  {
    key: 'duration',
    // The difference of the wall clocks is not the elapsed time if a slot spans a change of daylight saving time.
    when: `s.duration_differs AND (${zone} IS NULL
      OR ${durationDiffers(duration, instantOrNearest(startTime, zone), instantOrNearest(endTime, zone))})`,
    reason: `'its start and end are ' || trim_scale(round(${hours(startTime, endTime)}, 4)) || ' h apart'`,
  },
];

/** The warnings of reading the rows. */
const ofReading = (rows: string): string =>
  `/* load.warn */ INSERT INTO warning SELECT s.n, s.source, s.line, w."column", w.value, w.reason FROM ${rows}
   CROSS JOIN LATERAL json_to_recordset(s.warnings) AS w("column" text, value text, reason text) WHERE s.warnings IS NOT NULL`;

/** What identifies a time slot. */
const SLOT = 'interview_id, start_time, end_time, room';

/** Whether a row names its interviewer. */
const PRESENT = 'coalesce(s.interviewer_employee_id, s.interviewer_first_name, s.interviewer_last_name) IS NOT NULL';

/**
 * The interviews of the rows to store: the first row, the number of time slots, the sums of their durations and of their hours (null if one
 * is missing; `hours` is the duration, or else the time from start to end), the greatest duration of the interview in a row, whether rows
 * disagree about it, and whether a time slot states another number of interviewers than its rows name, or a greater one than it has rows.
 */
const interviews = (rows: string): string => `/* load.interviews */ CREATE TEMP TABLE interview_stated ON COMMIT DROP AS
  SELECT interview_id, min(n) AS n, count(*) AS slots, CASE WHEN count(*) = count(duration) THEN sum(duration) END AS duration,
    CASE WHEN count(*) = count(hours) THEN sum(hours) END AS hours, max(interview_duration) AS stated_hours,
    min(least) <> max(greatest) AS disagree, coalesce(bool_or(stated <> present), false) AS miscounted,
    coalesce(bool_or(stated > rows), false) AS incomplete
  FROM (
    SELECT interview_id, min(n) AS n, count(*) AS rows, max(interviewers) AS stated, max(duration) AS duration,
      count(*) FILTER (WHERE present) AS present,
      coalesce(max(duration), CASE WHEN end_time >= start_time THEN ${hours('start_time', 'end_time')} END) AS hours,
      max(interview_duration) AS interview_duration, min(about_interview) AS least, max(about_interview) AS greatest
    FROM (SELECT n, ${SLOT.split(', ')
      .map((name) => `s.${name}`)
      .join(', ')}, interviewers, duration, interview_duration, about_interview,
      ${PRESENT} AS present FROM ${rows}) stated
    GROUP BY ${SLOT}
  ) slot GROUP BY interview_id`;

/** Sorting serves both groupings at once, and needs less memory than hashing. */
const BY_SORTING = ['SET LOCAL enable_hashagg TO off', 'SET LOCAL enable_hashagg TO DEFAULT'] as const;

/** The time slots of an interview add up to another duration than the interview states. `stated`: the stated duration. */
const sumDiffers = (stated: string, total: string): string =>
  `abs(${stated} - ${total}.duration) > ${DURATION_TOLERANCE} * ${total}.slots`;

const SUSPECT_COLUMNS: readonly string[] = [
  ...['n', 'source', 'line', 'interview_id', 'start_time', 'end_time', 'room', 'interviewers'],
  ...OF_INTERVIEW.map((key) => fieldOf(key).column),
].map((name) => `s.${name}`);

/** The rows of the interviews about which there may be a warning, or whose time slots lack rows. */
const suspects = (rows: string): string => `/* load.suspects */ CREATE TEMP TABLE suspect ON COMMIT DROP AS
  SELECT ${SUSPECT_COLUMNS.join(', ')}, ${PRESENT} AS present FROM ${rows} WHERE s.interview_id IN (
    SELECT interview_id FROM interview_stated i WHERE disagree OR miscounted OR incomplete OR ${sumDiffers('stated_hours', 'i')})`;

/** Their time slots: the first row, the number of rows, of interviewers as stated, and of rows that name one. */
const SLOTS = `/* load.slots */ CREATE TEMP TABLE slot ON COMMIT DROP AS
  SELECT interview_id, min(n) AS n, count(*) AS rows, max(interviewers) AS stated, count(*) FILTER (WHERE present) AS present
  FROM suspect GROUP BY ${SLOT}`;

const OF_GROUPS: readonly string[] = [
  SLOTS,
  '/* load.analyze */ ANALYZE suspect, slot',
  warn(
    `(SELECT interview_id, n AS first FROM interview_stated WHERE disagree) g JOIN suspect f ON f.n = g.first
     JOIN suspect s ON s.interview_id = g.interview_id`,
    OF_INTERVIEW.map((key) => ({
      key,
      when: `${fieldColumn(key)} IS DISTINCT FROM ${fieldColumn(key, 'f')}`,
      reason: `'other rows of interview ' || s.interview_id || ' have ' || coalesce(to_json(${text(key, 'f')})::text, 'no value')`,
    })),
  ),
  warn('slot JOIN suspect s USING (n)', [
    {
      key: 'interviewers',
      when: 'slot.stated <> slot.present',
      reason: `'this time slot has rows of ' || slot.present || ' interviewer' || CASE slot.present WHEN 1 THEN '' ELSE 's' END`,
    },
  ]),
  warn('interview_stated total JOIN suspect s USING (n)', [
    {
      key: 'interviewDuration',
      when: sumDiffers(fieldColumn('interviewDuration'), 'total'),
      reason: "'its time slots add up to ' || trim_scale(round(total.duration, 4)) || ' h'",
    },
  ]),
];

/**
 * Collects the warnings of an import in the table `warning`, and creates `interview_stated` and `slot`. `all`: every row will be stored,
 * which saves selecting the rows that will be; `ofReading`: some rows came with warnings of their reading. Returns the number of interviews
 * of the rows to store. Errors: those of the database.
 */
export async function gatherWarnings(
  client: pg.ClientBase,
  has: { all: boolean; ofReading: boolean },
): Promise<number> {
  const rows = has.all ? 'staged s' : 'staged s JOIN incoming USING (n)';
  for (const statement of [WARNING, ...(has.ofReading ? [ofReading(rows)] : []), warn(rows, ofRow), BY_SORTING[0]])
    await client.query(statement);
  const { rowCount } = await client.query(interviews(rows));
  for (const statement of [BY_SORTING[1], suspects(rows), ...OF_GROUPS]) await client.query(statement);
  return rowCount ?? 0;
}

/** Counts the rows with a warning. */
export const WARNED = '/* load.warned */ SELECT count(DISTINCT n) AS warned FROM warning';

/** Reads the first $1 warnings, in the order of the rows; those about one value always in the same order. */
export const WARNINGS = `/* load.warnings */ SELECT source, line, field AS "column", value, reason
  FROM warning ORDER BY n, field, reason LIMIT $1`;
