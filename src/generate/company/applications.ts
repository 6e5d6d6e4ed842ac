import { uuid } from '../identifiers.ts';
import { itemAt } from '../item-at.ts';
import type { Random } from '../random.ts';
import { DAY_SECONDS } from '../time/calendar.ts';
import { ZONES, type Zone } from '../time/zones.ts';
import { FIRST_STAGES, NEXT_STAGES, type Stage } from './hiring-process.ts';
import type { Job, OpenJobs } from './jobs.ts';

/** A candidate's application for a job. */
export interface Application {
  readonly id: string;
  readonly candidateId: string;
  readonly job: Job;
  /** Time zone in which its interviews are planned, except those in the office. */
  readonly zone: Zone;
  /** How good the candidate is, from 0 to 1; ratings and offers follow it. */
  readonly quality: number;
  stage: Stage;
  /** When its next interview may be planned, in seconds since 1970. */
  readyAt: number;
}

const MAX_OPEN_APPLICATIONS = 8_000;
const MAX_RECENT_CANDIDATES = 2_000;

/** The applications that wait for an interview. Their number is bounded: if too many wait, one is dropped. */
export class OpenApplications {
  readonly #random: Random;
  readonly #jobs: OpenJobs;
  readonly #waiting: Application[] = [];
  readonly #maxWaiting: number;
  readonly #recentCandidates: string[] = [];
  readonly #remoteZones: readonly Zone[];
  #remote = 0;

  constructor(random: Random, jobs: OpenJobs, rows: number) {
    this.#random = random;
    this.#jobs = jobs;
    this.#maxWaiting = Math.min(MAX_OPEN_APPLICATIONS, 4 + Math.floor(rows / 100));
    this.#remoteZones = random.shuffled(ZONES);
  }

  /** Returns the application for which an interview is created at a time. It no longer waits. */
  next(now: number): Application {
    for (let attempt = 0; attempt < 3 && this.#waiting.length > 0; attempt++) {
      const index = this.#random.below(this.#waiting.length);
      const application = itemAt(this.#waiting, index);
      if (application.readyAt <= now) {
        this.#waiting[index] = itemAt(this.#waiting, this.#waiting.length - 1);
        this.#waiting.pop();
        return application;
      }
    }
    return this.#newApplication(now);
  }

  /**
   * Moves an application on after its interview: to the next stage, or closed. A canceled interview is mostly planned
   * again.
   */
  interviewed(application: Application, overAt: number, canceled: boolean): void {
    const random = this.#random;
    const drawn = canceled && random.chance(0.7) ? application.stage : random.weighted(NEXT_STAGES[application.stage]);
    const stage = drawn === 'OFFER' && application.quality < 0.35 ? 'REJECTED' : drawn;
    if (stage === 'closed') return;
    application.stage = stage;
    application.readyAt = overAt + random.below(6 * DAY_SECONDS);
    const index = this.#waiting.length < this.#maxWaiting ? this.#waiting.length : random.below(this.#maxWaiting);
    this.#waiting[index] = application;
  }

  #newApplication(now: number): Application {
    const random = this.#random;
    const job = this.#jobs.next();
    return {
      id: uuid(random),
      candidateId: this.#candidateId(),
      job,
      zone: this.#zone(job),
      quality: random.next(),
      stage: random.weighted(FIRST_STAGES),
      readyAt: now,
    };
  }

  /** Returns a candidate's id: mostly a new one; some have applied before. */
  #candidateId(): string {
    const random = this.#random;
    const recent = this.#recentCandidates;
    if (recent.length > 0 && random.chance(0.12)) return random.pick(recent);
    const id = uuid(random);
    recent[recent.length < MAX_RECENT_CANDIDATES ? recent.length : random.below(MAX_RECENT_CANDIDATES)] = id;
    return id;
  }

  /** Returns a time zone: mostly the office's. Those of remote candidates are taken from all zones in turn. */
  #zone(job: Job): Zone {
    if (!this.#random.chance(0.2)) return job.office.zone;
    this.#remote = (this.#remote + 1) % this.#remoteZones.length;
    return itemAt(this.#remoteZones, this.#remote);
  }
}
