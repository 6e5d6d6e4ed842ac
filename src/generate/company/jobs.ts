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
  /** Who interviews for it; the first one is the hiring manager. */
  readonly team: readonly Person[];
  readonly coordinator: Person;
}

const APPLICATIONS_PER_JOB = 9;
const MAX_OPEN_JOBS = 1_500;

/** The jobs that are open at a time: now and then one is filled and another is opened in its place. */
export class OpenJobs {
  readonly #random: Random;
  readonly #organisation: Organisation;
  readonly #jobs: Job[] = [];
  readonly #most: number;

  constructor(random: Random, organisation: Organisation, rows: number) {
    this.#random = random;
    this.#organisation = organisation;
    this.#most = Math.min(MAX_OPEN_JOBS, 3 + Math.floor(rows / 250));
  }

  /** The job of a new application. */
  next(): Job {
    if (this.#jobs.length === 0 || this.#random.chance(1 / APPLICATIONS_PER_JOB)) {
      const place = this.#jobs.length < this.#most ? this.#jobs.length : this.#random.below(this.#most);
      this.#jobs[place] = this.#opened();
    }
    return this.#random.pick(this.#jobs);
  }

  #opened(): Job {
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
