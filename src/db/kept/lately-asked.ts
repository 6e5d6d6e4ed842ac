/** The maximum number of questions that are remembered. A dashboard has a dozen, for everybody who sees the same rows. */
export const MAX_REMEMBERED = 64;

/** Milliseconds after which a question that nobody asks is forgotten: a week, so that what is asked each Monday is there on Monday. */
const MAX_AGE_MS = 7 * 86_400_000;

/** How often a question is answered again that nobody asks. Where rows change each minute, that is for two hours. */
const MAX_UNASKED = 100;

interface Remembered<Question> {
  readonly question: Question;
  /** How often it was asked, and when last, by `performance.now`. */
  readonly times: number;
  readonly askedAt: number;
  /** How often it was answered again since. */
  readonly unasked: number;
}

/** The questions that were asked last, by their keys. */
export class LatelyAsked<Question> {
  readonly #questions = new Map<string, Remembered<Question>>();

  /** Remembers that a question was asked now, in the place of another one if there are too many. */
  note(key: string, question: Question): void {
    const times = (this.#questions.get(key)?.times ?? 0) + 1;
    this.#questions.set(key, { question, times, askedAt: performance.now(), unasked: 0 });
    if (this.#questions.size <= MAX_REMEMBERED) return;
    // Those that were asked only once go first: somebody may turn many pages.
    const [oldest] = [...this.#questions]
      .filter(([other]) => other !== key)
      .sort(([, a], [, b]) => Number(a.times > 1) - Number(b.times > 1) || a.askedAt - b.askedAt);
    if (oldest) this.#questions.delete(oldest[0]);
  }

  /** Notes that a question was asked now, if it is remembered. */
  touch(key: string): void {
    const found = this.#questions.get(key);
    if (found) this.note(key, found.question);
  }

  /** Returns the questions with their keys, what was asked last first. Forgets those that nobody asks any more. */
  list(): [key: string, question: Question][] {
    const oldest = performance.now() - MAX_AGE_MS;
    for (const [key, { askedAt, unasked }] of this.#questions)
      if (askedAt < oldest || unasked >= MAX_UNASKED) this.#questions.delete(key);
    return [...this.#questions]
      .sort(([, a], [, b]) => b.askedAt - a.askedAt)
      .map(([key, { question }]) => [key, question]);
  }

  /** Puts what is likely to be asked next in the place of a question. */
  replace(key: string, next: string, question: Question): void {
    const found = this.#questions.get(key);
    if (!found) return;
    this.#questions.delete(key);
    const same = this.#questions.get(next);
    if (same === undefined || same.askedAt < found.askedAt) this.#questions.set(next, { ...found, question });
  }

  /** Notes that a question was answered again. */
  answered(key: string): void {
    const found = this.#questions.get(key);
    if (found) this.#questions.set(key, { ...found, unasked: found.unasked + 1 });
  }

  forget(key: string): void {
    this.#questions.delete(key);
  }
}
