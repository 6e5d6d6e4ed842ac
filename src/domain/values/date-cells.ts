import { shown } from '../errors.ts';
import type { Field } from '../fields.ts';
import { otherInstant, readIsoDate, resolveInstant, utcClock, zoneClock } from './date.ts';
import type { DatePattern } from './date-pattern.ts';
import { InvalidValue } from './refused.ts';
import { isWallClock } from './wall-clock.ts';

/** What the reading of dates needs to know beside the cell. */
export interface DateContext {
  /** The form of all dates, or null for ISO 8601. */
  readonly dateFormat: DatePattern | null;
  /** The interview's zone in the row at hand; Refused where it states one that can't be taken. */
  readonly zone: () => string | null | InvalidValue;
  /** Told of a date whose fraction of a second was cut off. */
  readonly onFraction: (field: Field, cell: string) => void;
  /** Told of an instant whose wall clock, `clock`, occurs twice, when clocks go back: at `instant`, which is stated, and at `twin`. */
  readonly onRepeated: (field: Field, cell: string, clock: string, instant: number, twin: number) => void;
}

/**
 * The reader of a column of dates. Canonical dates come back as they are. An instant becomes the wall clock in UTC or, in
 * a `local` column, in the interview's zone; it is refused where that is not known.
 */
export function dateReader(field: Field, context: DateContext): (cell: string) => string | null | InvalidValue {
  const { dateFormat, onFraction, onRepeated } = context;
  if (dateFormat !== null) return patternReader(field, dateFormat, onFraction);
  const clockIn = field.kind === 'utc' ? () => utcClock : zoneClocks();
  const zoneOf = field.kind === 'utc' ? () => 'UTC' : context.zone;
  return (cell) => {
    if (isWallClock(cell)) return cell;
    const date = readIsoDate(cell);
    if (date instanceof InvalidValue) return date;
    if (date.fraction) onFraction(field, cell);
    if (date.offset === null) return date.clock;
    const zone = zoneOf();
    // A row whose zone is refused is refused already; its dates need no second word.
    if (zone instanceof InvalidValue) return null;
    const clock = zone === null ? null : clockIn(zone);
    if (clock === null) {
      const lack =
        zone === null ? 'the row has no interviewTimeZone to turn it into' : `no clock of ${zone} is known here`;
      return new InvalidValue(`${shown(cell)} is an instant, and ${lack}; state the local time, without an offset`);
    }
    const instant = resolveInstant(date.clock, date.offset);
    const local = clock(instant);
    if (local === null) return new InvalidValue(`${shown(cell)} is out of the years 0001 to 9999`);
    const twin = field.kind === 'utc' ? null : otherInstant(clock, instant);
    if (twin !== null) onRepeated(field, cell, local, instant, twin);
    return local;
  };
}

function patternReader(
  field: Field,
  pattern: DatePattern,
  onFraction: DateContext['onFraction'],
): (cell: string) => string | InvalidValue {
  const hasFraction = pattern.tokens.some(({ letter }) => letter === 'S');
  return (cell) => {
    const clock = pattern.read(cell.trim());
    if (clock === null) return new InvalidValue(`${shown(cell)} is not a date of the form ${pattern.text}`);
    if (hasFraction) onFraction(field, cell);
    return clock;
  };
}

/** The clocks of zones, each made once: that costs more than reading a hundred rows. */
function zoneClocks(): (zone: string) => ReturnType<typeof zoneClock> {
  const clocks = new Map<string, ReturnType<typeof zoneClock>>();
  return (zone) => {
    const known = clocks.get(zone);
    if (known !== undefined) return known;
    const clock = zoneClock(zone);
    clocks.set(zone, clock);
    return clock;
  };
}
