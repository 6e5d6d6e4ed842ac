import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../domain/errors.ts';
import type { Database } from '../connection/open.ts';
import { inSnapshot } from '../connection/snapshot.ts';
import { currentDataState, type DataState, readDataState } from '../query/state/data-state.ts';
import type { KeptAnswers, Outdated } from './outdated.ts';

/** When answers are computed again. */
export interface RefreshOptions {
  /** Milliseconds between two looks whether rows or clock have changed. Once they are found unchanged again, the changes are over. */
  readonly lookMs: number;
  /** Milliseconds from which an answer is worth it. */
  readonly costlyMs: number;
}

export const REFRESH: RefreshOptions = { lookMs: 3_000, costlyMs: 50 };

/** For each millisecond of computing, the milliseconds without: where rows change each minute, this is a tenth of the work of one processor. */
const REST = 9;

/** Slots for work that nobody waits for. */
interface IdleSlots {
  /** Waits until all slots are free, and takes one. `wanted` is aborted when somebody waits for it. Errors: the signal’s reason. */
  acquireIdle(signal: AbortSignal): Promise<{ readonly release: () => void; readonly wanted: AbortSignal }>;
}

/** What computing answers again needs. */
export interface RefreshParts {
  readonly db: Pick<Database, 'pool' | 'operations' | 'prepared' | 'cancel' | 'leaveReplica' | 'layout' | 'state'>;
  readonly kept: readonly KeptAnswers[];
  /** Those of all who measure. */
  readonly slots: IdleSlots;
  /** Does work once one of the connections for operations is free for it; `waitedMs` is how long that took. Errors: that none is; the signal’s. */
  readonly inTurn: <T>(signal: AbortSignal, work: (waitedMs: number) => Promise<T>) => Promise<T>;
  /** The maximum time of a statement, in milliseconds. */
  readonly timeoutMs: number;
  readonly lookMs: number;
  readonly log: { debug(what: object, message: string): void };
  /** Called with each answer. */
  readonly onAnswered: () => void;
}

/** What computing has given, and taken. */
interface Spent {
  answers: number;
  milliseconds: number;
}

/** Thrown where the rows have changed again. */
class OtherState extends Error {}

/**
 * Computes kept answers again when rows or clock have changed, so that who looks next does not wait: one after the other, as long as nobody
 * else measures, until the signal is aborted. Rows are looked at rather than listened for, because commands and other instances change them,
 * too; and only while there is something to compute. Never rejects.
 */
export async function refreshKept(parts: RefreshParts, signal: AbortSignal): Promise<void> {
  const { db, kept, lookMs, log } = parts;
  let [seen, done] = ['', ''];
  let restedAt = 0;
  while (await passed(lookMs, signal)) {
    if (!kept.some((answers) => answers.isAsked())) continue;
    try {
      const state = await orAborted(currentDataState(db.pool), signal);
      const found = JSON.stringify(state);
      const isOver = found === seen;
      seen = found;
      if (!isOver || found === done || performance.now() < restedAt) continue;
      const spent: Spent = { milliseconds: 0, answers: 0 };
      try {
        await refreshAll(parts, state, spent, signal);
        done = found;
        if (spent.answers > 0) log.debug({ ...state, ...spent }, 'kept answers were computed again');
      } finally {
        restedAt = performance.now() + REST * spent.milliseconds;
      }
    } catch (err) {
      if (!signal.aborted && !(err instanceof OtherState)) log.debug({ err }, 'kept answers were not computed again');
    }
  }
}

/** Waits. Returns whether the signal is not aborted. It does not keep the process alive. */
const passed = (milliseconds: number, signal: AbortSignal): Promise<boolean> =>
  sleep(milliseconds, true, { signal, ref: false }).catch(() => false);

/** Waits for the end of work, or of the signal. Errors: those of the work; the signal’s reason. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Computes what is outdated in this state. Errors: OtherState if it is no longer that; DATABASE_UNAVAILABLE; the signal’s reason. */
async function refreshAll(parts: RefreshParts, state: DataState, spent: Spent, signal: AbortSignal): Promise<void> {
  for (const outdated of parts.kept.flatMap((answers) => answers.outdated(state))) {
    let isDone = false;
    while (!isDone) isDone = await answerWhenIdle(outdated, parts, state, spent, signal);
  }
}

/** Answers one question, unless it is answered already. Returns false if it gave way to somebody. Errors: those of `refreshAll`. */
async function answerWhenIdle(
  outdated: Outdated,
  parts: RefreshParts,
  state: DataState,
  spent: Spent,
  signal: AbortSignal,
): Promise<boolean> {
  const { release, wanted } = await parts.slots.acquireIdle(signal);
  const began = performance.now();
  try {
    if (!outdated.isKept() && (await answer(outdated, parts, state, AbortSignal.any([signal, wanted]))))
      spent.answers++;
    return true;
  } catch (error) {
    if (signal.aborted || !wanted.aborted) throw error;
    return false;
  } finally {
    spent.milliseconds += performance.now() - began;
    release();
  }
}

/** Answers one question; one that can’t be answered is forgotten, and it returns false. Errors: those of `refreshAll` and of `inTurn`. */
function answer(
  outdated: Outdated,
  { db, inTurn, timeoutMs, log, onAnswered }: RefreshParts,
  state: DataState,
  signal: AbortSignal,
): Promise<boolean> {
  return inTurn(signal, async (waitedMs) => {
    try {
      await inSnapshot(db, { milliseconds: timeoutMs, waitedMs, signal, single: false }, async ({ query }) => {
        const { version, knownAt } = await readDataState(query);
        if (version !== state.version || knownAt !== state.knownAt) throw new OtherState();
        await outdated.answer(query);
      });
      onAnswered();
      return true;
    } catch (err) {
      const isPassing = err instanceof OtherState || (err instanceof Failure && err.code === 'DATABASE_UNAVAILABLE');
      if (signal.aborted || isPassing) throw err;
      outdated.forget();
      log.debug({ err }, 'a kept answer was not computed again');
      return false;
    }
  });
}
