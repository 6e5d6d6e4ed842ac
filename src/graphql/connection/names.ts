import type { EntityName } from '../../domain/entities.ts';

/** What the API calls the things of src/domain/entities.ts. */
export const NAMES: Readonly<Record<EntityName, string>> = {
  appointment: 'Appointment',
  interview: 'Interview',
  timeSlot: 'TimeSlot',
  employee: 'Interviewer',
  candidate: 'Candidate',
  job: 'Job',
  application: 'Application',
};
