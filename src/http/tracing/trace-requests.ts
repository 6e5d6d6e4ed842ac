import {
  type Context,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { asPartOf, type Span } from '../../domain/tracing.ts';
import { remoteSpanOf } from '../request-log/request-id.ts';
import type { EndedRequest, RequestLog } from '../request-log/request-log.ts';
import { recordOf } from '../request-log/request-record.ts';
import { openTelemetry, type TracingConfig } from './exporter.ts';

/** Makes each request to the routes of `app` a trace, or part of the one that its traceparent names. Must be called before they are registered. */
export function traceRequests(
  app: FastifyInstance,
  config: TracingConfig,
  requestLog: RequestLog,
  program: string,
): void {
  const { provider, close } = openTelemetry(config, program, (err) => app.log.warn({ err }, 'spans can’t be sent'));
  const tracer = provider.getTracer('interviews-data-service', program);
  const spans = new WeakMap<FastifyRequest, OpenSpan>();

  app.addHook('onRequest', (request, _reply, done) => {
    const remote = remoteSpanOf(request.raw);
    const parent = remote ? trace.setSpanContext(ROOT_CONTEXT, { ...remote, isRemote: true }) : ROOT_CONTEXT;
    const { method } = request;
    const route = request.routeOptions.url ?? '';
    const attributes = { 'http.request.method': method, 'http.route': route, 'interviews.request_id': request.id };
    const started = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
    const span = new OpenSpan(tracer, started);
    spans.set(request, span);
    recordOf(request).traceId = started.spanContext().traceId;
    asPartOf(span, done);
  });
  requestLog.observe((ended) => endRequest(spans.get(ended.request), ended));
  app.addHook('onClose', close);
}

function endRequest(span: OpenSpan | undefined, { status, isCut, bytes, record }: EndedRequest): void {
  if (!span) return;
  const { operation, rows, code } = record;
  span.set({
    ...{ 'http.response.status_code': status, 'interviews.sent_bytes': bytes },
    ...(operation !== undefined && { 'graphql.operation.name': operation }),
    ...(rows && { 'interviews.rows': rows() }),
    ...(isCut && { 'interviews.is_cut': 'true' }),
    ...(code !== undefined && { 'error.type': code }),
  });
  // What a client did wrong is no error of the server (semantic conventions of HTTP spans).
  span.end(status >= 500 ? (code ?? String(status)) : undefined);
}

class OpenSpan implements Span {
  readonly #tracer: Tracer;
  readonly #span: OtelSpan;
  readonly #context: Context;
  #ended = false;

  constructor(tracer: Tracer, span: OtelSpan) {
    this.#tracer = tracer;
    this.#span = span;
    this.#context = trace.setSpan(ROOT_CONTEXT, span);
  }

  child(name: string): Span {
    return new OpenSpan(this.#tracer, this.#tracer.startSpan(name, {}, this.#context));
  }

  set(attributes: Readonly<Record<string, string | number>>): void {
    this.#span.setAttributes(attributes);
  }

  end(errorType?: string): void {
    if (this.#ended) return;
    this.#ended = true;
    if (errorType !== undefined) {
      this.#span.setAttribute('error.type', errorType);
      this.#span.setStatus({ code: SpanStatusCode.ERROR, message: errorType });
    }
    this.#span.end();
  }
}
