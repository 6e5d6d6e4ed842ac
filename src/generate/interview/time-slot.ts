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
  /** Null if no time is set yet. */
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
  /** In the order of slotTimes; a time that occurs twice gets two rooms and two panels. */
  readonly times: readonly (SlotTime | null)[];
  /** Maximum number of appointments, at least the number of times. */
  readonly maxAppointments: number;
  /** The instant of the extract. */
  readonly takenAt: number;
}

/** Returns an interview's time slots in the order of an extract: by time, then room. */
export function timeSlots(random: Random, organisation: Organisation, plan: SlotPlan): TimeSlot[] {
  const { application, type, zone, canceled, times, takenAt } = plan;
  const { job, quality, stage } = application;
  const steps = job.process[stage] ?? [null];
  const step = random.pick(steps);
  const slots: TimeSlot[] = [];
  let remaining = plan.maxAppointments;
  let people: ReadonlySet<Person> = new Set();
  for (const [index, time] of times.entries()) {
    const parallel = index > 0 && time === times[index - 1] ? slots.at(-1) : undefined;
    const seats = Math.min(panelSize(random, stage), remaining - (times.length - index - 1));
    people = panel(random, organisation, job, seats, parallel ? people : new Set());
    const endsAt = time === null ? null : instantOf(zone, time.end);
    const slot = {
      time,
      step: random.chance(0.9) ? step : random.pick(steps),
      room: parallel ? anotherRoom(random, job.office, parallel.room) : room(random, type, job.office),
      appointments: appointments(random, people, { endsAt, canceled, quality, takenAt }),
    };
    slots.push(slot);
    remaining -= slot.appointments.length;
  }
  return slots.sort(inExtractOrder);
}

function panelSize(random: Random, stage: Stage): number {
  if (random.chance(0.01)) return 0;
  return stage === 'INTERVIEW' || random.chance(0.06) ? random.weighted(PANEL_SIZES) : 1;
}

function inExtractOrder(first: TimeSlot, second: TimeSlot): number {
  if (first.time === null || second.time === null) return 0;
  return (
    first.time.start - second.time.start || first.time.end - second.time.end || compareRooms(first.room, second.room)
  );
}

/** Compares by UTF-8 bytes, null last. */
function compareRooms(first: string | null, second: string | null): number {
  if (first === null || second === null) return Number(first === null) - Number(second === null);
  return Buffer.compare(Buffer.from(first), Buffer.from(second));
}
