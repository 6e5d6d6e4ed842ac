/**
 * Turns of the event loop: a large operation is completed and written piece by piece. In each turn of the event loop one piece of one of
 * them is, so that small operations wait for one piece at most, however many large ones there are.
 */
import type { ExecutionResult } from 'graphql';

/** The cost of what is completed in one turn (costs.ts): a few milliseconds. */
export const COST_OF_TURN = 10_000;

/** The items of each list that graphql-js completes in one turn. */
const ITEMS_OF_TURN = 10;

/** The characters of JSON that are written in one turn. */
const CHARACTERS_OF_TURN = 500_000;

/** Lists of fewer items are written item by item, and longer ones in pieces. */
const SHORT_LIST = 20;

/** Who waits for a turn, in the order of arrival. */
const waiting: (() => void)[] = [];

/** Waits for a turn of the event loop that no other operation has. */
export const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(giveTurn);
  });

function giveTurn(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(giveTurn);
}

/** The turns of one operation. */
export class Turns {
  /** Whether its lists are completed in turns, because it may be too large for one. */
  readonly paced: boolean;
  /** Whether `inTurns` sees to that: for graphql-js, which has no pauses itself. */
  readonly pacesLists: boolean;
  /** The lists that still have items to complete. */
  #unfinished = 0;
  readonly #waiting: (() => void)[] = [];

  /** `cost`: the requested cost of the operation. */
  constructor(cost: number, pacesLists: boolean) {
    this.paced = cost > COST_OF_TURN;
    this.pacesLists = this.paced && pacesLists;
  }

  /** Notes that a list goes on in later turns. Returns what notes its end. */
  begin(): () => void {
    this.#unfinished++;
    return () => {
      if (--this.#unfinished === 0) for (const callback of this.#waiting.splice(0)) callback();
    };
  }

  /** Calls back when the items of all lists have been started, so that one batch has what all of them need (request-loaders.ts). */
  whenStarted(callback: () => void): void {
    // After the promises that are settled already, as DataLoader does by itself.
    void Promise.resolve().then(() =>
      process.nextTick(() => {
        if (this.#unfinished === 0) callback();
        else this.#waiting.push(() => this.whenStarted(callback));
      }),
    );
  }
}

/** Returns the items of a list, as graphql-js is to complete them: at once, or a few in each turn. */
export function inTurns<T>(items: readonly T[], { turns }: { readonly turns: Turns }): readonly (T | Promise<T>)[] {
  if (!turns.pacesLists || items.length <= ITEMS_OF_TURN) return items;
  let turn: Promise<void> | null = null;
  const end = turns.begin();
  const later = items.map((item, index) => {
    if (index > 0 && index % ITEMS_OF_TURN === 0) turn = turn === null ? nextTurn() : turn.then(nextTurn);
    return turn === null ? item : turn.then(() => item);
  });
  void Promise.resolve(later.at(-1)).then(end);
  return later;
}

/** Returns the JSON of a result. */
export async function jsonOf(result: ExecutionResult): Promise<string> {
  if (result.errors || actualCostOf(result) <= COST_OF_TURN) return JSON.stringify(result);
  await nextTurn();
  const written: string[] = [];
  let characters = 0;
  for (const piece of piecesOf(result)) {
    written.push(piece);
    characters += piece.length;
    if (characters < CHARACTERS_OF_TURN) continue;
    characters = 0;
    await nextTurn();
  }
  return written.join('');
}

/** Returns the cost of what a result has, as it says; 0 if it does not say. */
const actualCostOf = ({ extensions }: ExecutionResult): number =>
  (extensions as { readonly cost?: { readonly actual?: number } } | undefined)?.cost?.actual ?? 0;

/** Writes the JSON of a value piece by piece. A property without a value is left out, as by `JSON.stringify`. */
function* piecesOf(value: unknown): Generator<string> {
  if (Array.isArray(value)) yield* piecesOfList(value);
  else if (typeof value === 'object' && value !== null) yield* piecesOfObject(value);
  else yield JSON.stringify(value);
}

function* piecesOfList(items: readonly unknown[]): Generator<string> {
  yield '[';
  for (const [index, item] of items.entries()) {
    if (index > 0) yield ',';
    if (items.length < SHORT_LIST) yield* piecesOf(item);
    else yield JSON.stringify(item);
  }
  yield ']';
}

function* piecesOfObject(object: object): Generator<string> {
  let separator = '{';
  for (const [name, value] of Object.entries(object)) {
    if (value === undefined) continue;
    yield `${separator}${JSON.stringify(name)}:`;
    yield* piecesOf(value);
    separator = ',';
  }
  yield separator === '{' ? '{}' : '}';
}
