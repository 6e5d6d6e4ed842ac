import type { Query } from '../connection/snapshot.ts';
import type { DataState } from '../query/state/data-state.ts';

/** A question that was asked lately, and whose answer is not kept of the rows as they are now. */
export interface Outdated {
  /** Whether somebody else has had it answered in the meantime. */
  isKept(): boolean;
  /** Answers it in a snapshot of that state, and keeps the answer. Errors: those of the query. */
  answer(query: Query): Promise<void>;
  /** Forgets it: it can't be answered any more. */
  forget(): void;
}

/** Answers that are kept, with the questions that were asked lately. */
export interface KeptAnswers {
  /** Whether questions are remembered. */
  isAsked(): boolean;
  /** Returns the remembered questions whose answers are not kept of rows in this state, what was asked last first. */
  outdated(state: DataState): readonly Outdated[];
}
