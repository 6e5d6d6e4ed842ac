import { itemAt } from '../item-at.ts';
import type { Random } from '../random.ts';
import { employees, type Person } from './people.ts';

const MAX_INTERVIEWERS = 20_000;
const MAX_COORDINATORS = 400;
/** The load of interviewers depends on their rank, of which there are this many. */
const RANKS = 250;

/** The employees who interview and schedule. Their number is bounded, so that memory doesn't grow with the rows. */
export interface Organisation {
  readonly interviewers: readonly Person[];
  /** Recruiting coordinators, who create most interviews. */
  readonly coordinators: readonly Person[];
}

/** Returns an organisation that is large enough for that many rows in a year or two. */
export function organisationOf(random: Random, rows: number): Organisation {
  return {
    interviewers: employees(random, Math.min(MAX_INTERVIEWERS, 12 + Math.floor(rows / 40))),
    coordinators: employees(random, Math.min(MAX_COORDINATORS, 2 + Math.floor(rows / 1500))),
  };
}

/** Returns an interviewer. A few are picked very often: the top hundredth several times as often as the median. */
export function busyInterviewer(random: Random, { interviewers }: Organisation): Person {
  const perRank = Math.ceil(interviewers.length / RANKS);
  const ranks = Math.ceil(interviewers.length / perRank);
  const rank = Math.floor(random.next() * random.next() * ranks);
  const index = Math.min(rank * perRank + random.below(perRank), interviewers.length - 1);
  return itemAt(interviewers, index);
}
