/**
 * The tables that are derived from `appointment`, each as one SELECT. They take the values of the newest row: the one with the greatest
 * interview update date, then start time, then row id (docs/contract.md, "Rows that disagree").
 */
const NEWEST = 'interview_update_date DESC NULLS LAST, start_time DESC NULLS LAST, row_id DESC';
const DECIDE_NEWEST = ['interview_update_date', 'start_time'];

/**
 * Returns a zone's name for AT TIME ZONE. Postgres reads these four as abbreviations with a fixed offset before it looks for a zone of that
 * name; in the IANA database they are links to these cities.
 */
const zoneName = (zone: string): string =>
  `CASE ${zone} WHEN 'CET' THEN 'Europe/Brussels' WHEN 'MET' THEN 'Europe/Brussels' WHEN 'EET' THEN 'Europe/Athens'
   WHEN 'WET' THEN 'Europe/Lisbon' ELSE ${zone} END`;

/** Returns a local time in a zone as an instant, whether or not the time exists on that day. */
export const instantOrNearest = (local: string, zone: string): string => `(${local} AT TIME ZONE ${zoneName(zone)})`;

/** True of a local time that its zone skips (daylight saving time). */
const isSkipped = (local: string, zone: string): string =>
  `(${instantOrNearest(local, zone)} AT TIME ZONE ${zoneName(zone)}) <> ${local}`;

/** Returns a local time in a zone as an instant; null if the zone is missing or skips that time. */
export const instant = (local: string, zone: string): string =>
  `CASE WHEN NOT ${isSkipped(local, zone)} THEN ${instantOrNearest(local, zone)} END`;

export interface Derived {
  readonly table: string;
  /** The columns of its primary key. */
  readonly key: readonly string[];
  /** The columns of `appointment` that name such a key, once for each role. */
  readonly namedBy: readonly (readonly string[])[];
  /** The columns that follow from the rows. `candidate` and `job` have others, which imports of names set. */
  readonly columns: readonly string[];
  /** The fields of `appointment` that `select` reads: if none of them changes in a row, nothing changes here. */
  readonly reads: readonly string[];
  /**
   * Returns the expected rows. `scope` restricts them: it takes the expression of the key's first column in `appointment` and returns a
   * condition.
   */
  select(scope: (key: string) => string): string;
  /** SQL that is true of a stored row that must be kept although no appointment names it. */
  readonly keep?: string;
}

/** All rows of an item, in the order in which `DISTINCT ON` takes the newest, so that they are sorted once. */
const allRows = (key: string): string =>
  `(PARTITION BY ${key} ORDER BY ${NEWEST} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)`;

/**
 * Returns the FROM clause of `appointment` with a column `agrees`: whether a row has the same values in some columns as the row before it of
 * the same item. If all rows of an item have it, they agree.
 */
const comparedRows = (key: string, columns: readonly string[], condition: string): string => {
  const same = columns.map((name) => `${name} IS NOT DISTINCT FROM lag(${name}, 1, ${name}) OVER rows_of_item`);
  return `FROM (SELECT *, ${same.join(' AND ')} AS agrees FROM appointment WHERE ${condition}
      WINDOW rows_of_item AS (PARTITION BY ${key} ORDER BY ${NEWEST})) compared`;
};

/** What the rows of an interview share, as far as metrics read it. */
const SHARED_BY_INTERVIEW = [
  'interview_canceled',
  'candidate_status',
  'interview_create_date',
  'job_id',
  'interview_time_zone',
] as const;

/**
 * What metrics need to know of an interview's rows to do without them (src/db/metrics/whole-items.ts): between which starts they lie, the
 * first instants, and the spread: 0 if the rows agree on what they share and have one start, or none; 1 if they agree and start on one day;
 * otherwise 2.
 */
const SUMMARY_OF_INTERVIEW = [
  'first_start_time',
  'last_start_time',
  'first_starts_at',
  'first_ends_at',
  'spread',
] as const;

const interview: Derived = {
  table: 'interview',
  key: ['interview_id'],
  namedBy: [['interview_id']],
  columns: [
    'application_id',
    'candidate_profile_id',
    'candidate_status',
    'job_id',
    'type',
    'location',
    'time_zone',
    'created_at',
    'updated_at',
    'start_date',
    'starts_at',
    'ends_at',
    'duration',
    'canceled',
    'creator_employee_id',
    ...SUMMARY_OF_INTERVIEW,
  ],
  reads: [
    'interview_id',
    'application_id',
    'candidate_profile_id',
    'candidate_status',
    'job_id',
    'interview_type',
    'interview_location',
    'interview_time_zone',
    'interview_create_date',
    'interview_start_date',
    'end_time',
    'interview_duration',
    'interview_canceled',
    'creator_employee_id',
    ...DECIDE_NEWEST,
  ],
  select: (
    scope,
  ) => `SELECT DISTINCT ON (interview_id) interview_id, application_id, candidate_profile_id, candidate_status,
    job_id, interview_type AS type, interview_location AS location, interview_time_zone AS time_zone,
    interview_create_date AT TIME ZONE 'UTC' AS created_at, interview_update_date AT TIME ZONE 'UTC' AS updated_at,
    interview_start_date AS start_date, ${instant('interview_start_date', 'interview_time_zone')} AS starts_at,
    max(ends_at) OVER all_rows AS ends_at, interview_duration AS duration, interview_canceled AS canceled, creator_employee_id,
    min(start_time) OVER all_rows AS first_start_time, max(start_time) OVER all_rows AS last_start_time,
    min(starts_at) OVER all_rows AS first_starts_at, min(ends_at) OVER all_rows AS first_ends_at,
    CASE WHEN NOT bool_and(agrees) OVER all_rows OR count(start_time) OVER all_rows NOT IN (0, count(*) OVER all_rows) THEN 2
      WHEN min(start_time) OVER all_rows IS NOT DISTINCT FROM max(start_time) OVER all_rows THEN 0
      WHEN min(start_time::date) OVER all_rows = max(start_time::date) OVER all_rows THEN 1 ELSE 2 END AS spread
    ${comparedRows('interview_id', SHARED_BY_INTERVIEW, scope('interview_id'))}
    WINDOW all_rows AS ${allRows('interview_id')} ORDER BY interview_id, ${NEWEST}`,
};

/** What the rows of a time slot share, as far as metrics read it: start, end and room are part of its id. */
const SHARED_BY_SLOT = ['interview_canceled', 'duration', 'job_id', 'interview_time_zone'] as const;

/**
 * What metrics need to know of a slot's rows to do without them (src/db/metrics/whole-items.ts): how many have an interviewer who hasn't
 * declined, whether all have declined, and whether they agree on what they share.
 */
const SUMMARY_OF_SLOT = ['job_id', 'canceled', 'covering_rows', 'all_declined', 'rows_agree'] as const;

const timeSlot: Derived = {
  table: 'time_slot',
  key: ['interview_id', 'slot_id'],
  namedBy: [['interview_id', 'slot_id']],
  columns: [
    'start_time',
    'end_time',
    'starts_at',
    'ends_at',
    'duration',
    'room',
    'application_stage',
    'application_step',
    'interviewer_count',
    ...SUMMARY_OF_SLOT,
  ],
  reads: [
    'interview_id',
    'job_id',
    'interview_canceled',
    'interviewer_employee_id',
    'interviewer_first_name',
    'interviewer_last_name',
    'interviewer_status',
    'end_time',
    'interview_time_zone',
    'duration',
    'room',
    'application_stage',
    'application_step',
    'interviewers',
    ...DECIDE_NEWEST,
  ],
  select: (
    scope,
  ) => `SELECT DISTINCT ON (interview_id, slot_id) interview_id, slot_id, start_time, end_time, starts_at, ends_at,
    duration, room, application_stage, application_step, interviewers AS interviewer_count, job_id, interview_canceled AS canceled,
    count(*) FILTER (WHERE has_interviewer AND interviewer_status IS DISTINCT FROM 'DECLINED') OVER all_rows AS covering_rows,
    bool_and(interviewer_status IS NOT DISTINCT FROM 'DECLINED') OVER all_rows AS all_declined, bool_and(agrees) OVER all_rows AS rows_agree
    ${comparedRows('interview_id, slot_id', SHARED_BY_SLOT, scope('interview_id'))}
    WINDOW all_rows AS ${allRows('interview_id, slot_id')} ORDER BY interview_id, slot_id, ${NEWEST}`,
};

/** The rows that name an employee in a role. */
const role = (name: 'interviewer' | 'creator', scope: (key: string) => string): string =>
  `SELECT ${name}_employee_id AS employee_id, '${name}' AS role, ${name}_first_name AS first_name, ${name}_last_name AS last_name,
   interview_update_date, start_time, row_id FROM appointment
   WHERE ${name}_employee_id IS NOT NULL AND ${scope(`${name}_employee_id`)}`;

const roles = (scope: (key: string) => string): string =>
  `${role('interviewer', scope)} UNION ALL ${role('creator', scope)}`;

/**
 * Rows that have a name come before those without; if one row names an employee twice, the names of the interviewer come before those of
 * the creator.
 */
const HAS_NAME = '(first_name IS NOT NULL OR last_name IS NOT NULL)';

const employee: Derived = {
  table: 'employee',
  key: ['employee_id'],
  namedBy: [['interviewer_employee_id'], ['creator_employee_id']],
  columns: ['first_name', 'last_name'],
  reads: [
    'interviewer_employee_id',
    'interviewer_first_name',
    'interviewer_last_name',
    'creator_employee_id',
    'creator_first_name',
    'creator_last_name',
    ...DECIDE_NEWEST,
  ],
  // Nearly all employees have one name in all of their rows. Only the rows of the others are sorted.
  select: (scope) => `WITH named AS (
      SELECT employee_id, first_name, last_name FROM (${roles(scope)}) named GROUP BY employee_id, first_name, last_name
    ), renamed AS (
      SELECT employee_id FROM named WHERE ${HAS_NAME} GROUP BY employee_id HAVING count(*) > 1
    )
    (SELECT DISTINCT ON (employee_id) employee_id, first_name, last_name FROM named
      WHERE NOT EXISTS (SELECT FROM renamed WHERE renamed.employee_id = named.employee_id) ORDER BY employee_id, ${HAS_NAME} DESC)
    UNION ALL
    (SELECT DISTINCT ON (employee_id) employee_id, first_name, last_name
      FROM (${roles((key) => `${scope(key)} AND ${key} IN (SELECT employee_id FROM renamed)`)}) named
      ORDER BY employee_id, ${HAS_NAME} DESC, ${NEWEST}, role DESC)`,
};

const application: Derived = {
  table: 'application',
  key: ['application_id'],
  namedBy: [['application_id']],
  columns: ['candidate_profile_id', 'job_id', 'stage', 'step'],
  reads: [
    'application_id',
    'candidate_profile_id',
    'job_id',
    'application_stage',
    'application_step',
    ...DECIDE_NEWEST,
  ],
  select: (scope) => `SELECT DISTINCT ON (application_id) application_id, candidate_profile_id, job_id,
    application_stage AS stage, application_step AS step
    FROM appointment WHERE application_id IS NOT NULL AND ${scope('application_id')} ORDER BY application_id, ${NEWEST}`,
};

const candidate: Derived = {
  table: 'candidate',
  key: ['candidate_profile_id'],
  namedBy: [['candidate_profile_id']],
  columns: [],
  reads: ['candidate_profile_id'],
  select: (scope) => `SELECT DISTINCT candidate_profile_id FROM appointment
    WHERE candidate_profile_id IS NOT NULL AND ${scope('candidate_profile_id')}`,
  keep: 'first_name IS NOT NULL OR last_name IS NOT NULL',
};

const job: Derived = {
  table: 'job',
  key: ['job_id'],
  namedBy: [['job_id']],
  columns: [],
  reads: ['job_id'],
  select: (scope) => `SELECT DISTINCT job_id FROM appointment WHERE job_id IS NOT NULL AND ${scope('job_id')}`,
  keep: 'title IS NOT NULL OR department IS NOT NULL',
};

/** All derived tables. */
export const DERIVED: readonly Derived[] = [interview, timeSlot, employee, application, candidate, job];

const list = (names: readonly string[], prefix = ''): string => names.map((name) => `${prefix}${name}`).join(', ');

/**
 * Returns the statement that upserts a derived table where `scope` holds: `scope` takes the expression of a key and returns a condition on
 * it. Rows that are already right are not touched. `empty`: the table has no rows yet; then the search for existing ones is left out, which
 * takes a quarter of the time.
 */
export function upsertDerived(derived: Derived, scope: (key: string) => string, empty = false): string {
  const { table, key, columns } = derived;
  const update =
    columns.length === 0
      ? 'NOTHING'
      : `UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}
         WHERE (${list(columns, 't.')}) IS DISTINCT FROM (${list(columns, 'excluded.')})`;
  return `/* derive.${table} */ INSERT INTO ${table} AS t (${list([...key, ...columns])}) ${derived.select(scope)}
    ${empty ? '' : `ON CONFLICT (${list(key)}) DO ${update}`}`;
}

/** Returns the statement that deletes the orphans of a derived table where `scope` holds. */
export function deleteOrphans({ table, key, namedBy, keep }: Derived, scope: (key: string) => string): string {
  const isOrphan = namedBy.map(
    (names) =>
      `NOT EXISTS (SELECT FROM appointment a WHERE ${names.map((name, at) => `a.${name} = t.${key[at]}`).join(' AND ')})`,
  );
  const conditions = [scope(`t.${key[0]}`), ...isOrphan, ...(keep ? [`NOT (${keep})`] : [])];
  return `/* derive.${table}.gone */ DELETE FROM ${table} t WHERE ${conditions.join(' AND ')}`;
}
