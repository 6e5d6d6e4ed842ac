import { FIELD_INDEX, FIELDS, type Field, type FieldKey, isDate } from '../../domain/fields.ts';
import { instantOrNearest, isSkipped } from '../derived/derive.ts';

/**
 * Warnings about values that an import accepts although they may be mistakes (docs/contract.md, "Warned and kept"), found among the rows to
 * store. A warning refers to the `n` of a row in `staged`.
 */
const WARNING =
  '/* load.warning */ CREATE TEMP TABLE warning (n bigint, field text, value text, reason text) ON COMMIT DROP';

/** Hours by which a duration may differ from its times: durations are often rounded to a hundredth. */
export const DURATION_TOLERANCE = 0.01;

/** Maximum number of characters of a value in a warning. */
const MAX_SHOWN = 80;

const fieldOf = (key: FieldKey): Field => FIELDS[FIELD_INDEX[key]] as Field;
const column = (key: FieldKey, row = 's'): string => `${row}.${fieldOf(key).column}`;

/** Returns a value as canonical text. */
const text = (key: FieldKey, row = 's'): string => {
  const field = fieldOf(key);
  if (isDate(field)) return `to_json(${column(key, row)}) #>> '{}'`;
  return field.kind === 'text' ? shortened(column(key, row)) : `${column(key, row)}::text`;
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
  `/* load.warn */ INSERT INTO warning SELECT s.n, found.* FROM ${from} CROSS JOIN LATERAL (
   ${checks.map(({ key, when, reason }) => `SELECT '${key}', ${text(key)}, ${reason} WHERE ${when}`).join('\n   UNION ALL ')}) found
   WHERE ${checks.map(({ when }) => `(${when})`).join(' OR ')}`;

const zone = column('interviewTimeZone');
const startTime = column('startTime');
const endTime = column('endTime');
const duration = column('duration');

const unplaced = FIELDS.filter(({ kind }) => kind === 'local').map(({ key }): Check => {
  const local = column(key);
  return {
    key,
    when: `(${local} IS NOT NULL AND ${zone} IS NULL) OR ${isSkipped(local, zone)}`,
    reason: `CASE WHEN ${zone} IS NULL THEN 'has no time zone: stored, but its UTC time is unknown'
      ELSE 'daylight saving skips this time in ' || ${zone} || ': stored, but its UTC time is unknown' END`,
  };
});

const hours = (start: string, end: string): string => `extract(epoch FROM ${end} - ${start}) / 3600`;
const misses = (start: string, end: string): string =>
  `abs(${duration} - ${hours(start, end)}) > ${DURATION_TOLERANCE}`;

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
    when: `${endTime} >= ${startTime} AND ${misses(startTime, endTime)}
      AND (${zone} IS NULL OR ${misses(instantOrNearest(startTime, zone), instantOrNearest(endTime, zone))})`,
    reason: `'its start and end are ' || trim_scale(round(${hours(startTime, endTime)}, 4)) || ' h apart'`,
  },
];

/** The fields on which the rows of one interview should agree. */
const ofInterview = FIELDS.filter(({ subject, key }) => subject === 'interview' && key !== 'interviewId').map(
  ({ key }) => key,
);

/** The warnings of reading the rows. */
const ofReading = (rows: string): string =>
  `/* load.warn */ INSERT INTO warning SELECT s.n, w."column", w.value, w.reason FROM ${rows}
   CROSS JOIN LATERAL json_to_recordset(s.warnings) AS w("column" text, value text, reason text) WHERE s.warnings IS NOT NULL`;

/**
 * The time slots of the rows to store, with the values of their rows; `hours` is their duration, or else the time from start to end. About
 * the interview: the greatest duration, and the least and greatest hash, which differ if the rows disagree.
 */
const slots = (rows: string): string => `/* load.slots */ CREATE TEMP TABLE slot ON COMMIT DROP AS
  SELECT interview_id, min(n) AS n, count(*) AS rows, max(interviewers) AS stated, max(duration) AS duration, count(present) AS present,
    coalesce(max(duration), CASE WHEN end_time >= start_time THEN ${hours('start_time', 'end_time')} END) AS hours,
    max(interview_duration) AS interview_duration, min(about_interview) AS least, max(about_interview) AS greatest
  FROM (SELECT s.interview_id, s.start_time, s.end_time, s.room, n, s.interviewers, s.duration, s.interview_duration,
      coalesce(s.interviewer_employee_id, s.interviewer_first_name, s.interviewer_last_name) AS present,
      hash_record_extended(ROW(${ofInterview.map((key) => column(key)).join(', ')}), 0) AS about_interview
    FROM ${rows}) stated
  GROUP BY interview_id, start_time, end_time, room`;

/**
 * The interviews of the rows to store: the first row, the durations of all time slots and their sum in hours (null if one is missing), the
 * greatest duration of a row, and whether rows disagree.
 */
const INTERVIEWS = `/* load.interviews */ CREATE TEMP TABLE interview_stated ON COMMIT DROP AS
  SELECT interview_id, min(n) AS n, count(*) AS slots, min(least) <> max(greatest) AS disagree,
    CASE WHEN count(*) = count(duration) THEN sum(duration) END AS duration,
    CASE WHEN count(*) = count(hours) THEN sum(hours) END AS hours, max(interview_duration) AS stated_hours
  FROM slot GROUP BY interview_id`;

/**
 * Returns the statements that collect the warnings of an import in the table `warning`. `all`: every row will be stored, which saves
 * selecting the rows that will be; `ofReading`: some rows came with warnings of their reading.
 */
export const gatherWarnings = (has: { all: boolean; ofReading: boolean }): readonly string[] => {
  const rows = has.all ? 'staged s' : 'staged s JOIN incoming USING (n)';
  return [WARNING, ...(has.ofReading ? [ofReading(rows)] : []), warn(rows, ofRow), slots(rows), ...OF_GROUPS];
};

const OF_GROUPS: readonly string[] = [
  INTERVIEWS,
  '/* load.analyze */ ANALYZE slot, interview_stated',
  warn(
    `(SELECT interview_id, n AS first FROM interview_stated WHERE disagree) g JOIN staged f ON f.n = g.first
     JOIN staged s ON s.interview_id = g.interview_id JOIN incoming i ON i.n = s.n`,
    ofInterview.map((key) => ({
      key,
      when: `${column(key)} IS DISTINCT FROM ${column(key, 'f')}`,
      reason: `'other rows of interview ' || s.interview_id || ' have ' || coalesce(to_json(${text(key, 'f')})::text, 'no value')`,
    })),
  ),
  warn('slot JOIN staged s USING (n)', [
    {
      key: 'interviewers',
      when: 'slot.stated <> slot.present',
      reason: `'this time slot has rows of ' || slot.present || ' interviewer' || CASE slot.present WHEN 1 THEN '' ELSE 's' END`,
    },
  ]),
  warn('interview_stated total JOIN staged s USING (n)', [
    {
      key: 'interviewDuration',
      when: `abs(${column('interviewDuration')} - total.duration) > ${DURATION_TOLERANCE} * total.slots`,
      reason: "'its time slots add up to ' || trim_scale(round(total.duration, 4)) || ' h'",
    },
  ]),
];

/** Counts the rows with a warning. */
export const WARNED = '/* load.warned */ SELECT count(DISTINCT n) AS warned FROM warning';

/** Reads the first $1 warnings, in the order of the rows. */
export const WARNINGS = `/* load.warnings */ SELECT s.source, s.line, w.field AS "column", w.value, w.reason
  FROM warning w JOIN staged s USING (n) ORDER BY w.n, w.field LIMIT $1`;
