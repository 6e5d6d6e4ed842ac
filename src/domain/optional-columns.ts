/**
 * Columns of an export that are not among the 30 fields: off by default, they follow the fields if asked for. An import ignores them. The
 * names come from files of names, everything else is computed from the row (src/domain/entities.ts has the same attributes).
 */
export interface OptionalColumn {
  readonly key: string;
  readonly label: string;
  /** `instant`: a point in time, written in UTC. */
  readonly kind: 'text' | 'instant' | 'uuid';
  /** Whether the column names a person, which requires the scope `personal`. */
  readonly personal: boolean;
  readonly description: string;
}

export const OPTIONAL_COLUMNS = [
  {
    key: 'jobTitle',
    label: 'Job Title',
    kind: 'text',
    personal: false,
    description: 'Title of the job, if imported.',
  },
  {
    key: 'jobDepartment',
    label: 'Job Department',
    kind: 'text',
    personal: false,
    description: 'Department of the job, if imported.',
  },
  {
    key: 'candidateName',
    label: 'Candidate Name',
    kind: 'text',
    personal: true,
    description: 'First and last name of the candidate, if imported.',
  },
  {
    key: 'startsAt',
    label: 'Starts At (UTC)',
    kind: 'instant',
    personal: false,
    description: 'Start of the time slot in UTC; null if its time zone is unknown or skips that time.',
  },
  {
    key: 'endsAt',
    label: 'Ends At (UTC)',
    kind: 'instant',
    personal: false,
    description: 'End of the time slot in UTC; null if its time zone is unknown or skips that time.',
  },
  {
    key: 'reviewedAt',
    label: 'Reviewed At (UTC)',
    kind: 'instant',
    personal: false,
    description: 'Time of the review in UTC: end of the time slot plus timeToProvideFeedback; null if either is null.',
  },
  {
    key: 'interviewerName',
    label: 'Interviewer Name',
    kind: 'text',
    personal: true,
    description: 'First and last name of the interviewer as in the row.',
  },
  {
    key: 'rowId',
    label: 'Row ID',
    kind: 'uuid',
    personal: false,
    description: 'The id of the row in this database.',
  },
] as const satisfies readonly OptionalColumn[];

export type OptionalKey = (typeof OPTIONAL_COLUMNS)[number]['key'];

export const OPTIONAL_KEYS: readonly OptionalKey[] = OPTIONAL_COLUMNS.map(({ key }) => key);

const comparable = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const NAMES = new Set(OPTIONAL_COLUMNS.flatMap(({ key, label }) => [key, label].map(comparable)));

/** More characters than any of the names has. */
const MAX_NAME_LENGTH = 50;

/** Whether the name of a column of a file is that of an optional column: its key or its label, however they are spaced. */
export const isOptionalColumn = (name: string): boolean =>
  name.length <= MAX_NAME_LENGTH && NAMES.has(comparable(name));
