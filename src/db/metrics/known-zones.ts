import { Failure, shown } from '../../domain/errors.ts';
import type { Query } from '../connection/snapshot.ts';
import { sql } from '../sql.ts';

/** Zones that the database was found to know. Its server reads its files for tens of milliseconds to tell. */
const known = new Set<string>();

const IS_KNOWN = sql`/* metrics.zone */ SELECT EXISTS (SELECT 1 FROM pg_timezone_names WHERE lower(name) = lower($1)) AS "isKnown"`;

/**
 * Checks that the database knows a time zone, before a statement uses it and fails, with all that follows in its transaction. Errors:
 * BAD_USER_INPUT for one that Node knows and Postgres does not, whose lists of zones are of different years; those of the query.
 */
export async function checkZone(query: Query, timeZone: string | null): Promise<void> {
  if (timeZone === null || known.has(timeZone)) return;
  const [found] = await query<{ isKnown: boolean }>(IS_KNOWN, [timeZone]);
  if (!found?.isKnown)
    throw new Failure(
      'BAD_USER_INPUT',
      `timeZone: the database does not know ${shown(timeZone)}; give another place with the same clocks.`,
    );
  known.add(timeZone);
}
