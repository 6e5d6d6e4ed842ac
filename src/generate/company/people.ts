import { employeeId } from '../identifiers.ts';
import type { Language } from '../interview/review-sentences.ts';
import type { Random } from '../random.ts';
import { CULTURES } from './names.ts';

/** A person who interviews or schedules. */
export interface Person {
  /** Null for an external interviewer, whom the source system knows by name only. */
  readonly id: string | null;
  readonly firstName: string;
  readonly lastName: string;
  /** The language of their reviews. */
  readonly language: Language;
  /** How much higher (or lower) than others they rate, in points. */
  readonly leniency: number;
  /** Probability that they give feedback after an interview. */
  readonly diligence: number;
  /** How much slower than others they give feedback, as a factor. */
  readonly slowness: number;
}

function person(random: Random, id: string | null): Person {
  const culture = random.pick(CULTURES);
  return {
    id,
    firstName: random.pick(culture.firstNames),
    lastName: random.pick(culture.lastNames),
    language: random.chance(0.4) ? culture.language : 'en',
    leniency: random.next() * 1.4 - 0.7,
    diligence: random.chance(0.12) ? random.next() * 0.5 : 0.75 + random.next() * 0.24,
    slowness: random.chance(0.15) ? 2 + random.next() * 2 : 0.4 + random.next(),
  };
}

/** Returns employees with ids of their own: mostly 24 hexadecimal digits, some from a payroll system. */
export function employees(random: Random, count: number): Person[] {
  const result: Person[] = [];
  for (let index = 0; index < count; index++) {
    const employee = person(random, random.chance(0.06) ? `E${String(index).padStart(6, '0')}` : employeeId(random));
    // Two people may share a name: now and then an employee gets the names of an earlier one.
    const namesake = index > 0 && random.chance(0.02) ? random.pick(result) : employee;
    result.push({ ...employee, firstName: namesake.firstName, lastName: namesake.lastName });
  }
  return result;
}

/** Returns an interviewer from outside the organisation. */
export function externalInterviewer(random: Random): Person {
  return person(random, null);
}
