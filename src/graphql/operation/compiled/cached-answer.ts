import { hash } from 'node:crypto';
import { type GraphQLSchema, printSchema } from 'graphql';
import type { DataState } from '../../../db/query/state/data-state.ts';
import { scopesOf, type Viewer } from '../../../domain/viewer.ts';
import { matches, opaqueTag } from '../../../http/entity-tag.ts';
import type { PreparedOperation } from '../prepare.ts';

/** A request whose response the client may keep, and what is found out about it. */
export interface Caching {
  /** The tags that the client has (RFC 9110, 13.1.2). */
  readonly ifNoneMatch: string | undefined;
  /** What the response depends on beside the operation and the data: the program’s version, the Accept header. */
  readonly varies: readonly unknown[];
  /** Returns the current data version. */
  dataVersion(): Promise<string>;
  /** Returns the current data version and the clock of the data. */
  dataState(): Promise<DataState>;
  /** Set by `readTag`: the tag of the response if it has no errors; null if it must not be kept. */
  tag: string | null;
  /** Set by `readTag`: whether the client has this response. */
  isNotModified: boolean;
}

const schemaHashes = new WeakMap<GraphQLSchema, string>();

function hashOf(schema: GraphQLSchema): string {
  const known = schemaHashes.get(schema) ?? hash('sha256', printSchema(schema));
  schemaHashes.set(schema, known);
  return known;
}

/**
 * Finds the entity tag of an operation's response, and whether the client has it, without reading rows. The data version is read before the
 * rows: if an import ends in between, newer rows get an older tag, which the next request does not match. The tag is weak (RFC 9110,
 * 8.8.3), since it says nothing of the content coding. Errors: DATABASE_UNAVAILABLE.
 */
export async function readTag(
  caching: Caching,
  schema: GraphQLSchema,
  { followsData, byClock, text, definition }: PreparedOperation,
  values: Readonly<Record<string, unknown>>,
  viewer: Viewer,
): Promise<void> {
  if (!followsData) return;
  const state = byClock ? await caching.dataState() : { version: await caching.dataVersion() };
  // Where nothing was imported, the present time is the clock.
  if ('knownAt' in state && state.knownAt === null) return;
  const parts = [
    ...[caching.varies, hashOf(schema), state],
    ...[text, definition.name?.value ?? null, values],
    ...[scopesOf(viewer), viewer.restriction],
  ];
  caching.tag = `W/${opaqueTag(parts)}`;
  caching.isNotModified = matches(caching.ifNoneMatch, caching.tag);
}
