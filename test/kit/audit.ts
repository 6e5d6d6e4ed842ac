import { expect } from 'vitest';
import type { Json } from './graphql.ts';
import type { Service } from './service.ts';

/** An entry of the audit log, as the table has it. */
export type Entry = Json;

/** The entries of a request, by its id, once there are any; `how` says which are waited for. */
export async function entriesOf(
  service: Service,
  response: Pick<Response, 'headers'>,
  how: (entries: readonly Entry[]) => boolean = (entries) => entries.length > 0,
): Promise<Entry[]> {
  const id = response.headers.get('x-request-id') ?? '';
  const read = () => service.rows(`SELECT * FROM audit_entry WHERE request_id = '${id}' ORDER BY at, outcome DESC`);
  await expect.poll(async () => how(await read()), { timeout: 20_000, interval: 50 }).toBe(true);
  return await read();
}

/** The only entry of a request. Its answer is read to the end. */
export async function entryOf(service: Service, response: Response): Promise<Entry> {
  await response.arrayBuffer().catch(() => {});
  const entries = await entriesOf(service, response);
  expect(entries).toHaveLength(1);
  return entries[0];
}

/** All that the log has, as text. */
export const auditText = async (service: Service): Promise<string> =>
  JSON.stringify(await service.rows('SELECT e::text FROM audit_entry e'));
