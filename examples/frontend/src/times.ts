/** An instant on the wall clock of a zone, as people of the reader’s language write it; in UTC where the zone isn’t known. */
export function localTime(instant: string | null | undefined, timeZone: string | null | undefined): string {
  if (!instant) return 'No time is set';
  const format = new Intl.DateTimeFormat(undefined, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: timeZone ?? 'UTC',
  });
  return `${format.format(new Date(instant))} (${timeZone ?? 'UTC'})`;
}

/** Today in the reader’s zone: `2026-11-24`. */
export function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

/** The instant at which a day begins in the reader’s zone. */
export const startOfDay = (day: string): string => new Date(`${day}T00:00:00`).toISOString();
