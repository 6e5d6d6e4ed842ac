import { shown } from '../errors.ts';
import type { Field } from '../fields.ts';
import { otherInstant, readIsoDate, resolveInstant, utcClock, zoneClock } from './date.ts';
import type { DatePattern } from './date-pattern.ts';
import { InvalidValue } from './invalid-value.ts';
import { isWallClock } from './wall-clock.ts';

/** What a date reader needs besides the cell. */
export interface DateContext {
  /** The format of all dates; null for ISO 8601. */
  readonly dateFormat: DatePattern | null;
  /** Returns the time zone of the current row's interview: null if the row has none, an InvalidValue if it is refused. */
  readonly zone: () => string | null | InvalidValue;
  /** Called for each date whose fraction of a second was cut off. */
  readonly onFraction: (field: Field, cell: string) => void;
  /**
   * Called for each instant whose wall clock, `clock`, occurs twice because clocks are put back: at `instant`, as the cell says, and at
   * `twin`.
   */
  readonly onRepeated: (field: Field, cell: string, clock: string, instant: number, twin: number) => void;
}

/**
 * Returns the reader of a column of dates. Canonical dates are returned unchanged. An instant becomes a wall clock in UTC or, in a `local`
 * column, in the interview's time zone; it is refused if the zone is unknown.
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
    // The row is already refused because of its zone.
    if (zone instanceof InvalidValue) return null;
    const clock = zone === null ? null : clockIn(zone);
    if (clock === null) {
      const lack =
        zone === null ? 'the row has no interviewTimeZone to convert it to' : `${zone} isn’t a known time zone`;
      return new InvalidValue(`${shown(cell)} is an instant, but ${lack}; use the local time, without an offset`);
    }
    const instant = resolveInstant(date.clock, date.offset);
    const local = clock(instant);
    if (local === null) return new InvalidValue(`${shown(cell)} is outside the years 0001 to 9999`);
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

/** Returns a cached `zoneClock`: creating one takes longer than reading a hundred rows. */
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
