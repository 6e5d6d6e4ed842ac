import { type ExecutionResult, GraphQLError } from 'graphql';
import { isDatabaseError } from '../../db/connection/database-errors.ts';
import type { Snapshot } from '../../db/connection/snapshot.ts';
import { sql } from '../../db/sql.ts';
import { Failure } from '../../domain/errors.ts';

/**
 * Gives a result on, or throws what befell the database in it. All fields share a transaction, which a statement that fails ends: what the
 * others got after it is worth nothing (Prisma gives undefined), and nobody could tell it from what is right.
 */
export async function requireWholeResult(
  result: ExecutionResult,
  { query }: Pick<Snapshot, 'query'>,
): Promise<ExecutionResult> {
  const causes = result.errors?.flatMap(({ originalError }) => originalError ?? []) ?? [];
  const fault = causes.find(isDatabaseError);
  if (fault) throw fault;
  // The error of the statement itself may have come too late, for something that was already null. It is that of the next one, too.
  if (causes.some((cause) => !(cause instanceof Failure || cause instanceof GraphQLError)))
    await query(sql`/* snapshot.check */ SELECT 1`);
  return result;
}
