import type { FastifyReply } from 'fastify';
import { both, type Condition } from '../../../domain/condition.ts';
import { type ExportLimits, MAX_PAGE_ROWS } from '../../../domain/configuration/export-limits.ts';
import type { EntityName } from '../../../domain/entities.ts';
import { Failure, shown } from '../../../domain/errors.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { encoded } from '../../../http/compression.ts';
import { abortSlowReaders } from '../../../http/limits/slow-readers.ts';
import { recordOf } from '../../../http/request-log/request-record.ts';
import type { StoredSet } from '../entity-sets.ts';
import { codingOf, contextOf, type Exchange, formOf, isKnown, sendDocument } from '../exchange.ts';
import { preferredPageSize } from '../headers.ts';
import { jsonContentType } from '../media-type.ts';
import { namesIn } from '../metrics/meets.ts';
import { optionsOf, type RowsRequest, readRowsRequest, readSelect, readWhere } from '../options.ts';
import { readOrder } from '../order.ts';
import { usesPersonal } from '../uses-personal.ts';
import { collectionBody, entityBody } from './body.ts';
import { readKey } from './entity-key.ts';
import { type OpenedRows, propertiesOf, type StoredRowsRequest, storedRowsRequest, visibleIn } from './read-rows.ts';
import { writeSkipToken } from './skip-token.ts';

/** The source of the rows. */
export interface RowSource {
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

const OPTIONS = ['$select', '$filter', '$orderby', '$top', '$skip', '$count', '$skiptoken', '$format'] as const;

/** Sends a page of rows. */
export async function sendRows(exchange: Exchange, source: RowSource, set: StoredSet): Promise<FastifyReply> {
  const { request, reply, viewer, signal, root } = exchange;
  const option = optionsOf(exchange.parameters, OPTIONS);
  const form = formOf('json', exchange, option);
  const pageSize = preferredPageSize(request);
  const page = readRowsRequest(set, option, pageSize, viewer);
  const asked = storedRowsRequest(page, viewer);
  const names = propertiesOf(page).map(({ key }) => key);
  const { audit } = recordOf(request);
  audit.isPersonal = usesPersonal(set, [...names, ...namesIn(page.where), ...page.order.by], viewer);
  const parts = (version: string) => {
    const rows = { ...asked, columns: names, hidden: asked.columns.indexOf(null) };
    return [source.program, version, 'odata', root, form, page.top, rows];
  };
  const coding = codingOf(exchange);
  const isHead = request.method === 'HEAD';
  if (isHead || request.headers['if-none-match'] !== undefined)
    if (isKnown(exchange, coding, parts(await source.dataVersion()))) return reply.code(304).send();
  reply.header('content-type', jsonContentType(form));
  if (pageSize !== null) reply.header('preference-applied', `odata.maxpagesize=${Math.min(pageSize, MAX_PAGE_ROWS)}`);
  if (coding) reply.header('content-encoding', coding.name);
  if (isHead) return reply.send();

  const opened = await source.openRows(asked, signal);
  recordOf(request).rows = opened.countRows;
  // An import may have ended in between: the tag must be that of these rows.
  isKnown(exchange, coding, parts(opened.version));
  audit.dataVersion = opened.version;
  const around = {
    context: form.hasContext ? contextOf(root, set.name, page.selected) : null,
    count: opened.count,
    next: nextLink(exchange, page, opened),
  };
  // A failure from here on makes Fastify abort the connection: an incomplete page must not look complete.
  const body = collectionBody(propertiesOf(page), opened.rows, around, form);
  return reply.send(abortSlowReaders(encoded(body, coding), reply, source.limits));
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
export async function sendRow(
  exchange: Exchange,
  source: RowSource,
  set: StoredSet,
  key: string,
): Promise<FastifyReply> {
  const { request, viewer, signal, root } = exchange;
  const option = optionsOf(exchange.parameters, ['$select', '$format']);
  const form = formOf('json', exchange, option);
  const page: RowsRequest = {
    ...{ set, selected: readSelect(set, option('$select')), where: readKey(set, key) },
    ...{ order: readOrder(set, null, viewer), after: null, skip: 0, limit: 1, top: 1, isCounted: false },
  };
  const { rows, countRows, version } = await source.openRows(storedRowsRequest(page, viewer), signal);
  const record = recordOf(request);
  record.rows = countRows;
  record.audit.dataVersion = version;
  record.audit.isPersonal = usesPersonal(
    set,
    propertiesOf(page).map((property) => property.key),
    viewer,
  );
  const context = form.hasContext ? `${contextOf(root, set.name, page.selected)}/$entity` : null;
  const body = await entityBody(propertiesOf(page), rows, context, form);
  if (body === null) throw new Failure('NOT_FOUND', `${set.name} has none with the key ${shown(key)}.`);
  return sendDocument(exchange, jsonContentType(form), body);
}

/** Sends the number of rows that meet the filter. */
export async function sendRowCount(exchange: Exchange, source: RowSource, set: StoredSet): Promise<FastifyReply> {
  const { request, reply, viewer, signal, parameters } = exchange;
  const option = optionsOf(parameters, ['$filter', '$format']);
  formOf('text', exchange, option);
  const where = readWhere(set, option('$filter'), viewer);
  recordOf(request).audit.isPersonal = usesPersonal(set, namesIn(where), viewer);
  reply.header('content-type', 'text/plain; charset=utf-8').header('cache-control', 'private, no-store');
  const count = await source.countRows(set.entity, both(visibleIn(set, viewer), where), viewer, signal);
  return reply.send(String(count));
}
