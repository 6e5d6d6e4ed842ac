import { uuid } from '../identifiers.ts';
import type { Random } from '../random.ts';
import { HIRING_PROCESSES, type HiringProcess } from './hiring-process.ts';
import { OFFICES, type Office } from './offices.ts';
import { busyInterviewer, type Organisation } from './organisation.ts';
import type { Person } from './people.ts';

export interface Job {
  readonly id: string;
  readonly office: Office;
  readonly process: HiringProcess;
  /** The interviewers of the job; the first one is the hiring manager. */
  readonly team: readonly Person[];
  readonly coordinator: Person;
}

const APPLICATIONS_PER_JOB = 9;
const MAX_OPEN_JOBS = 1_500;

/** The jobs that are open at a time: now and then one is filled and replaced by a new one. */
export class OpenJobs {
  readonly #random: Random;
  readonly #organisation: Organisation;
  readonly #jobs: Job[] = [];
  readonly #maxOpen: number;

  constructor(random: Random, organisation: Organisation, rows: number) {
    this.#random = random;
    this.#organisation = organisation;
    this.#maxOpen = Math.min(MAX_OPEN_JOBS, 3 + Math.floor(rows / 250));
  }

  /** Returns the job of a new application. */
  next(): Job {
    if (this.#jobs.length === 0 || this.#random.chance(1 / APPLICATIONS_PER_JOB)) {
      const index = this.#jobs.length < this.#maxOpen ? this.#jobs.length : this.#random.below(this.#maxOpen);
      this.#jobs[index] = this.#open();
    }
    return this.#random.pick(this.#jobs);
  }

  #open(): Job {
    const random = this.#random;
    const team = new Set<Person>();
    for (let seats = random.between(6, 14); seats > 0; seats--) team.add(busyInterviewer(random, this.#organisation));
    return {
      id: uuid(random),
      office: random.pick(OFFICES),
      process: random.weighted(HIRING_PROCESSES),
      team: [...team],
      coordinator: random.pick(this.#organisation.coordinators),
    };
  }
}
