import { FIELD_INDEX, FIELDS, type FieldKey } from '../domain/fields.ts';
import { csvCell } from '../domain/values/csv-cell.ts';
import type { Interview } from './interview/interview.ts';
import type { Appointment } from './interview/panel.ts';
import type { TimeSlot } from './interview/time-slot.ts';
import { withMissingValues } from './missing-values.ts';
import type { NamesFiles } from './names-files.ts';
import type { Random } from './random.ts';
import { dateTimeText, hoursText } from './time/calendar.ts';
import { instantOf, type Zone } from './time/zones.ts';

type Values = Partial<Record<FieldKey, string | null>>;

/**
 * Yields the rows of an interview as lines of canonical CSV (docs/contract.md, "Response") without line ends, in the
 * order of an extract. Rows of one interview or time slot agree about it. `dated`: whether the creation date is known. `names`: gets the job
 * and the candidate, unless the rows lack their ids.
 */
export function* csvLines(
  random: Random,
  interview: Interview,
  dated: boolean,
  names: NamesFiles | null,
): Generator<string> {
  const cells = FIELDS.map(() => '');
  // One line is reused: values that rows share are encoded once, and merging objects would take several times as long.
  const setCells = (values: Values) => {
    for (const name in values) {
      const key = name as FieldKey;
      cells[FIELD_INDEX[key]] = csvCell(withMissingValues(random, key, values[key] ?? null));
    }
  };
  setCells(interviewValues(random, interview, dated));
  if (cells[FIELD_INDEX.jobId] !== '') names?.addJob(interview.application.job);
  if (cells[FIELD_INDEX.candidateProfileId] !== '') names?.addCandidate(interview.application.candidateId);
  for (const slot of interview.slots) {
    setCells(slotValues(random, interview, slot));
    for (const appointment of slot.appointments) {
      setCells(appointmentValues(interview.zone, slot, appointment));
      yield cells.join(',');
    }
  }
}

/** Probability that the source contains a count or a duration that its own rows contradict. */
const MISSTATED_SHARE = 0.005;

function interviewValues(random: Random, interview: Interview, dated: boolean): Values {
  const { application, creator, slots } = interview;
  const start = slots[0]?.time?.start;
  const stated = random.chance(MISSTATED_SHARE) ? slots.slice(0, 1) : slots;
  const seconds = stated.reduce((sum, { time }) => sum + (time === null ? 0 : time.end - time.start), 0);
  return {
    interviewId: interview.id,
    applicationId: application.id,
    candidateProfileId: application.candidateId,
    candidateStatus: interview.candidateStatus,
    jobId: application.job.id,
    interviewType: interview.type,
    interviewLocation: interview.location,
    interviewCreateDate: dated ? dateTimeText(interview.createdAt) : null,
    interviewUpdateDate: dateTimeText(interview.updatedAt),
    interviewStartDate: start === undefined ? null : dateTimeText(start),
    interviewTimeZone: interview.zone.name,
    interviewDuration: start === undefined ? null : hoursText(seconds),
    interviewCanceled: String(interview.canceled),
    creatorEmployeeId: creator?.id ?? null,
    creatorFirstName: creator?.firstName ?? null,
    creatorLastName: creator?.lastName ?? null,
  };
}

function slotValues(random: Random, { stage }: Interview, { time, step, room, appointments }: TimeSlot): Values {
  const interviewers = appointments.filter(({ interviewer }) => interviewer !== null).length;
  return {
    applicationStage: stage,
    applicationStep: step,
    startTime: time && dateTimeText(time.start),
    endTime: time && dateTimeText(time.end),
    duration: time && hoursText(time.end - time.start),
    room,
    interviewers: String(random.chance(MISSTATED_SHARE) ? interviewers + 1 : interviewers),
  };
}

function appointmentValues(zone: Zone, { time }: TimeSlot, { interviewer, status, feedback }: Appointment): Values {
  return {
    interviewerEmployeeId: interviewer?.id ?? null,
    interviewerFirstName: interviewer?.firstName ?? null,
    interviewerLastName: interviewer?.lastName ?? null,
    interviewerStatus: status,
    interviewerReview: feedback?.review ?? null,
    interviewerRating: feedback?.rating == null ? null : String(feedback.rating),
    timeToProvideFeedback: time && feedback ? hoursText(feedback.givenAt - instantOf(zone, time.end)) : null,
  };
}
