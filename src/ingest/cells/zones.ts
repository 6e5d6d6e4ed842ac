import { RAILS_ZONES } from './rails-zones.ts';
import { WINDOWS_ZONES } from './windows-zones.ts';

/** The zone of the IANA database by the name that Windows or Rails gives to it, in lower case. */
const ALIASES: ReadonlyMap<string, string> = new Map(
  [...Object.entries(RAILS_ZONES), ...Object.entries(WINDOWS_ZONES)].map(([name, zone]) => [name.toLowerCase(), zone]),
);

/** Returns the zone of the IANA database that a name of Windows or Rails means; undefined for other names. */
export const zoneAlias = (cell: string): string | undefined => ALIASES.get(cell.trim().toLowerCase());
