import type { ExecutionResult } from 'graphql';
import { COST_OF_TURN, nextTurn } from './turns.ts';

/** The characters of JSON that are written in one turn of the event loop. */
const CHARACTERS_OF_TURN = 500_000;

/** Shorter lists may have large items, which are written in pieces; of longer ones each item is a piece. */
const SHORT_LIST = 20;

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
