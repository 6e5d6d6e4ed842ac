import { FIELDS, type Field, type FieldKey, PLACE } from '../domain/fields.ts';
import { instantOrNear, isSkipped } from './derive.ts';

/**
 * What an import keeps although it looks wrong (docs/contract.md, "Warned and kept"), found among the rows to be stored. A warning
 * stands at a row's `n` in `staged`.
 */
const WARNING =
  '/* load.warning */ CREATE TEMP TABLE warning (n bigint, field text, value text, reason text) ON COMMIT DROP';

/** Hours by which a stated duration may miss its times: they are often rounded to a hundredth. */
const TOLERANCE = 0.01;

const fieldOf = (key: FieldKey): Field => FIELDS[PLACE[key]] as Field;
const column = (key: FieldKey, row = 's'): string => `${row}.${fieldOf(key).column}`;

/** A value as canonical text. */
const text = (key: FieldKey): string => {
  const { kind } = fieldOf(key);
  return kind === 'utc' || kind === 'local' ? `to_json(${column(key)}) #>> '{}'` : `${column(key)}::text`;
};

/** Something to look for: `reason` is SQL that gives a sentence, or null where all is well. */
interface Check {
  readonly key: FieldKey;
  readonly reason: string;
}

/** Looks for all of it in one pass over `from`, which names the row `s`. */
const warn = (from: string, checks: readonly Check[]): string =>
  `/* load.warn */ INSERT INTO warning SELECT s.n, found.* FROM ${from} CROSS JOIN LATERAL (VALUES
   ${checks.map(({ key, reason }) => `('${key}', ${text(key)}, ${reason})`).join(',\n   ')}) AS found (field, value, reason)
   WHERE found.reason IS NOT NULL`;

const zone = column('interviewTimeZone');
const startTime = column('startTime');
const endTime = column('endTime');
const duration = column('duration');

const unplaced = FIELDS.filter(({ kind }) => kind === 'local').map(({ key }): Check => {
  const local = column(key);
  return {
    key,
    reason: `CASE WHEN ${local} IS NULL THEN NULL
      WHEN ${zone} IS NULL THEN 'has no time zone: it is kept, but no instant is known'
      WHEN ${isSkipped(local, zone)}
      THEN 'daylight saving skips this time in ' || ${zone} || ': it is kept, but no instant is known' END`,
  };
});

const hours = (start: string, end: string): string => `extract(epoch FROM ${end} - ${start}) / 3600`;
const misses = (start: string, end: string): string => `abs(${duration} - ${hours(start, end)}) > ${TOLERANCE}`;

const ofRow: readonly Check[] = [
  ...unplaced,
  {
    key: 'endTime',
    reason: `CASE WHEN ${endTime} < ${startTime} THEN 'is before the start time, ' || (to_json(${startTime}) #>> '{}') END`,
  },
  {
    key: 'duration',
    // Wall clocks differ from the time that passes where a slot runs over a change of daylight saving.
    reason: `CASE WHEN ${endTime} >= ${startTime} AND ${misses(startTime, endTime)}
      AND (${zone} IS NULL OR ${misses(instantOrNear(startTime, zone), instantOrNear(endTime, zone))})
      THEN 'its start and end are ' || trim_scale(round(${hours(startTime, endTime)}, 4)) || ' h apart' END`,
  },
];

/** What the rows of one interview should agree on. */
const ofInterview = FIELDS.filter(({ about, key }) => about === 'interview' && key !== 'interviewId').map(
  ({ key }) => key,
);

/** Interviews whose rows disagree about them, with the row that the others are compared with. */
const DISAGREEING = `/* load.disagreeing */ CREATE TEMP TABLE disagreeing ON COMMIT DROP AS
  SELECT interview_id, min(n) AS first FROM (
    SELECT n, s.interview_id, hash_record_extended(ROW(${ofInterview.map((key) => column(key)).join(', ')}), 0) AS hash
    FROM staged s JOIN incoming USING (n)) stated
  GROUP BY interview_id HAVING min(hash) <> max(hash)`;

/** The time slots of the rows to be stored, with what their rows say of them. */
const SLOTS = `/* load.slots */ CREATE TEMP TABLE slot ON COMMIT DROP AS
  SELECT s.interview_id, min(s.n) AS n, max(s.interviewers) AS stated, max(s.duration) AS duration,
    count(coalesce(s.interviewer_employee_id, s.interviewer_first_name, s.interviewer_last_name)) AS present
  FROM staged s JOIN incoming USING (n) GROUP BY s.interview_id, s.start_time, s.end_time, s.room`;

/** The statements that gather the warnings of an import in table `warning`. */
export const WARN: readonly string[] = [
  WARNING,
  warn('staged s JOIN incoming USING (n)', ofRow),
  DISAGREEING,
  'ANALYZE disagreeing',
  warn(
    'disagreeing g JOIN staged f ON f.n = g.first JOIN staged s ON s.interview_id = g.interview_id JOIN incoming i ON i.n = s.n',
    ofInterview.map((key) => ({
      key,
      reason: `CASE WHEN ${column(key)} IS DISTINCT FROM ${column(key, 'f')} THEN 'other rows of interview ' || s.interview_id
        || ' state ' || coalesce(to_json(${column(key, 'f')})::text, 'nothing') END`,
    })),
  ),
  SLOTS,
  warn('slot JOIN staged s USING (n)', [
    {
      key: 'interviewers',
      reason: `CASE WHEN slot.stated <> slot.present THEN 'this time slot has rows of ' || slot.present || ' interviewer'
        || CASE slot.present WHEN 1 THEN '' ELSE 's' END END`,
    },
  ]),
  warn(
    `(SELECT interview_id, min(n) AS n, sum(duration) AS hours, count(*) AS slots FROM slot
      GROUP BY interview_id HAVING count(*) = count(duration)) total JOIN staged s USING (n)`,
    [
      {
        key: 'interviewDuration',
        reason: `CASE WHEN abs(${column('interviewDuration')} - total.hours) > ${TOLERANCE} * total.slots
          THEN 'its time slots take ' || trim_scale(round(total.hours, 4)) || ' h together' END`,
      },
    ],
  ),
];

/** How many rows have a warning. */
export const WARNED = '/* load.warned */ SELECT count(DISTINCT n) AS warned FROM warning';

/** The first $1 warnings, in the order of the rows. */
export const WARNINGS = `/* load.warnings */ SELECT s.source, s.line, w.field AS "column", w.value, w.reason
  FROM warning w JOIN staged s USING (n) ORDER BY w.n, w.field LIMIT $1`;
