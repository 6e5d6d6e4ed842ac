import { dayOf, MINUTE_SECONDS, yearOf } from './calendar.ts';
import { RULES, type Rule } from './daylight-saving.ts';

/** A time zone of the IANA database. */
export interface Zone {
  readonly name: string;
  /** Minutes that standard time is ahead of UTC. */
  readonly offset: number;
  /** When its clocks change; absent if they never do. */
  readonly rule?: Rule;
  /** Minutes that summer time is ahead of standard time. */
  readonly shift: number;
}

function group(offset: number, names: string, rule?: Rule, shift = 60): Zone[] {
  return names.split(' ').map((name) => ({ name, offset, shift, ...(rule && { rule }) }));
}

/** Every zone of the IANA database's zone.tab that has daylight saving time, then UTC and the largest of the others. */
export const ZONES: readonly Zone[] = [
  ...group(-120, 'America/Nuuk America/Scoresbysund', 'europe'),
  ...group(-60, 'Atlantic/Azores', 'europe'),
  ...group(0, 'Atlantic/Canary Atlantic/Faroe Atlantic/Madeira Europe/Dublin Europe/Guernsey', 'europe'),
  ...group(0, 'Europe/Isle_of_Man Europe/Jersey Europe/Lisbon Europe/London', 'europe'),
  ...group(0, 'Antarctica/Troll', 'europe', 120),
  ...group(60, 'Africa/Ceuta Arctic/Longyearbyen Europe/Amsterdam Europe/Andorra Europe/Belgrade', 'europe'),
  ...group(60, 'Europe/Berlin Europe/Bratislava Europe/Brussels Europe/Budapest Europe/Busingen', 'europe'),
  ...group(60, 'Europe/Copenhagen Europe/Gibraltar Europe/Ljubljana Europe/Luxembourg Europe/Madrid', 'europe'),
  ...group(60, 'Europe/Malta Europe/Monaco Europe/Oslo Europe/Paris Europe/Podgorica Europe/Prague', 'europe'),
  ...group(60, 'Europe/Rome Europe/San_Marino Europe/Sarajevo Europe/Skopje Europe/Stockholm', 'europe'),
  ...group(60, 'Europe/Tirane Europe/Vaduz Europe/Vatican Europe/Vienna Europe/Warsaw Europe/Zagreb', 'europe'),
  ...group(60, 'Europe/Zurich', 'europe'),
  ...group(120, 'Asia/Beirut Asia/Famagusta Asia/Nicosia Europe/Athens Europe/Bucharest', 'europe'),
  ...group(120, 'Europe/Chisinau Europe/Helsinki Europe/Kyiv Europe/Mariehamn Europe/Riga', 'europe'),
  ...group(120, 'Europe/Sofia Europe/Tallinn Europe/Vilnius', 'europe'),
  ...group(-180, 'America/Miquelon', 'northAmerica'),
  ...group(-210, 'America/St_Johns', 'northAmerica'),
  ...group(-240, 'America/Glace_Bay America/Goose_Bay America/Halifax America/Moncton', 'northAmerica'),
  ...group(-240, 'America/Thule Atlantic/Bermuda', 'northAmerica'),
  ...group(-300, 'America/Detroit America/Grand_Turk America/Havana America/Indiana/Indianapolis', 'northAmerica'),
  ...group(-300, 'America/Indiana/Marengo America/Indiana/Petersburg America/Indiana/Vevay', 'northAmerica'),
  ...group(-300, 'America/Indiana/Vincennes America/Indiana/Winamac America/Iqaluit', 'northAmerica'),
  ...group(-300, 'America/Kentucky/Louisville America/Kentucky/Monticello America/Nassau', 'northAmerica'),
  ...group(-300, 'America/New_York America/Port-au-Prince America/Toronto', 'northAmerica'),
  ...group(-360, 'America/Chicago America/Indiana/Knox America/Indiana/Tell_City', 'northAmerica'),
  ...group(-360, 'America/Matamoros America/Menominee America/North_Dakota/Beulah', 'northAmerica'),
  ...group(-360, 'America/North_Dakota/Center America/North_Dakota/New_Salem America/Ojinaga', 'northAmerica'),
  ...group(-360, 'America/Rankin_Inlet America/Resolute America/Winnipeg', 'northAmerica'),
  ...group(-420, 'America/Boise America/Cambridge_Bay America/Ciudad_Juarez America/Denver', 'northAmerica'),
  ...group(-420, 'America/Edmonton America/Inuvik', 'northAmerica'),
  ...group(-480, 'America/Los_Angeles America/Tijuana America/Vancouver', 'northAmerica'),
  ...group(-540, 'America/Anchorage America/Juneau America/Metlakatla America/Nome', 'northAmerica'),
  ...group(-540, 'America/Sitka America/Yakutat', 'northAmerica'),
  ...group(-600, 'America/Adak', 'northAmerica'),
  ...group(-240, 'America/Santiago', 'chile'),
  ...group(-360, 'Pacific/Easter', 'chile'),
  ...group(570, 'Australia/Adelaide Australia/Broken_Hill', 'australia'),
  ...group(600, 'Antarctica/Macquarie Australia/Hobart Australia/Melbourne Australia/Sydney', 'australia'),
  ...group(630, 'Australia/Lord_Howe', 'australia', 30),
  ...group(660, 'Pacific/Norfolk', 'australia'),
  ...group(720, 'Antarctica/McMurdo Pacific/Auckland', 'newZealand'),
  ...group(765, 'Pacific/Chatham', 'newZealand'),
  ...group(120, 'Africa/Cairo', 'egypt'),
  ...group(120, 'Asia/Jerusalem', 'israel'),
  ...group(120, 'Asia/Gaza Asia/Hebron', 'palestine'),
  ...group(0, 'Africa/Casablanca Africa/El_Aaiun', 'morocco'),
  ...group(0, 'UTC'),
  ...group(-660, 'Pacific/Pago_Pago'),
  ...group(-600, 'Pacific/Honolulu'),
  ...group(-420, 'America/Phoenix'),
  ...group(-360, 'America/Mexico_City'),
  ...group(-300, 'America/Bogota America/Lima'),
  ...group(-180, 'America/Argentina/Buenos_Aires America/Sao_Paulo'),
  ...group(60, 'Africa/Lagos'),
  ...group(120, 'Africa/Johannesburg'),
  ...group(180, 'Africa/Nairobi Asia/Riyadh Europe/Istanbul Europe/Moscow'),
  ...group(210, 'Asia/Tehran'),
  ...group(240, 'Asia/Dubai'),
  ...group(270, 'Asia/Kabul'),
  ...group(300, 'Asia/Karachi'),
  ...group(330, 'Asia/Kolkata'),
  ...group(345, 'Asia/Kathmandu'),
  ...group(360, 'Asia/Dhaka'),
  ...group(420, 'Asia/Bangkok Asia/Ho_Chi_Minh Asia/Jakarta'),
  ...group(480, 'Asia/Hong_Kong Asia/Manila Asia/Shanghai Asia/Singapore Asia/Taipei Australia/Perth'),
  ...group(540, 'Asia/Seoul Asia/Tokyo'),
  ...group(600, 'Australia/Brisbane'),
  ...group(840, 'Pacific/Kiritimati'),
];

/** Returns the zone of that name in ZONES. Errors: Error if there is none, which is a bug in the program. */
export function zoneNamed(name: string): Zone {
  const zone = ZONES.find((each) => each.name === name);
  if (zone === undefined) throw new Error(`No zone ${name} in ZONES.`);
  return zone;
}

function isSummer(zone: Zone, day: number): boolean {
  if (zone.rule === undefined) return false;
  const changes = RULES[zone.rule](yearOf(day));
  // Only Morocco has years without known changes; except during Ramadan it is always on summer time.
  if (changes === undefined) return true;
  const [summer, standard] = changes;
  return summer < standard ? day >= summer && day < standard : day >= summer || day < standard;
}

/** Returns the instant, in seconds since 1970, of a local time in office hours. */
export function instantOf(zone: Zone, wallClock: number): number {
  const minutes = zone.offset + (isSummer(zone, dayOf(wallClock)) ? zone.shift : 0);
  return wallClock - minutes * MINUTE_SECONDS;
}

/** Returns the first day, on or after a day, on which the zone's clocks change; undefined if none is known. */
export function nextClockChange(zone: Zone, day: number): number | undefined {
  if (zone.rule === undefined) return undefined;
  const year = yearOf(day);
  const changes = [...(RULES[zone.rule](year) ?? []), ...(RULES[zone.rule](year + 1) ?? [])];
  return changes.filter((change) => change >= day).sort((first, second) => first - second)[0];
}
