import type { Job } from '../company/jobs.ts';
import { busyInterviewer, type Organisation } from '../company/organisation.ts';
import { externalInterviewer, type Person } from '../company/people.ts';
import type { Random } from '../random.ts';
import { type Feedback, feedback } from './feedback.ts';
import { type ResponseStatus, response } from './response.ts';

/** One interviewer's part in a time slot. A slot without interviewers has one appointment without a person. */
export interface Appointment {
  readonly interviewer: Person | null;
  readonly status: ResponseStatus | null;
  readonly feedback: Feedback | null;
}

/** What is known about a time slot at the time of the extract. */
interface Outcome {
  /** The instant at which it ends; null if no time is set. */
  readonly endsAt: number | null;
  readonly canceled: boolean;
  /** The candidate's quality, from 0 to 1. */
  readonly quality: number;
  /** The instant of the extract. */
  readonly takenAt: number;
}

/** Returns up to `seats` different people, mostly of the job's team, none of them in `busy`; rarely an external one. */
export function panel(
  random: Random,
  organisation: Organisation,
  job: Job,
  seats: number,
  busy: ReadonlySet<Person>,
): Set<Person> {
  const people = new Set<Person>();
  if (seats > 0 && random.chance(0.025)) people.add(externalInterviewer(random));
  for (let attempt = 0; attempt < 4 * seats && people.size < seats; attempt++) {
    const person = random.chance(0.8) ? random.pick(job.team) : busyInterviewer(random, organisation);
    if (!busy.has(person)) people.add(person);
  }
  return people;
}

/** Returns the appointments of a panel in the order of an extract: by employee id, the interviewer without one last. */
export function appointments(random: Random, people: ReadonlySet<Person>, outcome: Outcome): Appointment[] {
  if (people.size === 0) return [{ interviewer: null, status: null, feedback: null }];
  const { endsAt, canceled, quality, takenAt } = outcome;
  return [...people].sort(byId).map((interviewer) => {
    if (canceled || endsAt === null || endsAt >= takenAt) {
      return { interviewer, status: response(random, false), feedback: null };
    }
    const status = response(random, true);
    const attended = status === 'ACCEPTED' || (status !== 'DECLINED' && random.chance(0.7));
    return {
      interviewer,
      status,
      feedback: attended ? feedback(random, interviewer, quality, endsAt, takenAt) : null,
    };
  });
}

/** Ids are ASCII: their UTF-16 code units sort like their bytes. At most one member of a panel has no id. */
function byId(first: Person, second: Person): number {
  if (first.id === null) return 1;
  if (second.id === null) return -1;
  return first.id < second.id ? -1 : 1;
}
