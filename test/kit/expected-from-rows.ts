/** What the rows of an extract say of interviews, slots and people: plain JavaScript, another way than the program's own. */
import { grouped, millis, offsetMinutes, type Row, slotKey } from './generated.ts';

const HOUR = 3_600_000;
const isoOf = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

const known = new Map<string, string | null>();

/** A wall clock in a zone as an instant; null where either is missing or the zone skips that time; standard time where it comes twice. */
function instantOf(wallClock: string | null, zone: string | null): string | null {
  if (wallClock === null || zone === null) return null;
  const name = `${wallClock} ${zone}`;
  const before = known.get(name);
  if (before !== undefined) return before;
  const clock = millis(wallClock);
  const found = [clock - 24 * HOUR, clock + 24 * HOUR]
    .map((at) => offsetMinutes(at, zone))
    .map((offset) => ({ at: clock - offset * 60_000, offset }))
    .filter(({ at, offset }) => offsetMinutes(at, zone) === offset);
  const at = found.length === 0 ? null : isoOf(Math.max(...found.map((one) => one.at)));
  known.set(name, at);
  return at;
}

export const startsAt = (row: Row) => instantOf(row.startTime, row.interviewTimeZone);
export const endsAt = (row: Row) => instantOf(row.endTime, row.interviewTimeZone);

export function reviewedAt(row: Row): string | null {
  const end = endsAt(row);
  if (end === null || row.timeToProvideFeedback === null) return null;
  const seconds = Math.round(Date.parse(end) / 1000 + Number(row.timeToProvideFeedback) * 3600);
  return isoOf(seconds * 1000);
}

/** A UTC wall clock as GraphQL shows it. */
export const utc = (clock: string | null) => clock && `${clock}Z`;
export const numberOf = (cell: string | null) => (cell === null ? null : Number(cell));

/** What can be compared with `of`: the greatest first, nothing last. */
const newestFirst = (of: (row: Row) => string | null) => (one: Row, other: Row) => {
  const [a, b] = [of(one) ?? '', of(other) ?? ''];
  return a === b ? 0 : a < b ? 1 : -1;
};

/** The rows, those that decide first (docs/contract.md, "Rows that disagree"). */
const byAge = (rows: readonly Row[]): Row[] =>
  [...rows].sort(newestFirst((row) => row.startTime)).sort(newestFirst((row) => row.interviewUpdateDate));

/** A time slot: rows that share interview, start, end and room. */
export interface Slot {
  readonly row: Row;
  readonly rows: readonly Row[];
}

/** An interview: all its rows agree about it. */
export interface Interview {
  readonly id: string;
  readonly row: Row;
  readonly rows: readonly Row[];
  readonly slots: readonly Slot[];
  readonly startsAt: string | null;
  /** Nobody says that it was canceled. */
  readonly isOn: boolean;
}

/** Values in the order in which lists come by default: nothing last. */
export const ascending = (one: string | null, other: string | null): number =>
  one === other ? 0 : one === null ? 1 : other === null ? -1 : one < other ? -1 : 1;

const namesOf = (first: string | null, last: string | null) => [first, last].filter(Boolean).join(' ') || null;

/** A row's interviewer as it states the name. */
export const interviewerName = (row: Row) => namesOf(row.interviewerFirstName, row.interviewerLastName);

/** The rows as a graph. */
export class Stated {
  /** By start, then id. */
  readonly interviews: readonly Interview[];
  readonly rows: readonly Row[];
  readonly #byAge: readonly Row[];

  constructor(rows: readonly Row[]) {
    this.rows = rows;
    this.#byAge = byAge(rows);
    this.interviews = grouped(rows, (row) => String(row.interviewId))
      .map((own): Interview => {
        const [row] = byAge(own) as [Row];
        return {
          id: String(row.interviewId),
          row,
          rows: own,
          slots: grouped(own, slotKey).map((inSlot) => ({ row: inSlot[0] as Row, rows: inSlot })),
          startsAt: instantOf(row.interviewStartDate, row.interviewTimeZone),
          isOn: row.interviewCanceled !== 'true',
        };
      })
      .sort((one, other) => ascending(one.startsAt, other.startsAt) || ascending(one.id, other.id));
  }

  /** The name of an employee: that of the newest row that states one, of an interviewer before that of a creator. */
  nameOf(employeeId: string | null): string | null {
    const named = this.#byAge.flatMap((row) => [
      ...(row.interviewerEmployeeId === employeeId ? [interviewerName(row)] : []),
      ...(row.creatorEmployeeId === employeeId ? [namesOf(row.creatorFirstName, row.creatorLastName)] : []),
    ]);
    return named.find((name) => name !== null) ?? null;
  }

  /** The interviews of an application, a candidate or a job. */
  of(field: 'applicationId' | 'candidateProfileId' | 'jobId', id: unknown): Interview[] {
    return this.interviews.filter(({ row }) => row[field] === id);
  }

  /** Each application with the row that decides its stage. */
  get applications(): { id: string; newest: Row }[] {
    return grouped(
      this.rows.filter((row) => row.applicationId !== null),
      (row) => String(row.applicationId),
    )
      .map((rows) => ({ id: String(rows[0]?.applicationId), newest: byAge(rows)[0] as Row }))
      .sort((one, other) => ascending(one.id, other.id));
  }

  /** The ids of employees who interview, each with the rows in which they do. */
  get interviewers(): { id: string; rows: Row[] }[] {
    return grouped(
      this.rows.filter((row) => row.interviewerEmployeeId !== null),
      (row) => String(row.interviewerEmployeeId),
    )
      .map((rows) => ({ id: String(rows[0]?.interviewerEmployeeId), rows }))
      .sort((one, other) => ascending(one.id, other.id));
  }
}
