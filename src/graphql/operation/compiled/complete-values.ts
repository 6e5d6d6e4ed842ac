/**
 * Completes the values that resolvers returned (GraphQL, "Value Completion"), for compiled operations. A list of a large operation is
 * completed in several turns of the event loop (turns.ts).
 */
import type { GraphQLLeafType, GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import { COST_OF_TURN, nextTurn } from './turns.ts';

/** One execution. */
export interface Run {
  readonly context: Context;
  readonly values: Readonly<Record<string, unknown>>;
  /** What resolvers are told of each field, by its number; made when it is first needed. */
  readonly infos: (GraphQLResolveInfo | undefined)[];
  /** The characters of texts and names in the result. */
  characters: number;
  /** The cost of what was read, and the cost of the fields of each kind of object, by its number. */
  cost: number;
  /** The cost at which the event loop has its next turn, and that turn while lists wait for it. */
  pauseAt: number;
  pause: Promise<void> | null;
  readonly objectCosts: (number | undefined)[];
}

/** Returns an execution that has read nothing yet. */
export const newRun = (context: Context, values: Run['values']): Run => ({
  context,
  values,
  infos: [],
  characters: 0,
  cost: 0,
  pauseAt: context.turns.paced ? 0 : COST_OF_TURN,
  pause: null,
  objectCosts: [],
});

/** Turns what a resolver returned into a part of the result. */
export type Complete = (value: unknown, run: Run) => unknown;
/** Thrown where graphql-js would report an error. */
export class NeedsErrors extends Error {}

/**
 * Returns a promise of what `then` makes of a value. After an error in one field nobody waits for the others, and their errors must not
 * count as unhandled.
 */
export function awaited<T, R>(value: Promise<T>, then: (value: T) => R | Promise<R>): Promise<R> {
  const result = value.then(then);
  result.catch(() => {});
  return result;
}

/** Returns a value that the schema says is never null. Throws NeedsErrors where it is. */
export function required(value: unknown): unknown {
  if (value === null || value === undefined) throw new NeedsErrors();
  return value;
}

/** Returns a list with its items completed, or a promise of it. Throws NeedsErrors for another value. */
export function completeList(value: unknown, complete: Complete, run: Run): unknown {
  if (!Array.isArray(value)) throw new NeedsErrors();
  let waits = false;
  const items: unknown[] = [];
  for (const item of value) {
    if (isPaused(run)) return completeLater(value, items, complete, run);
    const done = completeItem(item, complete, run);
    waits ||= done instanceof Promise;
    items.push(done);
  }
  return waits ? awaited(Promise.all(items), (all) => all) : items;
}

/** Completes the other items of a list, in the turns of the event loop that this operation has. */
function completeLater(value: readonly unknown[], items: unknown[], complete: Complete, run: Run): Promise<unknown> {
  const end = run.context.turns.begin();
  const later = async () => {
    for (let index = items.length; index < value.length; index++) {
      while (isPaused(run)) await run.pause;
      // Nobody waits for the others.
      run.context.signal.throwIfAborted();
      items.push(completeItem(value[index], complete, run));
    }
  };
  return awaited(later().finally(end), () => Promise.all(items));
}

const completeItem = (item: unknown, complete: Complete, run: Run): unknown =>
  item instanceof Promise ? awaited(item, (found) => complete(found, run)) : complete(item, run);

/** Whether the operation has to wait for the next turn of the event loop. All its lists then wait for the same one. */
function isPaused(run: Run): boolean {
  if (run.pause === null && run.cost >= run.pauseAt)
    run.pause = nextTurn().then(() => {
      run.pauseAt = run.cost + COST_OF_TURN;
      run.pause = null;
    });
  return run.pause !== null;
}

/** Returns a function that completes the values of a scalar or an enumeration. It throws NeedsErrors for a value that it can't have. */
export const completeLeaf =
  (type: GraphQLLeafType): Complete =>
  (value, run) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw new NeedsErrors();
    const text: unknown = type.serialize(value);
    if (text === null || text === undefined) throw new NeedsErrors();
    if (typeof text === 'string') run.characters += text.length;
    return text;
  };
