import type { FastifyBaseLogger } from 'fastify';
import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  OperationTypeNode,
} from 'graphql';
import { inSnapshot, type Query } from '../../db/connection/snapshot.ts';
import { Failure } from '../../domain/errors.ts';
import { inSpan } from '../../domain/tracing.ts';
import { unreachable } from '../../domain/types/unreachable.ts';
import type { AuditRecord } from '../../http/request-log/request-record.ts';
import { RequestLoaders } from '../connection/request-loaders.ts';
import type { Context, OperationRequest } from '../context.ts';
import { DOCUMENT_POINTS, MAX_ANSWER_CHARACTERS, REQUEST_POINTS } from '../limits.ts';
import { accessErrors, usesPersonal } from './access.ts';
import { noteArguments, noteOperation } from './audited-operation.ts';
import { type Caching, readTag } from './compiled/cached-answer.ts';
import { type CompiledOperation, type CompiledResult, compileOperation } from './compiled/compiled-operation.ts';
import { Turns } from './compiled/turns.ts';
import { actualCost } from './cost/actual-cost.ts';
import { costError, costOf, type OperationCost, reportedCost } from './cost/cost.ts';
import type { Documents } from './document.ts';
import { toClientErrors, tooComplex } from './errors.ts';
import type { InTurn } from './operation-queue.ts';
import { type PreparedOperation, prepare } from './prepare.ts';
import { endsOperation, rejectPartialResult } from './reject-partial-result.ts';
import { hasMoreCharacters } from './variables/characters.ts';
import { withCoercedType } from './variables/coerced-variables.ts';
import { coerceValues } from './variables/variables.ts';

/** An operation, however it was sent. */
export interface Operation {
  /** The text of the document. */
  readonly query: string;
  readonly operationName?: string | null | undefined;
  /** The raw variables, of bounded size (src/domain/json-size.ts). */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The caller, its resources and its log. */
  readonly request: OperationRequest & {
    readonly log: FastifyBaseLogger;
    readonly caching?: Caching;
    /** Takes what the log says of the request. */
    readonly record: OperationRecord;
  };
}

/** What the log and the metrics say of an operation: its name, its cost, the rows that were read, and the code of its first error. */
interface OperationRecord {
  operation?: string | undefined;
  cost?: { readonly requested: number; readonly isRefused: boolean; actual?: number };
  rows?: () => number;
  code?: string;
  /** Takes what the audit log says besides; missing where there is none. */
  readonly audit?: AuditRecord;
}

/** Names come from clients and may be as long as a document. */
const MAX_LOGGED_NAME = 100;

/** The outcome of an operation: one result, or one per event of a subscription. */
export type Executed = ExecutionResult | AsyncIterableIterator<ExecutionResult>;

/**
 * Returns a function that executes operations of every type. It parses and validates the document, checks the token's access, coerces the
 * variables, checks the cost, waits for the operation's turn, and executes it in one snapshot of the data; all that within `milliseconds`. A
 * subscription passes the same checks, and each of its events is executed in its turn, in a snapshot of its own. Results contain client
 * errors only.
 */
export function createExecute(
  schema: GraphQLSchema,
  documents: Documents,
  { milliseconds, inTurn }: { readonly milliseconds: number; readonly inTurn: InTurn },
): (operation: Operation) => Promise<Executed> {
  const executionSchema = withCoercedType(schema);

  async function executeChecked({ query, operationName, variables, request }: Operation): Promise<Executed> {
    if (!documents.isKnown(query)) await request.points.take(DOCUMENT_POINTS);
    const { document, errors: faults } = documents.check(query);
    if (faults.length > 0) return { errors: faults };
    const operation = prepare(schema, document, operationName);
    request.record.operation = operation.definition.name?.value.slice(0, MAX_LOGGED_NAME);
    const { audit } = request.record;
    if (audit) noteOperation(schema, operation, audit);
    const errors = accessErrors(schema, operation, variables, request.viewer);
    if (errors.length > 0) return { errors };
    const coerced = coerceValues(schema, operation, variables);
    if ('errors' in coerced) return coerced;
    const { values } = coerced;
    if (audit) {
      noteArguments(schema, operation, values, audit);
      audit.isPersonal = usesPersonal(schema, operation, variables);
    }
    const cost = costOf(schema, operation, values);
    const refusal = costError(cost);
    request.record.cost = { requested: cost.requested, isRefused: refusal !== null };
    if (refusal) return { errors: [refusal], extensions: { cost: reportedCost(cost) } };
    const { caching } = request;
    if (caching) await readTag(caching, schema, operation, values, request.viewer);
    if (caching?.isNotModified) return { data: null };
    const args = { schema: executionSchema, document: operation.executable, variableValues: values };
    const executeOnce = async (rootValue?: unknown) => {
      const executed = await withClientErrors(request, () =>
        forPoints(request.points, cost.requested, () =>
          executeOperation({ ...args, rootValue }, operation, cost, request),
        ),
      );
      const { cost: actual, ...result } = executed;
      if (caching && result.errors) caching.tag = null;
      if (actual !== undefined && request.record.cost) request.record.cost.actual = actual;
      return { ...result, extensions: { cost: reportedCost(cost, actual) } };
    };
    const { operation: kind } = operation.definition;
    switch (kind) {
      case OperationTypeNode.QUERY:
      case OperationTypeNode.MUTATION:
        return await executeOnce();
      case OperationTypeNode.SUBSCRIPTION: {
        const events = await createSourceEventStream({ ...args, contextValue: request });
        return Symbol.asyncIterator in events ? resultsOf(events, executeOnce) : events;
      }
      default:
        return unreachable(kind);
    }
  }

  /** Executes an operation: compiled if possible, by graphql-js otherwise and if anything fails, so that errors have one source. */
  async function executeOperation(
    args: ExecutionArgs & { readonly variableValues: Readonly<Record<string, unknown>> },
    operation: PreparedOperation,
    { requested: cost, statements }: OperationCost,
    request: Operation['request'],
  ): Promise<ResultWithCost> {
    const { readsData, single } = operation;
    const withCost = (result: ExecutionResult): ResultWithCost => {
      if (!result.data) return result;
      const returned = actualCost(executionSchema, operation, args.variableValues, result.data);
      return { ...result, cost: statements + returned };
    };
    if (!readsData) return withCost(checkSize(await execute({ ...args, contextValue: request })));
    const { viewer, signal } = request;
    // What a restricted viewer sees is looked up by statements of their own (hide-invisible-items.ts).
    const alone = single && viewer.restriction === null;
    return await inTurn({ caller: viewer.caller, cost, signal }, async (waitedMs) => {
      const arrived = performance.now() - waitedMs;
      const inOne = <T>(pacesLists: boolean, work: (context: Context) => Promise<T>) =>
        inSnapshot(
          request.db,
          { milliseconds, waitedMs: performance.now() - arrived, signal, single: alone },
          (snapshot) => {
            const turns = new Turns(cost, pacesLists);
            const query = countingRows(snapshot.query, request.record);
            return work({ ...request, query, loaders: new RequestLoaders(turns), turns });
          },
        );
      const compiled = compileOperation(executionSchema, operation, args.variableValues);
      const result =
        compiled && (await inOne(false, (context) => executeCompiled(compiled, context, args.variableValues)));
      if (result) return checkSize({ ...result, cost: statements + result.cost });
      const executed = await inOne(true, async (contextValue) =>
        rejectPartialResult(await execute({ ...args, contextValue }), contextValue),
      );
      return withCost(checkSize(executed));
    });
  }

  async function executeSafely(operation: Operation): Promise<Executed> {
    try {
      const executed = await executeChecked(operation);
      return Symbol.asyncIterator in executed ? executed : withClientErrors(operation.request, async () => executed);
    } catch (error) {
      return { errors: toClientErrors([error], operation.request) };
    }
  }

  return async (operation) => {
    const executed = await inSpan('graphql', () => executeSafely(operation));
    const [error] = (!(Symbol.asyncIterator in executed) && executed.errors) || [];
    if (error) operation.request.record.code = String(error.extensions.code ?? 'BAD_USER_INPUT');
    return executed;
  };
}

/** Counts the rows of an attempt’s statements for the log, not those of the attempts before. */
function countingRows(query: Query, record: OperationRecord): Query {
  let count = 0;
  record.rows = () => count;
  const counting = async <Row extends object>(...[statement, parameters, options]: Parameters<Query>) => {
    const rows = await query<Row>(statement, parameters, options);
    count += rows.length;
    return rows;
  };
  return Object.assign(counting, { distributed: query.distributed, whenSure: query.whenSure });
}

/**
 * Returns the result of a compiled operation; null after an error, which graphql-js is to report. Errors: those that end the operation
 * (reject-partial-result.ts).
 */
async function executeCompiled(
  compiled: CompiledOperation,
  context: Context,
  values: Readonly<Record<string, unknown>>,
): Promise<CompiledResult | null> {
  try {
    return await compiled(context, values);
  } catch (error) {
    if (endsOperation(error)) throw error;
    return null;
  }
}

/** Returns the result. Errors: QUERY_TOO_COMPLEX if its texts and names have more than MAX_ANSWER_CHARACTERS characters. */
function checkSize<T extends ExecutionResult & { readonly characters?: number }>({
  characters,
  ...result
}: T): Omit<T, 'characters'> {
  const exceeds =
    characters === undefined
      ? hasMoreCharacters(result.data, MAX_ANSWER_CHARACTERS)
      : characters > MAX_ANSWER_CHARACTERS;
  if (exceeds)
    throw tooComplex(
      `The response exceeds the maximum of ${MAX_ANSWER_CHARACTERS.toLocaleString('en')} characters. Request fewer nodes or fields.`,
    );
  return result;
}

async function* resultsOf(
  events: AsyncIterable<unknown>,
  execute: (event: unknown) => Promise<ExecutionResult>,
): AsyncGenerator<ExecutionResult, void> {
  for await (const event of events) yield await execute(event);
}

/** A result with its actual cost, if that is known. */
type ResultWithCost = ExecutionResult & { readonly cost?: number };

/**
 * Takes the points of an operation beyond those of its request, executes it, and gives back what it did not need: the difference to its
 * actual cost, or all if it was refused for want of room in the queue. Errors: those of `work`; RATE_LIMITED.
 */
async function forPoints(
  points: Operation['request']['points'],
  requested: number,
  work: () => Promise<ResultWithCost>,
): Promise<ResultWithCost> {
  const taken = Math.max(0, requested - REQUEST_POINTS);
  await points.take(taken);
  try {
    const result = await work();
    if (result.cost !== undefined) points.giveBack(taken - Math.max(0, result.cost - REQUEST_POINTS));
    return result;
  } catch (error) {
    if (error instanceof Failure && error.code === 'OPERATIONS_BUSY') points.giveBack(taken);
    throw error;
  }
}

/** Runs `work` and converts the errors in its result, and any error that it throws, into client errors. */
async function withClientErrors(
  request: Operation['request'],
  work: () => Promise<ResultWithCost>,
): Promise<ResultWithCost> {
  try {
    const { errors, ...result } = await work();
    return errors?.length ? { errors: toClientErrors(errors, request), ...result } : result;
  } catch (error) {
    return { errors: toClientErrors([error], request) };
  }
}
