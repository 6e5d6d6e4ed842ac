import { type ExecutionResult, GraphQLError } from 'graphql';
import { isDatabaseError } from '../../db/connection/errors/database-errors.ts';
import type { Snapshot } from '../../db/connection/snapshot.ts';
import { sql } from '../../db/sql.ts';
import { Failure } from '../../domain/errors.ts';

/**
 * Whether an error in one field ends the operation: one of the database, because all fields share one transaction, which a failed statement
 * aborts; and that a field found no room in a queue, for which it should not wait a second time.
 */
export const endsOperation = (error: unknown): boolean =>
  isDatabaseError(error) || (error instanceof Failure && error.code === 'OPERATIONS_BUSY');

/** Returns the result, or throws the error that occurred in it and ends the operation. What later statements return is worthless. */
export async function rejectPartialResult(
  result: ExecutionResult,
  { query }: Pick<Snapshot, 'query'>,
): Promise<ExecutionResult> {
  const causes = result.errors?.flatMap(({ originalError }) => originalError ?? []) ?? [];
  const fault = causes.find(endsOperation);
  if (fault) throw fault;
  // The failed statement's error may be lost, because it occurred below something already null. In an aborted transaction the next
  // statement fails too.
  if (causes.some((cause) => !(cause instanceof Failure || cause instanceof GraphQLError)))
    await query(sql`/* snapshot.check */ SELECT 1`);
  return result;
}
