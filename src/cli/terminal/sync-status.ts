import { secondsText } from '../../domain/import/as-of.ts';
import type { ImportRecord } from '../../domain/import/import-record.ts';

/** Returns syncs, the latest first, in one line each, and the time that the rows are known at. */
export function describeSyncs(syncs: readonly ImportRecord[], knownAt: number | null): string {
  const known = knownAt === null ? 'No rows were imported yet.' : `The rows are known at ${secondsText(knownAt)}.`;
  const lines = syncs.length === 0 ? ['There was no sync yet.'] : syncs.map(describeSync);
  return `${[...lines, known].join('\n')}\n`;
}

function describeSync({ begunAt, endedAt, upstream, message, ...counts }: ImportRecord): string {
  const seconds = ((endedAt.getTime() - begunAt.getTime()) / 1000).toFixed(1);
  const { read, inserted, updated, removed, moved } = counts;
  const done = `${read} rows read: ${inserted} inserted, ${updated} updated, ${removed} removed${moved > 0 ? `, ${moved} moved` : ''}.`;
  return `${secondsText(endedAt.getTime())}  ${upstream}  ${counts.outcome.toLowerCase()} after ${seconds} s: ${message ?? done}`;
}
