import type { FieldKey } from '../domain/fields.ts';
import type { Random } from './random.ts';

/** Probability that an existing value is null, or the empty text instead. */
const GAPS: Readonly<Partial<Record<FieldKey, { absent: number; empty?: number }>>> = {
  applicationId: { absent: 0.003 },
  applicationStage: { absent: 0.01 },
  applicationStep: { absent: 0.03, empty: 0.005 },
  candidateProfileId: { absent: 0.003 },
  candidateStatus: { absent: 0.01 },
  jobId: { absent: 0.008 },
  interviewType: { absent: 0.004 },
  interviewLocation: { absent: 0.08, empty: 0.01 },
  interviewUpdateDate: { absent: 0.003 },
  interviewTimeZone: { absent: 0.003 },
  interviewDuration: { absent: 0.005 },
  interviewCanceled: { absent: 0.005 },
  creatorFirstName: { absent: 0.002, empty: 0.002 },
  creatorLastName: { absent: 0.002, empty: 0.002 },
  interviewerFirstName: { absent: 0.002, empty: 0.002 },
  interviewerLastName: { absent: 0.002, empty: 0.002 },
  interviewerStatus: { absent: 0.005 },
  interviewerReview: { absent: 0, empty: 0.005 },
  duration: { absent: 0.003 },
  interviewers: { absent: 0.003 },
  timeToProvideFeedback: { absent: 0.01 },
};

/** Returns the value as the extract has it: now and then null or empty. */
export function withMissingValues(random: Random, key: FieldKey, value: string | null): string | null {
  const gap = GAPS[key];
  if (value === null || gap === undefined) return value;
  const drawn = random.next();
  if (drawn < gap.absent) return null;
  return drawn < gap.absent + (gap.empty ?? 0) ? '' : value;
}
