import { Counter, type Registry } from 'prom-client';
import type { EndedSync } from '../../domain/import/ended-sync.ts';
import type { ChangeCounts } from '../../domain/import/import-session.ts';

/** By which way an import comes, and how each can end. */
const OUTCOMES = {
  http: ['saved', 'refused', 'dry_run'],
  sync: ['saved', 'unchanged', 'refused', 'failed'],
} as const;

const CHANGES = ['inserted', 'updated', 'unchanged', 'removed', 'refused'] as const;

/** An import that has ended. */
type EndedImport =
  | ({ readonly origin: 'sync' } & EndedSync)
  | { readonly origin: 'http'; readonly outcome: (typeof OUTCOMES.http)[number]; readonly rows: ChangeCounts };

/** Registers the counters of imports, and returns what counts one. docs/monitoring.md says what they are for. */
export function importMetrics(registry: Registry): (ended: EndedImport) => void {
  const registers = [registry];
  const imports = new Counter({
    ...{
      name: 'interviews_imports_total',
      help: 'Imports over HTTP that were read to their end, and syncs.',
      registers,
    },
    labelNames: ['origin', 'outcome'] as const,
  });
  const rows = new Counter({
    ...{ name: 'interviews_import_rows_total', help: 'Rows of these imports, by what became of them.', registers },
    labelNames: ['origin', 'change'] as const,
  });
  // A time series that begins with 1 has not increased, to Prometheus. Those whose labels are known begin with 0.
  for (const [origin, outcomes] of Object.entries(OUTCOMES)) {
    for (const outcome of outcomes) imports.inc({ origin, outcome }, 0);
    for (const change of CHANGES) rows.inc({ origin, change }, 0);
  }
  return ({ origin, outcome, rows: counts }) => {
    imports.inc({ origin, outcome });
    if (!counts) return;
    for (const change of CHANGES)
      if (outcome === 'saved' || change === 'refused') rows.inc({ origin, change }, counts[change]);
  };
}
