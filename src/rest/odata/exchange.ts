import type { FastifyReply, FastifyRequest } from 'fastify';
import type { QueryParameters } from '../../domain/parameters.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { type Coding, encoded, negotiatedCoding } from '../../http/compression.ts';
import { matches, opaqueTag } from '../../http/entity-tag.ts';
import { type JsonForm, type Kind, readMediaType } from './media-type.ts';
import type { ReadOption } from './options.ts';

/** An admitted request. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly viewer: Viewer;
  readonly signal: AbortSignal;
  readonly parameters: QueryParameters;
  /** The URL of the service document, with a slash at the end. */
  readonly root: string;
}

/** Returns the form of JSON that is asked for. Errors: those of `readMediaType`. */
export const formOf = (kind: Kind, { request }: Exchange, option: ReadOption): JsonForm =>
  readMediaType(kind, option('$format'), request.headers.accept);

/** Returns the content coding of the response. */
export const codingOf = ({ request }: Exchange): Coding | null => negotiatedCoding(request.headers['accept-encoding']);

/**
 * Sets the entity tag, which depends on all parts and the content coding. Returns whether the client has this response already. It is weak
 * with a coding, as that of the extract.
 */
export function isKnown({ request, reply }: Exchange, coding: Coding | null, parts: readonly unknown[]): boolean {
  const tag = `${coding ? 'W/' : ''}${opaqueTag([...parts, coding?.name ?? null])}`;
  reply.header('etag', tag);
  return matches(request.headers['if-none-match'], tag);
}

/** Sends a document that is known as a whole, unless the client has it already. */
export function sendDocument(exchange: Exchange, contentType: string, bytes: Buffer): FastifyReply {
  const { request, reply } = exchange;
  const coding = codingOf(exchange);
  if (isKnown(exchange, coding, ['odata', contentType, bytes.toString()])) return reply.code(304).send();
  reply.header('content-type', contentType);
  if (coding) reply.header('content-encoding', coding.name);
  if (request.method === 'HEAD') return reply.send();
  return reply.send(encoded(oneChunk(bytes), coding));
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** Returns the context URL of rows (OData Protocol 4.01, 10). `selected`: the names of their properties; null: all. */
export const contextOf = (root: string, set: string, selected: readonly { readonly key: string }[] | null): string =>
  `${root}$metadata#${set}${selected === null ? '' : `(${selected.map(({ key }) => key).join(',')})`}`;
