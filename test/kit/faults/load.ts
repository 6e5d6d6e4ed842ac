import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../../src/generate/random.ts';
import { type Answer, ask } from './ask.ts';
import type { KnownAnswers } from './known-answers.ts';
import type { TestUpstream } from './upstream.ts';
import { importOf, READS } from './works.ts';

/** What became of requests, by the kind of work, then by `right` or why not. */
export type Counts = Record<string, Record<string, number>>;

/** Milliseconds between an import and the next, at most; as much between two states of the upstream. */
const MAX_PAUSE_MS = 700;

/** Everybody at once: readers of each kind, one who imports, and an upstream that changes. */
export class Load {
  readonly counts: Counts = {};
  /** What was wrong: answers of no state, errors of a wrong form, requests that were forgotten. */
  readonly wrong: string[] = [];
  /** The numbers of rows of the imports that were answered with success, in their order. */
  readonly saved: number[] = [];
  /** The ids of the requests that were answered with success. */
  readonly answered: string[] = [];
  /** How many imports may have been saved or not, since their answer did not come. */
  unsure = 0;
  readonly #stop = new AbortController();
  readonly #loops: Promise<void>[];

  constructor(url: string, known: KnownAnswers, upstream: TestUpstream, random: Random) {
    const state = () => known.states[random.below(known.states.length)] as (typeof known.states)[number];
    const pause = () => sleep(random.below(MAX_PAUSE_MS), undefined, { signal: this.#stop.signal }).catch(() => {});
    this.#loops = [
      ...Object.entries(READS).map(([kind, works]) =>
        this.#loop(async (round) => {
          const work = works[round % works.length] as (typeof works)[number];
          const answer = await ask(url, work);
          if (answer.kind === 'whole' && !known.isRight(work, answer.text))
            throw new Error(`${work.path} is of no state: ${answer.text.slice(0, 300)}`);
          this.#count(kind, answer);
        }),
      ),
      this.#loop(async () => {
        const { csv, rows } = state();
        const answer = await ask(url, importOf(csv));
        this.#count('import', answer);
        if (answer.kind === 'whole') this.saved.push(rows);
        else if (answer.kind !== 'refused') this.unsure++;
        await pause();
      }),
      this.#loop(async () => {
        upstream.csv = state().csv;
        await pause();
        await pause();
      }),
    ];
  }

  /** Lets all come to their end, and waits for them. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#loops);
  }

  async #loop(work: (round: number) => Promise<void>): Promise<void> {
    for (let round = 0; !this.#stop.signal.aborted; round++) {
      try {
        await work(round);
      } catch (error) {
        this.wrong.push(error instanceof Error ? error.message : String(error));
        if (this.wrong.length > 20) return;
      }
      // What is refused at once is asked again a little later, as clients do.
      await sleep(5);
    }
  }

  #count(kind: string, answer: Answer): void {
    if (answer.kind === 'whole') this.answered.push(answer.id);
    const what = answer.kind === 'whole' ? 'right' : answer.kind === 'refused' ? answer.code : answer.kind;
    const counts = this.counts[kind] ?? {};
    counts[what] = (counts[what] ?? 0) + 1;
    this.counts[kind] = counts;
  }
}
