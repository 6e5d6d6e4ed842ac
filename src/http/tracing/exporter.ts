import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';

/** Milliseconds between two lines of the log that spans can't be sent. */
const REPORT_INTERVAL_MS = 60_000;

/** Milliseconds that the end of the service waits for its last spans to be sent. */
const END_TIMEOUT_MS = 2_000;

/** Where spans are sent to, and under which name. */
export interface TracingConfig {
  /** The base URL of an OTLP receiver. */
  readonly endpoint: string;
  /** Headers of the requests to it, which may hold its token. */
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
}

/**
 * Returns the provider of tracers whose spans are sent to the receiver in the background, as OTLP over HTTP in JSON. What it can't take is
 * dropped. `report` is told why, at most once a minute. Sampling and batches are those of the standard variables of the environment.
 */
export function openTelemetry(
  { endpoint, headers, serviceName }: TracingConfig,
  program: string,
  report: (error: unknown) => void,
): { readonly provider: BasicTracerProvider; close(): Promise<void> } {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces`, headers: { ...headers } });
  let reported = Number.NEGATIVE_INFINITY;
  const reporting: SpanExporter = {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.error && performance.now() - reported > REPORT_INTERVAL_MS) {
          reported = performance.now();
          report(result.error);
        }
        done(result);
      }),
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
  };
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': program }),
    spanProcessors: [new BatchSpanProcessor(reporting)],
  });
  return {
    provider,
    async close() {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, END_TIMEOUT_MS);
      });
      await Promise.race([provider.shutdown().catch(report), late]);
      clearTimeout(timer);
    },
  };
}
