import type { Application } from '../company/applications.ts';
import type { InterviewType, Stage } from '../company/hiring-process.ts';
import type { Organisation } from '../company/organisation.ts';
import type { Person } from '../company/people.ts';
import type { Random, Shares } from '../random.ts';
import type { SlotTime } from '../time/schedule.ts';
import { instantOf, type Zone } from '../time/zones.ts';
import { anotherRoom, room } from './location.ts';
import { type Appointment, appointments, panel } from './panel.ts';

export interface TimeSlot {
  /** null where no time is set yet. */
  readonly time: SlotTime | null;
  readonly step: string | null;
  readonly room: string | null;
  /** At least one. */
  readonly appointments: readonly Appointment[];
}

const PANEL_SIZES: Shares<number> = [
  [1, 0.5],
  [2, 0.28],
  [3, 0.12],
  [4, 0.05],
  [5, 0.03],
  [6, 0.02],
];

/** What the slots of an interview have in common. */
interface SlotPlan {
  readonly application: Application;
  readonly type: InterviewType;
  readonly zone: Zone;
  readonly canceled: boolean;
  /** In the order of slotTimes; a time that stands twice gets two rooms and two panels. */
  readonly times: readonly (SlotTime | null)[];
  /** How many appointments there may be, not fewer than times. */
  readonly most: number;
  /** The instant at which the extract is taken. */
  readonly takenAt: number;
}

/** An interview's time slots in the order of an extract: by time, then room. */
export function timeSlots(random: Random, organisation: Organisation, plan: SlotPlan): TimeSlot[] {
  const { application, type, zone, canceled, times, takenAt } = plan;
  const { job, quality, stage } = application;
  const steps = job.process[stage] ?? [null];
  const step = random.pick(steps);
  const slots: TimeSlot[] = [];
  let left = plan.most;
  let people: ReadonlySet<Person> = new Set();
  for (const [place, time] of times.entries()) {
    const former = place > 0 && time === times[place - 1] ? slots.at(-1) : undefined;
    const seats = Math.min(panelSize(random, stage), left - (times.length - place - 1));
    people = panel(random, organisation, job, seats, former ? people : new Set());
    const endsAt = time === null ? null : instantOf(zone, time.end);
    const slot = {
      time,
      step: random.chance(0.9) ? step : random.pick(steps),
      room: former ? anotherRoom(random, job.office, former.room) : room(random, type, job.office),
      appointments: appointments(random, people, { endsAt, canceled, quality, takenAt }),
    };
    slots.push(slot);
    left -= slot.appointments.length;
  }
  return slots.sort(inExtractOrder);
}

function panelSize(random: Random, stage: Stage): number {
  if (random.chance(0.01)) return 0;
  return stage === 'INTERVIEW' || random.chance(0.06) ? random.weighted(PANEL_SIZES) : 1;
}

function inExtractOrder(one: TimeSlot, other: TimeSlot): number {
  if (one.time === null || other.time === null) return 0;
  return one.time.start - other.time.start || one.time.end - other.time.end || compareRooms(one.room, other.room);
}

/** By UTF-8 bytes, null last. */
function compareRooms(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
