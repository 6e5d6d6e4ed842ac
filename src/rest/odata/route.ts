import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { both, type Condition } from '../../domain/condition.ts';
import { type ExportLimits, MAX_PAGE_ROWS } from '../../domain/configuration/export-limits.ts';
import type { EntityName } from '../../domain/entities.ts';
import { Failure, shown } from '../../domain/errors.ts';
import { parametersOf, type QueryParameters } from '../../domain/parameters.ts';
import { ODATA_PATH } from '../../domain/paths.ts';
import { requireScope, type Viewer, visible } from '../../domain/viewer.ts';
import { clientLeft } from '../../http/client-left.ts';
import { type Coding, encoded, negotiatedCoding } from '../../http/compression.ts';
import { matches, opaqueTag } from '../../http/entity-tag.ts';
import { ODATA_VERSION, VARY } from '../../http/headers.ts';
import type { Admit } from '../../http/limits/rate-limits.ts';
import { abortSlowReaders } from '../../http/limits/slow-readers.ts';
import { pathOf } from '../../http/request-target.ts';
import { serviceUrl } from '../../http/service-url.ts';
import { collectionBody, entityBody } from './body.ts';
import { readKey } from './entity-key.ts';
import type { StoredSet } from './entity-sets.ts';
import { checkVersion, preferredPageSize } from './headers.ts';
import { type JsonForm, jsonContentType, type Kind, readMediaType } from './media-type.ts';
import { metadataDocument } from './metadata.ts';
import { optionsOf, type ReadOption, type RowsRequest, readRowsRequest, readSelect, readWhere } from './options.ts';
import { readOrder } from './order.ts';
import { type OpenedRows, propertiesOf, type StoredRowsRequest, storedRowsRequest } from './read-rows.ts';
import { readResourcePath } from './resource-path.ts';
import { serviceDocument } from './service-document.ts';
import { writeSkipToken } from './skip-token.ts';

/** The source of the rows. */
export interface ODataSource {
  /** Version of the program. */
  readonly program: string;
  /** Returns the current data version. */
  dataVersion(): Promise<string>;
  /** Starts to read rows; the signal aborts it. */
  openRows(request: StoredRowsRequest, signal: AbortSignal): Promise<OpenedRows>;
  /** Counts the rows of an entity that meet a condition; the signal aborts it. */
  countRows(entity: EntityName, where: Condition, viewer: Viewer, signal: AbortSignal): Promise<number>;
  readonly limits: Pick<ExportLimits, 'stallTimeoutMs' | 'maxDurationMs'>;
}

/** An admitted request. */
interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly viewer: Viewer;
  readonly signal: AbortSignal;
  readonly parameters: QueryParameters;
  /** The URL of the service document, with a slash at the end. */
  readonly root: string;
}

const ROW_OPTIONS = ['$select', '$filter', '$orderby', '$top', '$skip', '$count', '$skiptoken', '$format'] as const;

/** Serves `GET` and `HEAD` of OData (docs/odata.md): what there is to read, and its rows. */
export function odataRoute(app: FastifyInstance, admit: Admit, source: ODataSource): void {
  const metadata = Buffer.from(metadataDocument());
  for (const url of [ODATA_PATH, `${ODATA_PATH}/*`])
    app.route({
      method: ['GET', 'HEAD'],
      url,
      config: { basic: 'requested' },
      handler: async (request, reply) => {
        const signal = clientLeft(request, reply);
        reply.header('odata-version', ODATA_VERSION);
        const { viewer } = await admit(request, reply);
        requireScope(viewer, 'read');
        checkVersion(request);
        const resource = readResourcePath(decodeURIComponent(pathOf(request).slice(ODATA_PATH.length + 1)));
        const parameters = parametersOf(request);
        const root = `${serviceUrl(request)}${ODATA_PATH.slice(1)}/`;
        const exchange: Exchange = { request, reply, viewer, signal, parameters, root };
        reply.header('vary', `${VARY}, Prefer`).header('cache-control', 'private, no-cache');
        switch (resource.of) {
          case 'service': {
            const form = formOf('json', exchange, optionsOf(parameters, ['$format']));
            const body = JSON.stringify(serviceDocument(form.hasContext ? root : null));
            return sendDocument(exchange, source, jsonContentType(form), Buffer.from(body));
          }
          case 'metadata':
            formOf('xml', exchange, optionsOf(parameters, ['$format']));
            return sendDocument(exchange, source, 'application/xml; charset=utf-8', metadata);
          case 'rows':
            return sendRows(exchange, source, resource.set);
          case 'row':
            return sendRow(exchange, source, resource.set, resource.key);
          default:
            return sendCount(exchange, source, resource.set);
        }
      },
    });
}

/** Returns the form of JSON that is asked for. Errors: those of `readMediaType`. */
const formOf = (kind: Kind, { request }: Exchange, option: ReadOption): JsonForm =>
  readMediaType(kind, option('$format'), request.headers.accept);

/**
 * Sets the entity tag, which depends on all parts, and the content coding. Returns whether the client has this response already. It is weak
 * with a coding, as that of the extract.
 */
function isKnown({ request, reply }: Exchange, coding: Coding | null, parts: readonly unknown[]): boolean {
  const tag = `${coding ? 'W/' : ''}${opaqueTag([...parts, coding?.name ?? null])}`;
  reply.header('etag', tag);
  return matches(request.headers['if-none-match'], tag);
}

const codingOf = ({ request }: Exchange): Coding | null => negotiatedCoding(request.headers['accept-encoding']);

/** Sends a document that does not depend on the data. */
function sendDocument(exchange: Exchange, { program }: ODataSource, contentType: string, bytes: Buffer): FastifyReply {
  const { request, reply } = exchange;
  const coding = codingOf(exchange);
  if (isKnown(exchange, coding, [program, 'odata', contentType, bytes.toString()])) return reply.code(304).send();
  reply.header('content-type', contentType);
  if (coding) reply.header('content-encoding', coding.name);
  if (request.method === 'HEAD') return reply.send();
  return reply.send(encoded(oneChunk(bytes), coding));
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** Sends a page of rows. */
async function sendRows(exchange: Exchange, source: ODataSource, set: StoredSet): Promise<FastifyReply> {
  const { request, reply, viewer, signal, root } = exchange;
  const option = optionsOf(exchange.parameters, ROW_OPTIONS);
  const form = formOf('json', exchange, option);
  const pageSize = preferredPageSize(request);
  const page = readRowsRequest(set, option, pageSize, viewer);
  const asked = storedRowsRequest(page, viewer);
  const coding = codingOf(exchange);
  const parts = (version: string) => [
    source.program,
    version,
    'odata',
    root,
    form,
    page.top,
    { ...asked, columns: propertyNames(page) },
    viewer.scopes,
  ];
  const isHead = request.method === 'HEAD';
  if (isHead || request.headers['if-none-match'] !== undefined)
    if (isKnown(exchange, coding, parts(await source.dataVersion()))) return reply.code(304).send();
  reply.header('content-type', jsonContentType(form));
  if (pageSize !== null) reply.header('preference-applied', `odata.maxpagesize=${Math.min(pageSize, MAX_PAGE_ROWS)}`);
  if (coding) reply.header('content-encoding', coding.name);
  if (isHead) return reply.send();

  const opened = await source.openRows(asked, signal);
  // An import may have ended in between: the tag must be that of these rows.
  isKnown(exchange, coding, parts(opened.version));
  const around = {
    context: form.hasContext ? contextOf(root, page) : null,
    count: opened.count,
    next: nextLink(exchange, page, opened),
  };
  // A failure from here on makes Fastify abort the connection: an incomplete page must not look complete.
  const body = collectionBody(propertiesOf(page), opened.rows, around, form);
  return reply.send(abortSlowReaders(encoded(body, coding), reply, source.limits));
}

const propertyNames = (page: RowsRequest): string[] => propertiesOf(page).map(({ key }) => key);

/** Returns the context URL of rows (OData Protocol 4.01, 10). */
function contextOf(root: string, { set, selected }: Pick<RowsRequest, 'set' | 'selected'>): string {
  return `${root}$metadata#${set.name}${selected === null ? '' : `(${selected.map(({ key }) => key).join(',')})`}`;
}

/** Returns the URL of the page after this one; null if there is none. The number of all rows is told once. */
function nextLink({ root, parameters }: Exchange, page: RowsRequest, { next }: OpenedRows): string | null {
  const { set, order, limit, top } = page;
  if (next === null || top === limit) return null;
  const kept = [...parameters].filter(([name]) => !['$skip', '$skiptoken', '$top', '$count'].includes(name));
  const options = [
    ...kept.map(([name, [value = '']]) => [name, value] as const),
    ...(top === null ? [] : [['$top', String(top - limit)] as const]),
    ['$skiptoken', writeSkipToken(order, next)] as const,
  ];
  return `${root}${set.name}?${options.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}

/** Sends the row that has a key. Errors: NOT_FOUND if there is none, or the viewer does not see it. */
async function sendRow(exchange: Exchange, source: ODataSource, set: StoredSet, key: string): Promise<FastifyReply> {
  const { request, reply, viewer, signal, root } = exchange;
  const option = optionsOf(exchange.parameters, ['$select', '$format']);
  const form = formOf('json', exchange, option);
  const page: RowsRequest = {
    ...{ set, selected: readSelect(set, option('$select')), where: readKey(set, key) },
    ...{ order: readOrder(set, null, viewer), after: null, skip: 0, limit: 1, top: 1, isCounted: false },
  };
  const { rows, version } = await source.openRows(storedRowsRequest(page, viewer), signal);
  const context = form.hasContext ? `${contextOf(root, page)}/$entity` : null;
  const body = await entityBody(propertiesOf(page), rows, context, form);
  if (body === null) throw new Failure('NOT_FOUND', `${set.name} has none with the key ${shown(key)}.`);
  const coding = codingOf(exchange);
  if (isKnown(exchange, coding, [source.program, version, 'odata', body.toString()])) return reply.code(304).send();
  reply.header('content-type', jsonContentType(form));
  if (coding) reply.header('content-encoding', coding.name);
  return request.method === 'HEAD' ? reply.send() : reply.send(encoded(oneChunk(body), coding));
}

/** Sends the number of rows that meet the filter. */
async function sendCount(exchange: Exchange, source: ODataSource, set: StoredSet): Promise<FastifyReply> {
  const { request, reply, viewer, signal, parameters } = exchange;
  const option = optionsOf(parameters, ['$filter', '$format']);
  formOf('text', exchange, option);
  const where = readWhere(set, option('$filter'), viewer);
  reply.header('content-type', 'text/plain; charset=utf-8').header('cache-control', 'private, no-store');
  if (request.method === 'HEAD') return reply.send();
  const count = await source.countRows(set.entity, both(visible(set.entity, viewer), where), viewer, signal);
  return reply.send(String(count));
}
