import type { Application, OpenApplications } from '../company/applications.ts';
import { type InterviewType, type Stage, TYPES_IN_STAGE } from '../company/hiring-process.ts';
import type { Organisation } from '../company/organisation.ts';
import type { Person } from '../company/people.ts';
import type { InterviewIds } from '../identifiers.ts';
import { itemAt } from '../item-at.ts';
import type { Random } from '../random.ts';
import { DAY_SECONDS } from '../time/calendar.ts';
import { slotCount, slotTimes } from '../time/schedule.ts';
import { instantOf, type Zone } from '../time/zones.ts';
import { location } from './location.ts';
import { type ResponseStatus, response } from './response.ts';
import { type TimeSlot, timeSlots } from './time-slot.ts';

/** An interview at the time of the extract. Instants are seconds since 1970. */
export interface Interview {
  readonly id: string;
  readonly application: Application;
  /** The application's stage at this interview; the application itself moves on. */
  readonly stage: Stage;
  readonly type: InterviewType;
  readonly location: string;
  readonly zone: Zone;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly canceled: boolean;
  readonly candidateStatus: ResponseStatus;
  readonly creator: Person | null;
  /** In the order of an extract: by time, then room. */
  readonly slots: readonly TimeSlot[];
}

/** The source of interviews. */
export interface Hiring {
  readonly random: Random;
  readonly organisation: Organisation;
  readonly applications: OpenApplications;
  readonly ids: InterviewIds;
  /** The instant of the extract. */
  readonly takenAt: number;
}

/**
 * Returns the next interview of the organisation. `createdAt` must not be before that of the previous one;
 * `maxAppointments` is at least 1.
 */
export function nextInterview(hiring: Hiring, createdAt: number, maxAppointments: number): Interview {
  const { random, organisation, applications, takenAt } = hiring;
  const application = applications.next(createdAt);
  const { stage, job } = application;
  const type = random.weighted(TYPES_IN_STAGE[stage]);
  const zone = type === 'ONSITE' ? job.office.zone : application.zone;
  const scheduled = !random.chance(0.004);
  const count = Math.min(maxAppointments, slotCount(random, stage));
  const times = scheduled ? slotTimes(random, createdAt, zone, count, type === 'ONSITE') : [null];
  const instant = (time = createdAt + 5 * DAY_SECONDS) => instantOf(zone, time);
  const startsAt = instant(times[0]?.start);
  const candidateStatus = response(random, scheduled && startsAt < takenAt);
  const canceled = random.chance(candidateStatus === 'DECLINED' ? 0.8 : 0.07);
  const slots = timeSlots(random, organisation, {
    application,
    type,
    zone,
    canceled,
    times,
    maxAppointments,
    takenAt,
  });
  const changedAt = createdAt + random.below(Math.min(startsAt, takenAt) - createdAt);
  const overAt = canceled ? changedAt : instant(times.at(-1)?.end);
  applications.interviewed(application, overAt, canceled || !scheduled);
  return {
    id: hiring.ids.next(createdAt),
    application,
    stage,
    type,
    location: location(random, type, job.office),
    zone,
    createdAt,
    updatedAt: Math.max(canceled || random.chance(0.8) ? changedAt : createdAt, lastFeedback(slots)),
    canceled,
    candidateStatus,
    creator: random.chance(0.02) ? null : random.chance(0.1) ? itemAt(job.team, 0) : job.coordinator,
    slots,
  };
}

function lastFeedback(slots: readonly TimeSlot[]): number {
  let last = 0;
  for (const { appointments } of slots) {
    for (const { feedback } of appointments) last = Math.max(last, feedback?.givenAt ?? 0);
  }
  return last;
}
