/** Rows and files for tests, by the keys of their values: a field that is added is null in all of them. */
import { type CanonicalRow, FIELD_KEYS, FIELDS, type FieldKey } from '../../src/domain/fields.ts';

/** Some values of a row. */
export type Values = { readonly [K in FieldKey]?: string | null };

export const LABELS: readonly string[] = FIELDS.map(({ label }) => label);

/** The header of a canonical CSV, with its line end. */
export const HEADER = `${FIELD_KEYS.join(',')}\n`;

/** A row that has these values and is null in all other fields. */
export const rowOf = (values: Values): CanonicalRow => FIELD_KEYS.map((key) => values[key] ?? null);

/** A row in canonical form that has a value of each kind, and those given instead. */
export const rowWith = (values: Values): CanonicalRow => rowOf({ ...EXAMPLE, ...values });

const EXAMPLE: Values = {
  interviewId: '65b2f0c1a4e9d83f7c5b1a20',
  applicationId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  applicationStage: 'INTERVIEW',
  applicationStep: 'On-site',
  candidateStatus: 'ACCEPTED',
  jobId: '7d444840-9dc0-11d1-b245-5ffdce74fad2',
  interviewType: 'ONSITE',
  interviewLocation: 'Büro 1, "Kant"',
  interviewCreateDate: '2024-02-29T23:59:59',
  interviewStartDate: '2024-03-05T09:00:00',
  interviewTimeZone: 'Europe/Berlin',
  interviewDuration: '1.5',
  interviewCanceled: 'false',
  creatorEmployeeId: 'e-1',
  creatorFirstName: 'Ada',
  creatorLastName: '',
  interviewerEmployeeId: 'e-2',
  interviewerFirstName: 'Grace',
  interviewerLastName: 'Hopper',
  interviewerStatus: 'PENDING',
  interviewerReview: 'Good.\nVery good.',
  interviewerRating: '4.5',
  startTime: '2024-03-05T09:00:00',
  endTime: '2024-03-05T10:30:00',
  duration: '1.5',
  interviewers: '2',
  timeToProvideFeedback: '-0.25',
};

/** A cell of canonical CSV. */
export function csvCell(cell: string | null): string {
  if (cell === null) return '';
  return cell === '' || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

export function csvOf(
  rows: readonly (readonly (string | null)[])[],
  header: readonly string[] = FIELD_KEYS,
  lineEnd = '\n',
): string {
  return [header, ...rows].map((cells) => cells.map(csvCell).join(',') + lineEnd).join('');
}

/** The object of a row in JSON, as the service itself writes it: with every key, or without those of nothing. */
export function jsonOf(row: CanonicalRow, nulls: 'include' | 'omit' = 'include'): string {
  const members = FIELDS.flatMap(({ key, kind }, place) => {
    const value = row[place] ?? null;
    if (value === null && nulls === 'omit') return [];
    const bare = value === null || kind === 'boolean' || kind === 'number' || kind === 'integer';
    return [`"${key}":${bare ? value : JSON.stringify(value)}`];
  });
  return `{${members.join(',')}}`;
}
