/**
 * Returns a zone's name for AT TIME ZONE. Postgres reads these four as abbreviations with a fixed offset before it looks for a zone of that
 * name; in the IANA database they are links to these cities.
 */
const zoneName = (zone: string): string =>
  `CASE ${zone} WHEN 'CET' THEN 'Europe/Brussels' WHEN 'MET' THEN 'Europe/Brussels' WHEN 'EET' THEN 'Europe/Athens'
   WHEN 'WET' THEN 'Europe/Lisbon' ELSE ${zone} END`;

/** Returns a local time in a zone as an instant, whether or not the time exists on that day. */
export const instantOrNearest = (local: string, zone: string): string => `(${local} AT TIME ZONE ${zoneName(zone)})`;

/** True of a local time that its zone skips (daylight saving time). */
const isSkipped = (local: string, zone: string): string =>
  `(${instantOrNearest(local, zone)} AT TIME ZONE ${zoneName(zone)}) <> ${local}`;

/** Returns a local time in a zone as an instant; null if the zone is missing or skips that time. */
export const instant = (local: string, zone: string): string =>
  `CASE WHEN NOT ${isSkipped(local, zone)} THEN ${instantOrNearest(local, zone)} END`;
