import type { FastifyBaseLogger } from 'fastify';
import { type ExecutionArgs, type ExecutionResult, execute, type GraphQLSchema } from 'graphql';
import { inSnapshot } from '../../db/connection/snapshot.ts';
import { RequestLoaders } from '../connection/request-loaders.ts';
import type { OperationRequest } from '../context.ts';
import { MAX_ANSWER_CHARACTERS } from '../limits.ts';
import { accessErrors } from './access.ts';
import { hasMoreCharacters } from './characters.ts';
import { withCoercedType } from './coerced-variables.ts';
import { costError, costOf } from './cost.ts';
import type { Documents } from './document.ts';
import { toClientErrors, tooComplex } from './errors.ts';
import { type PreparedOperation, prepare } from './prepare.ts';
import { coerceValues } from './variables.ts';
import { requireWholeResult } from './whole-result.ts';

/** An operation as it came in, whichever way it came. */
export interface Operation {
  /** The text of its document. */
  readonly query: string;
  readonly operationName?: string | null | undefined;
  /** As they were given, of a bounded size (src/domain/json-size.ts). */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whose operation it is, and where what goes wrong with it is logged. */
  readonly request: OperationRequest & { readonly log: FastifyBaseLogger };
}

/**
 * Gives what performs operations on a schema, each within so many milliseconds: reads the document, refuses what its token may not use,
 * brings its values into their types, refuses what costs too much, and executes it in one snapshot of the data. The errors of the result are as the client is told
 * them.
 */
export function createPerform(
  schema: GraphQLSchema,
  documents: Documents,
  milliseconds: number,
): (operation: Operation) => Promise<ExecutionResult> {
  const executionSchema = withCoercedType(schema);

  async function perform({ query, operationName, variables, request }: Operation): Promise<ExecutionResult> {
    const { document, errors: faults } = documents.check(query);
    if (faults.length > 0) return { errors: faults };
    const operation = prepare(schema, document, operationName);
    const errors = accessErrors(schema, operation, variables, request.viewer);
    if (errors.length > 0) return { errors };
    const coerced = coerceValues(schema, operation, variables);
    if ('errors' in coerced) return coerced;
    const { values } = coerced;
    const cost = costOf(schema, operation, values);
    const refusal = costError(cost);
    const result = refusal
      ? { errors: [refusal] }
      : await withClientErrors(request, () => executeOperation(operation, values, request));
    return { ...result, extensions: { cost } };
  }

  async function executeOperation(
    { executable, readsData }: PreparedOperation,
    variableValues: Readonly<Record<string, unknown>>,
    request: Operation['request'],
  ): Promise<ExecutionResult> {
    const args: ExecutionArgs = {
      schema: executionSchema,
      document: executable,
      variableValues,
      contextValue: request,
    };
    const result = readsData
      ? await inSnapshot(request.db, { milliseconds, signal: request.signal }, async (snapshot) =>
          requireWholeResult(
            await execute({ ...args, contextValue: { ...request, ...snapshot, loaders: new RequestLoaders() } }),
            snapshot,
          ),
        )
      : await execute(args);
    if (hasMoreCharacters(result.data, MAX_ANSWER_CHARACTERS))
      throw tooComplex(
        `The answer has more than ${MAX_ANSWER_CHARACTERS} characters; no more are allowed. Ask for fewer nodes or fewer fields.`,
      );
    return result;
  }

  return async (operation) => await withClientErrors(operation.request, () => perform(operation));
}

/** The result of some work, with its errors, and what it throws, as the client is told them. */
async function withClientErrors(
  request: Operation['request'],
  work: () => Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  try {
    const { errors, ...result } = await work();
    return errors?.length ? { errors: toClientErrors(errors, request), ...result } : result;
  } catch (error) {
    return { errors: toClientErrors([error], request) };
  }
}
