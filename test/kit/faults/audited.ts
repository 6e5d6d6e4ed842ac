import { expect } from 'vitest';
import { eventually } from '../command.ts';
import type { Rig } from './rig.ts';

/** Milliseconds within which what waited is written, once the database answers again: longer than the pause between two attempts. */
const WRITTEN_MS = 20_000;

/** Expects that each request that was answered with success has one entry in the audit log, by its id, and that no entry was lost. */
export async function expectAudited({ postgres }: Rig, answered: readonly string[]): Promise<void> {
  await eventually(async () => {
    const wrong = await postgres.rows(
      `SELECT asked.id, count(e.id)::int AS entries FROM unnest('{${answered.join(',')}}'::text[]) AS asked (id)
       LEFT JOIN audit_entry e ON e.request_id = asked.id AND e.outcome = 'SUCCESS' GROUP BY asked.id HAVING count(e.id) <> 1`,
    );
    expect(wrong, `of ${answered.length} answered requests`).toEqual([]);
  }, WRITTEN_MS);
  // Far fewer requests come during a fault than entries have room to wait.
  expect(await postgres.rows("SELECT at, requests FROM audit_entry WHERE action = 'AUDIT_LOST'")).toEqual([]);
}

/** How many requests the audit log has, by whether they succeeded. Those that were refused may be counted a minute later, or at the end of the service. */
export async function auditedRequests({ postgres }: Rig): Promise<{ succeeded: number; others: number }> {
  const [row] = await postgres.rows(
    `SELECT coalesce(sum(requests) FILTER (WHERE outcome = 'SUCCESS'), 0)::int AS succeeded,
       coalesce(sum(requests) FILTER (WHERE outcome <> 'SUCCESS'), 0)::int AS others FROM audit_entry WHERE actor_kind <> 'SERVICE'`,
  );
  return { succeeded: Number(row?.succeeded), others: Number(row?.others) };
}
