import { hash } from 'node:crypto';
import { generateExtract } from '../../../src/generate/generate-extract.ts';
import { ask } from './ask.ts';
import { importOf, READS, type Work } from './works.ts';

/** A state that the rows may be in, whole. No two have the same number of rows, by which the history of imports tells which it was. */
export interface KnownState {
  readonly csv: string;
  readonly rows: number;
}

/** How many rows the next state has less. */
const FEWER = 7;

/** Some states of about so many rows: the same interviews but for a few, the same with other values, and others. */
export function knownStates(rows: number): readonly KnownState[] {
  const state = (fewer: number, seed: number, change: (csv: string) => string = (csv) => csv): KnownState => ({
    csv: change([...generateExtract({ rows: rows - fewer * FEWER, seed })].join('')),
    rows: rows - fewer * FEWER,
  });
  return [state(0, 11), state(1, 11), state(2, 11, (csv) => csv.replaceAll(',VIDEO,', ',PHONE,')), state(3, 12)];
}

const textOf = async (url: string, work: Work): Promise<string> => {
  const answer = await ask(url, work);
  if (answer.kind !== 'whole') throw new Error(`nothing is broken, and ${work.path} is ${JSON.stringify(answer)}`);
  return answer.text;
};

/** The right answers of a service to all that is read, in each of the states; and which state an export is of. */
export class KnownAnswers {
  readonly states: readonly KnownState[];
  readonly #right = new Map<Work, Set<string>>();
  readonly #exports = new Map<string, KnownState>();

  private constructor(states: readonly KnownState[]) {
    this.states = states;
  }

  /** Asks for them, by importing one state after the other. */
  static async learn(url: string, states: readonly KnownState[]): Promise<KnownAnswers> {
    const known = new KnownAnswers(states);
    const [csv] = READS['export as CSV'] ?? [];
    for (const state of states) {
      await textOf(url, importOf(state.csv));
      for (const work of Object.values(READS).flat()) {
        const text = await textOf(url, work);
        known.#right.set(work, (known.#right.get(work) ?? new Set()).add(hash('sha256', text)));
        if (work === csv) known.#exports.set(hash('sha256', text), state);
        if (work === csv && text !== state.csv) throw new Error('an export is not what was imported');
      }
    }
    return known;
  }

  /** Whether a whole answer is that of one of the states. */
  isRight(work: Work, text: string): boolean {
    return this.#right.get(work)?.has(hash('sha256', text)) ?? false;
  }

  /** The state that a CSV of all rows is of; undefined if it is of none. */
  stateOf(csv: string): KnownState | undefined {
    return this.#exports.get(hash('sha256', csv));
  }
}
