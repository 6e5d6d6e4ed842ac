import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as it arrived, with its attributes by name. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  readonly kind: number;
  readonly failed: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface Attribute {
  readonly key: string;
  readonly value: Record<string, unknown>;
}

interface Resources {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<ReceivedSpan, 'attributes' | 'failed'> & {
        readonly attributes: readonly Attribute[];
        readonly status: { readonly code?: number };
      })[];
    }[];
  }[];
}

const byName = (attributes: readonly Attribute[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

/**
 * A receiver of OTLP over HTTP in JSON. `isSilent`: it takes requests and never answers. It keeps the spans, the attributes of their resource,
 * the headers of the last request, and all that it was sent as text.
 */
export async function startOtlpReceiver({ isSilent = false } = {}) {
  const spans: ReceivedSpan[] = [];
  const received = {
    resource: {} as Record<string, unknown>,
    headers: {} as IncomingHttpHeaders,
    text: '',
    requests: 0,
  };
  const server = createServer(async (request, response) => {
    received.requests++;
    if (isSilent) return;
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    received.text += text;
    received.headers = request.headers;
    if (request.url !== '/v1/traces') {
      response.writeHead(404).end();
      return;
    }
    for (const { resource, scopeSpans } of (JSON.parse(text) as Resources).resourceSpans) {
      received.resource = byName(resource.attributes);
      for (const span of scopeSpans.flatMap((scope) => scope.spans))
        spans.push({ ...span, attributes: byName(span.attributes), failed: span.status.code === 2 });
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    received,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
