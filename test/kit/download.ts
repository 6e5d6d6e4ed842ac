import { once } from 'node:events';
import http from 'node:http';
import { ADMIN_TOKEN, type Service } from './service.ts';

/** A GET whose bytes come as they are sent: `fetch` would undo their coding. */
export async function download(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ request: http.ClientRequest; response: http.IncomingMessage }> {
  const request = http.get(url, { headers: { 'x-smarttoken': ADMIN_TOKEN, ...headers }, agent: false });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  return { request, response };
}

/** Everything up to the end, and whether the transfer came to one. */
export async function rest(response: http.IncomingMessage): Promise<{ bytes: Buffer; whole: boolean }> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) chunks.push(chunk as Buffer);
  } catch {
    return { bytes: Buffer.concat(chunks), whole: false };
  }
  return { bytes: Buffer.concat(chunks), whole: response.complete };
}

/** Where the page after an answer is, as a client finds it (RFC 8288, RFC 3986, 5.2), from the root of the service; null after the last. */
export function nextOf({ headers, url }: Response): string | null {
  const target = /^<(.*)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
  if (target === undefined) return null;
  const { pathname, search } = new URL(target, url);
  return pathname + search;
}

/** Adds rows that are far larger than what the sockets between can hold, also compressed. */
export async function addLargeRows(service: Pick<Service, 'rows'>, rows = 1000): Promise<void> {
  await service.rows(
    `INSERT INTO appointment (interview_id, row_id, content_hash, slot_id, has_interviewer, has_feedback, interviewer_review)
     SELECT 'large-' || n, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), false, true,
       (SELECT string_agg(sha512((n || '/' || m)::text::bytea)::text, '') FROM generate_series(1, 200) m)
     FROM generate_series(1, ${rows}) n`,
  );
}

/** How many exports the database is at. */
export async function activeExports(service: Service): Promise<number> {
  const [row] = await service.rows(
    `SELECT count(*)::integer AS count FROM pg_stat_activity
     WHERE datname = current_database() AND state = 'active' AND query LIKE 'COPY (/* extract.rows */%'`,
  );
  return row?.count as number;
}
