import type { FastifyReply } from 'fastify';
import type { ExportLimits } from '../../../domain/configuration/export-limits.ts';
import { Failure, shown } from '../../../domain/errors.ts';
import type { OpenedMetrics } from '../../../extract/metrics/document.ts';
import type { ResolvedDownload } from '../../../extract/metrics/request.ts';
import { encoded } from '../../../http/compression.ts';
import { abortSlowReaders } from '../../../http/limits/slow-readers.ts';
import { countGroups } from '../../../http/request-log/count-groups.ts';
import { recordOf } from '../../../http/request-log/request-record.ts';
import type { Property } from '../entity-sets.ts';
import { codingOf, contextOf, type Exchange, formOf, isKnown, sendDocument } from '../exchange.ts';
import { jsonContentType } from '../media-type.ts';
import { optionsOf, readRange, readSelect, readWhere } from '../options.ts';
import { readOrderItems } from '../order.ts';
import { readKey } from '../rows/entity-key.ts';
import { usesPersonal } from '../uses-personal.ts';
import { groupObject, groupsBody } from './body.ts';
import { namesIn } from './meets.ts';
import { type GroupsRequest, groupsOf, groupsQuery } from './read-groups.ts';
import type { MetricSet } from './sets.ts';

/** What metrics depend on besides the rows. */
interface DataState {
  readonly version: string;
  /** The time that the rows are known to be of, in milliseconds since 1970; null if no rows were imported. */
  readonly knownAt: number | null;
}

/** The source of the groups. */
export interface GroupSource {
  /** Version of the program. */
  readonly program: string;
  /** Returns the current state of the data. */
  state(): Promise<DataState>;
  /**
   * Takes what is kept of this state, or starts to read what is asked at the state of a snapshot, which may be a later one; the signal
   * aborts it.
   */
  openMetrics(
    state: DataState,
    ask: (state: DataState) => ResolvedDownload,
    signal: AbortSignal,
  ): Promise<OpenedMetrics>;
  /** Returns the present time in milliseconds since 1970. */
  now(): number;
  readonly limits: Pick<ExportLimits, 'stallTimeoutMs' | 'maxDurationMs'>;
}

const OPTIONS = ['$select', '$filter', '$orderby', '$top', '$skip', '$count', '$format'] as const;

/** Returns the query of groups at a state of the data. */
const askerOf =
  (request: GroupsRequest, { viewer }: Exchange, source: GroupSource) =>
  ({ knownAt }: DataState): ResolvedDownload =>
    groupsQuery(request, { viewer, knownAt, now: source.now() });

/** Sends all groups of a set that meet the filter, without pages: they are few, and streamed. */
export async function sendGroups(exchange: Exchange, source: GroupSource, set: MetricSet): Promise<FastifyReply> {
  const { request, reply, viewer, signal, root } = exchange;
  const option = optionsOf(exchange.parameters, OPTIONS);
  const form = formOf('json', exchange, option);
  const range = readRange(option);
  const asked: GroupsRequest = {
    set,
    selected: readSelect(set, option('$select')),
    where: readWhere(set, option('$filter'), viewer),
    order: readOrderItems(set, option('$orderby') ?? null, viewer),
  };
  const ask = askerOf(asked, exchange, source);
  const coding = codingOf(exchange);
  const properties = asked.selected ?? set.properties;
  const { audit } = recordOf(request);
  const ordered = asked.order.map(({ property }) => property.key);
  audit.isPersonal = usesPersonal(set, [...keysOf(properties), ...namesIn(asked.where), ...ordered], viewer);
  const describe = ({ version }: Pick<DataState, 'version'>, { groups }: ResolvedDownload): boolean => {
    const names = keysOf(properties);
    return isKnown(exchange, coding, [source.program, version, 'odata', root, form, names, asked.where, range, groups]);
  };
  // What makes no sense is refused here, before it waits for a slot.
  const state = await source.state();
  if (describe(state, ask(state))) return reply.code(304).send();
  reply.header('content-type', jsonContentType(form));
  if (coding) reply.header('content-encoding', coding.name);
  if (request.method === 'HEAD') return reply.send();

  const opened = await source.openMetrics(state, ask, signal);
  // An import may have ended in between: the tag must be that of these groups.
  describe(opened, opened.asked);
  audit.dataVersion = opened.version;
  const context = form.hasContext ? contextOf(root, set.name, asked.selected) : null;
  // A failure from here on makes Fastify abort the connection: an incomplete list must not look complete.
  const counted = { ...opened, groups: countGroups(request, opened.groups) };
  const body = groupsBody(properties, groupsOf(asked, counted), { ...range, context }, form);
  return reply.send(abortSlowReaders(encoded(body, coding), reply, source.limits));
}

const keysOf = (properties: readonly Property[]): string[] => properties.map(({ key }) => key);

/** Sends the group that has a key. Errors: NOT_FOUND if there is none, or the viewer does not see its appointments. */
export async function sendGroup(
  exchange: Exchange,
  source: GroupSource,
  set: MetricSet,
  key: string,
): Promise<FastifyReply> {
  const { request, viewer, root, signal } = exchange;
  const option = optionsOf(exchange.parameters, ['$select', '$format']);
  const form = formOf('json', exchange, option);
  const selected = readSelect(set, option('$select'));
  recordOf(request).audit.isPersonal = usesPersonal(set, keysOf(selected ?? set.properties), viewer);
  const asked: GroupsRequest = { set, selected, where: readKey(set, key), order: [] };
  const opened = await source.openMetrics(await source.state(), askerOf(asked, exchange, source), signal);
  let found: string | null = null;
  const context = form.hasContext ? `${contextOf(root, set.name, selected)}/$entity` : null;
  for await (const [group] of groupsOf(asked, opened))
    if (group) found = groupObject(selected ?? set.properties, group, context, form);
  if (found === null) throw new Failure('NOT_FOUND', `${set.name} has none with the key ${shown(key)}.`);
  return sendDocument(exchange, jsonContentType(form), Buffer.from(found));
}

/** Sends the number of groups that meet the filter. */
export async function sendGroupCount(exchange: Exchange, source: GroupSource, set: MetricSet): Promise<FastifyReply> {
  const { request, reply, viewer, signal, parameters } = exchange;
  const option = optionsOf(parameters, ['$filter', '$format']);
  formOf('text', exchange, option);
  const asked: GroupsRequest = { set, selected: [], where: readWhere(set, option('$filter'), viewer), order: [] };
  recordOf(request).audit.isPersonal = usesPersonal(set, namesIn(asked.where), viewer);
  reply.header('content-type', 'text/plain; charset=utf-8').header('cache-control', 'private, no-store');
  const opened = await source.openMetrics(await source.state(), askerOf(asked, exchange, source), signal);
  let count = 0;
  for await (const groups of groupsOf(asked, opened)) count += groups.length;
  return reply.send(String(count));
}
