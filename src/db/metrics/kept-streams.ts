import type { KeptMetrics } from './kept-metrics.ts';
import type { MetricsQueries, StreamedMetrics } from './open-metrics.ts';
import type { MetricsGroup } from './read-metrics.ts';

/** How many groups are read to the end before the first is sent, to be kept. Those of more are streamed, so that no memory holds them. */
const MAX_KEPT_GROUPS = 5_000;

/** Returns the measures of rows of this version, if all that is asked for is kept; otherwise null. */
export function findStream<Asked extends MetricsQueries>(
  kept: KeptMetrics,
  version: string,
  asked: Asked,
): StreamedMetrics<Asked> | null {
  const groups = kept.find(version, asked.groups);
  const total = asked.total && kept.find(version, asked.total);
  if (groups === undefined || total === undefined) return null;
  return {
    ...{ version, asked },
    total: total?.groups[0] ?? null,
    groupCount: groups.groupCount,
    groups: inOnePiece(groups.groups),
  };
}

/** Reads measures of few groups to the end, which releases their connection, and keeps them. Errors: those of the groups. */
export async function keepStream<Asked extends MetricsQueries>(
  kept: KeptMetrics,
  opened: StreamedMetrics<Asked>,
): Promise<StreamedMetrics<Asked>> {
  const { version, asked, total, groupCount } = opened;
  if (Math.min(groupCount, asked.groups.first ?? groupCount) > MAX_KEPT_GROUPS) return opened;
  const groups: MetricsGroup[] = [];
  for await (const batch of opened.groups) groups.push(...batch);
  kept.keep(version, asked.groups, { groups, groupCount });
  if (asked.total && total) kept.keep(version, asked.total, { groups: [total], groupCount: 1 });
  return { ...opened, groups: inOnePiece(groups) };
}

async function* inOnePiece(groups: readonly MetricsGroup[]): AsyncGenerator<readonly MetricsGroup[]> {
  if (groups.length > 0) yield groups;
}
