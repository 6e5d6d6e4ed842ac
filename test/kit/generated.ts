/** What the tests of the generator have in common: an extract read back into rows, and rows put together. */
import { parse } from 'csv-parse/sync';
import type { FieldKey } from '../../src/domain/fields.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';

export type Row = Record<FieldKey, string | null>;

/** A generated extract as one text. */
export function extract(options: Parameters<typeof generateExtract>[0]): string {
  return [...generateExtract(options)].join('');
}

/** The rows of an extract; an empty cell is null, a quoted one is text even when it is empty. */
export function rowsIn(text: string): Row[] {
  return parse(text, {
    columns: true,
    record_delimiter: '\n',
    cast: (value, { header, quoting }) => (value === '' && !quoting && !header ? null : value),
  });
}

/** The rows that share a value, or values, that `key` gives as one text. */
export function grouped(rows: readonly Row[], key: (row: Row) => string): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

/** What time slot a row is in. */
export const slotKey = (row: Row) => JSON.stringify([row.interviewId, row.startTime, row.endTime, row.room]);

/** A wall clock as milliseconds, read as if it were UTC. */
export const millis = (wallClock: string) => Date.parse(`${wallClock}Z`);

const formats = new Map<string, Intl.DateTimeFormat>();

/** A text such as GMT-03:30 for the offset from UTC in a zone. */
function offsetName(at: number, timeZone: string): string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, format);
  return format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** Minutes that a zone's clocks are ahead of UTC at an instant, by this machine's time zone data. */
export function offsetMinutes(at: number, timeZone: string): number {
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(offsetName(at, timeZone)) ?? [];
  return sign === undefined ? 0 : Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
}

/** The instant of a wall clock in milliseconds, right but for the hours around a change of clocks. */
export function instant(wallClock: string, timeZone: string): number {
  return millis(wallClock) - offsetMinutes(millis(wallClock), timeZone) * 60_000;
}
