import { expect } from 'vitest';
import type { Service } from './service.ts';

/** Any JSON of an answer. */
// biome-ignore lint/suspicious/noExplicitAny: what an answer has is what its query asks for; the tests look at it.
export type Json = any;

/** What a GraphQL operation gave. */
export interface Answer {
  readonly data?: Json;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly unknown[];
    readonly extensions: Record<string, unknown>;
  }[];
}

/** Sends an operation by POST; headers given win. */
export async function ask(
  service: Service,
  query: string,
  variables: object = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await service.get('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

/** The data of an operation, which has to come without an error. */
export async function data(service: Service, query: string, variables: object = {}): Promise<Json> {
  const answer = await ask(service, query, variables);
  expect(answer.errors).toBeUndefined();
  return answer.data;
}
