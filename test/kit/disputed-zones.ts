/** Governments change their clocks at short notice, and Node and the database have time zone data of their own, which may be of different years. */
import { offsetMinutes } from './generated.ts';
import type { Service } from './service.ts';

const DAY = 86_400_000;

/** Those of the zones of which Node and the database have different offsets at the same time of any day between two instants, as `2026-10-01T00:00:00Z`. */
export async function disputedZones(
  service: Service,
  zones: ReadonlySet<string>,
  from: string,
  until: string,
): Promise<string[]> {
  const names = [...zones].map((zone) => `'${zone}'`).join(', ');
  const changes = await service.rows(
    `SELECT zone, json_agg(extract(epoch FROM (at AT TIME ZONE zone) - (at AT TIME ZONE 'UTC')) / 60 ORDER BY at) AS minutes
       FROM unnest(ARRAY[${names}]) AS zone, generate_series('${from}'::timestamptz, '${until}', '24 hours') AS at GROUP BY zone`,
  );
  const days = Math.floor((Date.parse(until) - Date.parse(from)) / DAY) + 1;
  return changes.flatMap(({ zone, minutes }) => {
    const own = Array.from({ length: days }, (_, day) => offsetMinutes(Date.parse(from) + day * DAY, String(zone)));
    return JSON.stringify(own) === JSON.stringify(minutes) ? [] : [String(zone)];
  });
}
