/** The ids in the audit log: of whom or what was asked for. */
import type { PersonKind } from '../people.ts';
import { UUID_FORM } from '../values/cells.ts';

/** What an id can be of. */
export const SUBJECT_KINDS = ['candidate', 'employee', 'interview', 'job', 'application', 'appointment'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** The parameters, arguments and properties that have ids, in any of the APIs. */
const KINDS_BY_NAME: Readonly<Record<string, SubjectKind>> = {
  candidateProfileId: 'candidate',
  employeeId: 'employee',
  interviewerEmployeeId: 'employee',
  creatorEmployeeId: 'employee',
  interviewId: 'interview',
  jobId: 'job',
  applicationId: 'application',
  rowId: 'appointment',
};

/** Returns what the ids of a parameter, an argument or a property of this name are of; null if it has none. */
export const subjectKindOf = (name: string): SubjectKind | null =>
  Object.hasOwn(KINDS_BY_NAME, name) ? (KINDS_BY_NAME[name] ?? null) : null;

/** The kinds whose ids are texts of the applicant-tracking system; those of all others are UUIDs. */
const TEXT_KINDS: ReadonlySet<SubjectKind> = new Set(['employee', 'interview']);

/** An id that is a text. What has spaces, or is longer, may be anything, and is not kept. */
const TEXT_ID = /^[\w.:@+/-]{1,100}$/;

/** Returns an id as the log has it; null for a text that can't be one. */
export function subjectOf(kind: SubjectKind, text: string): string | null {
  const id = text.trim();
  if (TEXT_KINDS.has(kind)) return TEXT_ID.test(id) ? `${kind}:${id}` : null;
  const uuid = id.toLowerCase();
  return UUID_FORM.test(uuid) ? `${kind}:${uuid}` : null;
}

const PREFIXES: Readonly<Record<PersonKind, SubjectKind>> = { CANDIDATE: 'candidate', EMPLOYEE: 'employee' };

/** Returns a person as the log has it. */
export const personSubject = (kind: PersonKind, id: string): string => `${PREFIXES[kind]}:${id}`;

/** Returns the person that a subject is; null if it is none. */
export function personOf(subject: string): { readonly kind: PersonKind; readonly id: string } | null {
  const [kind] = subject.split(':', 1);
  const id = subject.slice((kind ?? '').length + 1);
  if (kind === 'candidate') return { kind: 'CANDIDATE', id };
  return kind === 'employee' ? { kind: 'EMPLOYEE', id } : null;
}
