import type { FastifyRequest } from 'fastify';

/** The parameters of a request by name, in the order of the query string. */
export function parametersOf(request: FastifyRequest): Map<string, string[]> {
  const query = request.query as Record<string, string | string[]>;
  return new Map(Object.entries(query).map(([name, value]) => [name, [value].flat()]));
}
