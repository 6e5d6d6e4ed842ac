/** The day from which names and reviews are kept (docs/retention.md). It is stored, so that imports and every instance go by the same one. */
import type pg from 'pg';
import { Failure } from '../../domain/errors.ts';
import { firstQuietTime, MAX_QUIET_DAYS } from '../history/quiet-time.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** Returns the day as `yyyy-MM-dd` (UTC); null if nothing ever expired. Errors: those of the database. */
export async function readRetainedFrom(client: Queryable): Promise<string | null> {
  const { rows } = await client.query<{ day: string | null }>(
    `/* retention.day */ SELECT to_char(retained_from, 'YYYY-MM-DD') AS day FROM dataset`,
  );
  return rows[0]?.day ?? null;
}

/** The day that is stored, and what the database's clock says it should be. */
interface NextDay {
  readonly stored: string | null;
  readonly next: string;
  /** Whether retention was applied on this day already. */
  readonly isDone: boolean;
  /** Whether it was applied at a time that is still to come. */
  readonly wasAhead: boolean;
  /** Days since it was applied; if it never was, of the first long time without an import, or since the newest one; null: there was none. */
  readonly quietDays: number | null;
  /** The times that these follow from, as text; `until` is null if the quiet days last until now. */
  readonly now: string;
  readonly seen: string | null;
  readonly until: string | null;
}

/** A time as text. */
const shownSql = (time: string): string => `to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')`;

/**
 * An import does not vouch for the clock: if that was set ahead, the import was by the wrong one. So all of them count until retention was applied
 * once, which a quiet time among them holds up; from then on it counts how long ago that is.
 */
const NEXT = `/* retention.next */ SELECT to_char(retained_from, 'YYYY-MM-DD') AS stored, to_char(next, 'YYYY-MM-DD') AS next,
    coalesce((retained_at AT TIME ZONE 'UTC')::date = today, false) AS "isDone",
    coalesce(retained_at > clock.now + interval '1 day', false) AS "wasAhead",
    floor(extract(epoch FROM coalesce(until, clock.now) - seen) / 86400)::int AS "quietDays",
    ${shownSql('clock.now')} AS now, ${shownSql('seen')} AS seen, ${shownSql('nullif(until, clock.now)')} AS until
  FROM dataset
    CROSS JOIN LATERAL (SELECT clock_timestamp() AS now) clock
    CROSS JOIN LATERAL (SELECT (clock.now AT TIME ZONE 'UTC')::date AS today) utc
    CROSS JOIN LATERAL (SELECT (today - make_interval(months => $1::int))::date AS next) due
    LEFT JOIN LATERAL (
      SELECT retained_at AS seen, clock.now AS until WHERE retained_at IS NOT NULL
      UNION ALL SELECT * FROM (${firstQuietTime('clock.now')}) quiet WHERE retained_at IS NULL
    ) quiet ON true`;

/** Reads it. `months`: how long names and reviews are kept. Errors: those of the database. */
async function readNextDay(client: Queryable, months: number): Promise<NextDay> {
  const { rows } = await client.query<NextDay>(NEXT, [months]);
  const [day] = rows;
  if (!day) throw new Error('the dataset has no row');
  return day;
}

/** Whether the day moves: never back, as more months do not bring anything back. */
const isLater = ({ stored, next }: NextDay): boolean => stored === null || next > stored;

/** Returns whether retention is still to be applied today, or for fewer months than before. Errors: those of the database. */
export async function isRetentionDue(client: Queryable, months: number): Promise<boolean> {
  const day = await readNextDay(client, months);
  return !day.isDone || isLater(day);
}

/**
 * Moves the day as the months say, in the caller's transaction, which must hold the import lock. `anyClock`: also if the clock of the database
 * has moved so far since the last time, or among the imports before the first one, that it may be wrong; then the day even moves back, if that
 * time is still to come. Returns the day. Errors: CONFLICT if the clock may be wrong; those of the database.
 */
export async function moveRetainedFrom(client: Queryable, months: number, anyClock: boolean): Promise<string> {
  const day = await readNextDay(client, months);
  const isDoubtful = day.wasAhead || (day.quietDays !== null && day.quietDays > MAX_QUIET_DAYS);
  if (isDoubtful && !anyClock) throw doubtfulClock(day);
  const from = isLater(day) || day.wasAhead ? day.next : (day.stored ?? day.next);
  await client.query(
    "/* retention.move */ UPDATE dataset SET retained_from = $1::date, retained_at = date_trunc('second', clock_timestamp())",
    [from],
  );
  return from;
}

function doubtfulClock({ wasAhead, quietDays, now, seen, until }: NextDay): Failure {
  const during = until === null ? `since ${seen} (UTC)` : `from ${seen} to ${until} (UTC)`;
  const strange = wasAhead
    ? `retention was applied at ${seen} (UTC) already, so that it was wrong then, or is now`
    : `nothing was imported or expired for ${quietDays} days, ${during}`;
  return new Failure(
    'CONFLICT',
    `The clock of the database says ${now} (UTC), but ${strange}. Nothing has expired, because that can’t be undone. If the clock is right, run \`npm run retain -- --any-clock\` once.`,
  );
}
