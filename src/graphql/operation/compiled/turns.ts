/**
 * Turns of the event loop: a large operation is completed and written piece by piece. In each turn of the event loop one piece of one of
 * them is, so that small operations wait for one piece at most, however many large ones there are.
 */

/** The cost of what is completed in one turn (costs.ts): a few milliseconds. */
export const COST_OF_TURN = 10_000;

/** The items of each list that graphql-js completes in one turn. */
const ITEMS_OF_TURN = 10;

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
