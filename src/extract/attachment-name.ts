import { type FieldKey, fieldOf } from '../domain/fields.ts';
import type { QueryParameters } from '../domain/parameters.ts';
import { FIELD_FILTERS } from './filters.ts';
import type { ExtractRequest } from './request.ts';

/** Ids that a name lists, and characters of one; of more it has only the number. */
const MAX_IDS = 3;
const MAX_ID_LENGTH = 40;
/** Characters of a name, without its ending: every file system takes more. */
const MAX_NAME_LENGTH = 150;

/** What stands before the values of a filter; those of the others say by themselves what they are. */
const NOUNS: Partial<Record<FieldKey, string>> = {
  interviewId: 'interview',
  applicationId: 'application',
  jobId: 'job',
  candidateProfileId: 'candidate',
  interviewerEmployeeId: 'interviewer',
  applicationStage: 'stage',
  candidateStatus: 'candidate',
  interviewerStatus: 'interviewer',
};

/**
 * Returns the file name under which browsers save an export; null for a format that they display. It says the days and the filters, so that
 * files of different rows don't replace each other.
 */
export function attachmentName(
  { format, period, evidence }: ExtractRequest,
  parameters: QueryParameters,
): string | null {
  const { attachment } = format;
  if (attachment === null) return null;
  const days = period ? daysOf(period.firstDay, period.lastDay) : requestedDays(parameters);
  const filters = FIELD_FILTERS.flatMap((key) => {
    const values = parameters.get(key);
    return values ? wordsOf(key, values) : [];
  });
  const behind = evidence ? ['behind', evidence.metric.column] : [];
  const parts = [...behind, ...days, ...filters];
  if (parts.length === 0) return attachment;
  return `interviews-${parts.join('-').slice(0, MAX_NAME_LENGTH)}${attachment.slice(attachment.lastIndexOf('.'))}`;
}

const daysOf = (first: string, last: string): string[] => (first === last ? [first] : [first, 'to', last]);

/** Returns the days between `startsFrom` and `startsBefore`, if both are days or only one of them is given. */
function requestedDays(parameters: QueryParameters): string[] {
  const [from, before] = ['startsFrom', 'startsBefore'].map((name) => {
    const [text, ...more] = parameters.get(name) ?? [];
    return more.length === 0 ? /^\d{4}-\d\d-\d\d(?=$|T00:00(:00)?$)/.exec(text ?? '')?.[0] : undefined;
  });
  const last = before && new Date(Date.parse(before) - 86_400_000).toISOString().slice(0, 10);
  if (from && last) return daysOf(from, last);
  return from ? ['from', from] : last ? ['to', last] : [];
}

/** Returns what a filter says in a name; nothing if it lets all values pass. */
function wordsOf(key: FieldKey, values: readonly string[]): string[] {
  const words = [...new Set(values.map((value) => value.trim().toLowerCase().replaceAll('_', '-')))];
  const { kind } = fieldOf(key);
  if (kind === 'boolean') return words.length > 1 ? [] : words[0] === 'true' ? ['canceled'] : ['not-canceled'];
  const noun = NOUNS[key] ?? [];
  if (kind === 'enumeration') return [noun, words].flat();
  // The first digits of a UUID tell one file from another.
  const ids = values.map((value) => (kind === 'uuid' ? value.trim().slice(0, 8).toLowerCase() : value.trim()));
  const isShort = ids.length <= MAX_IDS && ids.every((id) => /^[\w-]+$/.test(id) && id.length <= MAX_ID_LENGTH);
  return isShort ? [noun, ids].flat() : [`${values.length}-${noun}s`];
}
