import { Counter, Histogram, type Registry } from 'prom-client';
import type { ObserveRequest } from '../request-log/request-log.ts';
import type { importMetrics } from './import-metrics.ts';
import { OperationNames } from './operation-names.ts';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

/** The label of a path that has no route, and of a method that no route has: both come from clients. */
const OTHER = '(other)';

/** From a small GraphQL operation to a download of millions of rows. */
const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** Returns what counts each request that has ended, with its import. docs/monitoring.md says what the metrics are for. */
export function requestMetrics(registry: Registry, countImport: ReturnType<typeof importMetrics>): ObserveRequest {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter<Label>({ name, help, labelNames, registers });
  const requests = counter('interviews_http_requests_total', 'Requests that have ended.', [
    'route',
    'method',
    'status',
  ] as const);
  const durations = new Histogram({
    name: 'interviews_http_request_duration_seconds',
    help: 'Seconds from the arrival of a request to the end of its response.',
    labelNames: ['route', 'method', 'operation'] as const,
    buckets: DURATION_BUCKETS,
    registers,
  });
  const bytes = counter('interviews_http_sent_bytes_total', 'Bytes of responses, headers included.', [
    'route',
  ] as const);
  const rows = counter('interviews_rows_sent_total', 'Rows that were read for responses.', ['route'] as const);
  const cut = counter('interviews_http_cut_responses_total', 'Responses that their clients do not have to the end.', [
    'route',
  ] as const);
  const errors = counter('interviews_http_errors_total', 'Requests that were answered with an error, by its code.', [
    'route',
    'method',
    'code',
  ] as const);
  const limited = counter('interviews_rate_limited_total', 'Requests that exceeded a rate limit.', ['limit'] as const);
  const cost = counter('interviews_graphql_cost_total', 'Cost of GraphQL operations.', ['kind'] as const);
  // A time series that begins with 1 has not increased, to Prometheus. Those whose labels are known begin with 0.
  for (const limit of ['per_second', 'per_minute', 'concurrent', 'points']) limited.inc({ limit }, 0);
  for (const kind of ['requested', 'actual', 'refused']) cost.inc({ kind }, 0);
  const names = new OperationNames();

  return ({ request, status, isCut, milliseconds, bytes: sent, record }) => {
    const { operation, isListed = false, code, limit, imported } = record;
    const route = request.routeOptions?.url ?? OTHER;
    const method = METHODS.has(request.method) ? request.method : OTHER;
    requests.inc({ route, method, status });
    const label = record.cost || operation !== undefined ? names.labelOf(operation, isListed) : '';
    durations.observe({ route, method, operation: label }, milliseconds / 1000);
    bytes.inc({ route }, sent);
    if (isCut) cut.inc({ route });
    if (code !== undefined) errors.inc({ route, method, code });
    if (limit !== undefined) limited.inc({ limit });
    if (record.cost) {
      const { requested, actual, isRefused } = record.cost;
      cost.inc({ kind: isRefused ? 'refused' : 'requested' }, requested);
      if (actual !== undefined) cost.inc({ kind: 'actual' }, actual);
    }
    if (!imported) {
      if (record.rows) rows.inc({ route }, record.rows());
      return;
    }
    const outcome = imported.saved ? 'saved' : imported.errors ? 'refused' : 'dry_run';
    countImport({ origin: 'http', outcome, rows: imported });
  };
}
