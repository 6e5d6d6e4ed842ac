import { recordOf } from './types/records.ts';

/**
 * THE TABLE of the 30 fields of a row (docs/contract.md, "One row"), in their order. The CSV header, the JSON keys, the SQL projection, the
 * import and the table in the documentation are all generated from it. A new column starts here.
 */

/**
 * The kind of a field: how its values are written and stored.
 * - `identifier` trimmed text of 1 to 255 characters; `uuid`; `text` any text, unchanged;
 * - `enumeration` one of `values`; `boolean`; `integer` 32 bits; `number` a decimal (hours or a rating);
 * - `utc` a wall clock in UTC, `local` a wall clock in the interview's zone, both in whole seconds; `zone` an IANA name.
 */
export type FieldKind =
  | 'identifier'
  | 'uuid'
  | 'text'
  | 'enumeration'
  | 'boolean'
  | 'integer'
  | 'number'
  | 'utc'
  | 'local'
  | 'zone';

/** The thing that a field describes. Rows that share the thing should agree on the field. */
export type Subject = 'interview' | 'timeSlot' | 'creator' | 'interviewer' | 'appointment';

export interface Field {
  /** The JSON key and the CSV header. */
  readonly key: string;
  /** The label for people; the import also accepts it as a CSV header. */
  readonly label: string;
  /** The column of table `appointment`. */
  readonly column: string;
  readonly kind: FieldKind;
  readonly subject: Subject;
  /** The values of an enumeration. */
  readonly values?: readonly string[];
  /** The Postgres type of the column. */
  readonly type: string;
  /** Whether the field describes a person, or contains one person's opinion of another. Such fields require the scope `personal`. */
  readonly personal: boolean;
}

/** Whether a field is a part of a person's name. */
export const isName = ({ kind, subject }: Pick<Field, 'kind' | 'subject'>): boolean =>
  kind === 'text' && (subject === 'creator' || subject === 'interviewer');

/** Whether a field is a date and time, in UTC or local. */
export const isDate = ({ kind }: { readonly kind: string }): boolean => kind === 'utc' || kind === 'local';

export const APPLICATION_STAGES = [
  'NEW',
  'IN_REVIEW',
  'INTERVIEW',
  'HIRED',
  'REJECTED',
  'WITHDRAWN',
  'OFFER',
  'LEAD',
  'TRANSFERRED',
] as const;
export const RESPONSE_STATUSES = ['PENDING', 'TENTATIVE', 'ACCEPTED', 'DECLINED'] as const;
export const INTERVIEW_TYPES = ['ONSITE', 'PHONE', 'VIDEO', 'OTHER'] as const;

const enumerations = {
  application_stage: APPLICATION_STAGES,
  response_status: RESPONSE_STATUSES,
  interview_type: INTERVIEW_TYPES,
} as const;

/** The Postgres types of the enumerations. */
export type EnumerationType = keyof typeof enumerations;

/** The Postgres type of each kind. Enumerations have types of their own. */
export const COLUMN_TYPES: Record<Exclude<FieldKind, 'enumeration'>, string> = {
  identifier: 'text',
  uuid: 'uuid',
  text: 'text',
  boolean: 'boolean',
  integer: 'integer',
  number: 'numeric',
  utc: 'timestamp(0)',
  local: 'timestamp(0)',
  zone: 'text',
};

/** Converts a camel-case name into the name of its column. */
export const columnOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Converts the name of a column into its camel-case name. */
export const nameOfColumn = (column: string): string =>
  column.replace(/_[a-z]/g, (pair) => pair.slice(1).toUpperCase());

function field<K extends string>(
  key: K,
  label: string,
  type: Exclude<FieldKind, 'enumeration'> | EnumerationType,
  subject: Subject,
  access: 'personal' | 'anybody' = 'anybody',
): Field & { readonly key: K } {
  const common = { key, label, column: columnOf(key), subject, personal: access === 'personal' };
  return isEnumeration(type)
    ? { ...common, kind: 'enumeration', type, values: enumerations[type] }
    : { ...common, kind: type, type: COLUMN_TYPES[type] };
}

const isEnumeration = (type: string): type is EnumerationType => Object.hasOwn(enumerations, type);

export const FIELDS = [
  field('interviewId', 'Interview ID', 'identifier', 'interview'),
  field('applicationId', 'Application ID', 'uuid', 'interview'),
  field('applicationStage', 'Application Stage', 'application_stage', 'timeSlot'),
  field('applicationStep', 'Application Step', 'text', 'timeSlot'),
  field('candidateProfileId', 'Candidate Profile ID', 'uuid', 'interview'),
  field('candidateStatus', 'Candidate Status', 'response_status', 'interview'),
  field('jobId', 'Job ID', 'uuid', 'interview'),
  field('interviewType', 'Interview Type', 'interview_type', 'interview'),
  field('interviewLocation', 'Interview Location', 'text', 'interview', 'personal'),
  field('interviewCreateDate', 'Interview Create Date', 'utc', 'interview'),
  field('interviewUpdateDate', 'Interview Update Date', 'utc', 'interview'),
  field('interviewStartDate', 'Interview Start Date', 'local', 'interview'),
  field('interviewTimeZone', 'Interview Time Zone', 'zone', 'interview'),
  field('interviewDuration', 'Interview Duration', 'number', 'interview'),
  field('interviewCanceled', 'Interview Canceled', 'boolean', 'interview'),
  field('creatorEmployeeId', 'Creator Employee Id', 'identifier', 'creator'),
  field('creatorFirstName', 'Creator First Name', 'text', 'creator', 'personal'),
  field('creatorLastName', 'Creator Last Name', 'text', 'creator', 'personal'),
  field('interviewerEmployeeId', 'Interviewer Employee Id', 'identifier', 'interviewer'),
  field('interviewerFirstName', 'Interviewer First Name', 'text', 'interviewer', 'personal'),
  field('interviewerLastName', 'Interviewer Last Name', 'text', 'interviewer', 'personal'),
  field('interviewerStatus', 'Interviewer Status', 'response_status', 'appointment'),
  field('interviewerReview', 'Interviewer Review', 'text', 'appointment', 'personal'),
  field('interviewerRating', 'Interviewer Rating', 'number', 'appointment', 'personal'),
  field('startTime', 'Start Time', 'local', 'timeSlot'),
  field('endTime', 'End Time', 'local', 'timeSlot'),
  field('duration', 'Duration', 'number', 'timeSlot'),
  field('room', 'Room', 'text', 'timeSlot', 'personal'),
  field('interviewers', 'Interviewers', 'integer', 'timeSlot'),
  field('timeToProvideFeedback', 'Time to provide feedback', 'number', 'appointment'),
] as const;

export type FieldKey = (typeof FIELDS)[number]['key'];

export const FIELD_KEYS: readonly FieldKey[] = FIELDS.map(({ key }) => key);

/** The index of each field in a row, from 0. */
export const FIELD_INDEX = recordOf(FIELD_KEYS, (key) => FIELD_KEYS.indexOf(key));

const BY_KEY: ReadonlyMap<FieldKey, Field> = new Map(FIELDS.map((field) => [field.key, field]));

/** Returns a field by its key. */
export function fieldOf(key: FieldKey): Field {
  const found = BY_KEY.get(key);
  if (!found) throw new Error(`there is no field ${key}`);
  return found;
}

/**
 * The fields of the first version, in the order in which a row's content hash takes them (src/db/import/content-hash.ts). This list never
 * changes: otherwise the next import would count every stored row as updated, and rows that tie would be exported in another order. A new
 * field goes into FIELDS, anywhere, and not in here.
 */
export const ORIGINAL_KEYS = [
  'interviewId',
  'applicationId',
  'applicationStage',
  'applicationStep',
  'candidateProfileId',
  'candidateStatus',
  'jobId',
  'interviewType',
  'interviewLocation',
  'interviewCreateDate',
  'interviewUpdateDate',
  'interviewStartDate',
  'interviewTimeZone',
  'interviewDuration',
  'interviewCanceled',
  'creatorEmployeeId',
  'creatorFirstName',
  'creatorLastName',
  'interviewerEmployeeId',
  'interviewerFirstName',
  'interviewerLastName',
  'interviewerStatus',
  'interviewerReview',
  'interviewerRating',
  'startTime',
  'endTime',
  'duration',
  'room',
  'interviewers',
  'timeToProvideFeedback',
] as const satisfies readonly FieldKey[];

const ORIGINAL: ReadonlySet<string> = new Set(ORIGINAL_KEYS);

/** Whether a field is one of the first version, so that whatever writes extracts knows it. */
export const isOriginal = (key: string): boolean => ORIGINAL.has(key);

/** A row in canonical form: 30 texts in the order of FIELDS; null for a missing value. */
export type CanonicalRow = (string | null)[];
