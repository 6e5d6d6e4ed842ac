/**
 * The way of usual requests past Yoga: a POST of JSON with an operation that was executed before and nothing else. Yoga reads and answers
 * everything else, and would answer these with the same bytes; a test sends each request both ways.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { ExecutionResult } from 'graphql';
import { isRecord } from '../../domain/types/property.ts';
import { jsonOf } from '../operation/compiled/json-in-turns.ts';
import type { Documents } from '../operation/document.ts';
import type { Executed, Operation } from '../operation/execute.ts';
import { readBody } from './parameters.ts';
import { httpOf } from './status-codes.ts';

const JSON_TYPE = 'application/json';
const RESPONSE_TYPE = 'application/graphql-response+json';

/** What a usual request asks for. */
interface UsualRequest {
  readonly operation: Omit<Operation, 'request'>;
  /** The media type of the response. */
  readonly type: typeof JSON_TYPE | typeof RESPONSE_TYPE;
}

/** A response, as Fastify sends it. */
interface FastResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Returns a function that answers a request with this body if it is usual, and null otherwise. */
export const fastPath =
  (execute: (operation: Operation) => Promise<Executed>, documents: Documents) =>
  async (
    { method, url, headers }: { method: string; url: string; headers: IncomingHttpHeaders },
    body: string,
    request: Operation['request'],
  ): Promise<FastResponse | null> => {
    if (method !== 'POST' || url.includes('?')) return null;
    const usual = readUsual(headers, body, documents);
    if (!usual) return null;
    const result = await execute({ ...usual.operation, request });
    if (Symbol.asyncIterator in result) throw new Error('the result of a usual request is a stream');
    return { ...statusOfResult(result, usual.type), body: await jsonOf(result) };
  };

/** Returns what a request asks for; null if it has anything that only Yoga understands, or that is wrong. */
export function readUsual(headers: IncomingHttpHeaders, body: string, documents: Documents): UsualRequest | null {
  const type = responseType(headers.accept);
  if (!type || !/^application\/json(; ?charset=utf-8)?$/i.test(headers['content-type'] ?? '')) return null;
  let parameters: unknown;
  try {
    parameters = readBody(body);
  } catch {
    return null;
  }
  if (!isRecord(parameters)) return null;
  const { query, operationName = null, variables = null, extensions = null, ...others } = parameters;
  if (typeof query !== 'string' || Object.keys(others).length > 0) return null;
  if (operationName !== null && typeof operationName !== 'string') return null;
  if (variables !== null && !isRecord(variables)) return null;
  if (extensions !== null && (!isRecord(extensions) || 'persistedQuery' in extensions)) return null;
  if (!documents.isKnown(query)) return null;
  return { operation: { query, operationName, variables: variables ?? {} }, type };
}

/** Returns the media type that Yoga chooses by an Accept header: the first that it knows. Null if a parameter may exclude it. */
function responseType(accept = '*/*'): UsualRequest['type'] | null {
  for (const range of accept.toLowerCase().split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    if (!parameters.every((parameter) => /^(q=(1|0\.[1-9]\d*)|charset=utf-8)$/.test(parameter))) return null;
    if (type === RESPONSE_TYPE || type === JSON_TYPE) return type;
    if (type === '*/*' || type === 'application/*') return JSON_TYPE;
  }
  return null;
}

/** Returns the status of a result, as over-http/status-codes.ts sets it for Yoga. */
function statusOfResult(result: ExecutionResult, type: UsualRequest['type']): Omit<FastResponse, 'body'> {
  const headers = { 'content-type': `${type}; charset=utf-8` };
  if (result.data !== undefined) return { status: 200, headers };
  const found = (result.errors ?? []).map(httpOf);
  const status = type === JSON_TYPE ? 200 : Math.max(...found.map((one) => one.status));
  return { status, headers: Object.assign(headers, ...found.map((one) => one.headers)) };
}
