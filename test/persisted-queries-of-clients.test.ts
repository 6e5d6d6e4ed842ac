/** Automatic persisted queries as Apollo’s and urql’s own clients send them. */
import { hash } from 'node:crypto';
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { Client, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_TOKEN, type Service, startService } from './kit/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

const HEADERS = { 'x-smarttoken': ADMIN_TOKEN };

/** Sends as a browser does, and keeps whether each request had the text of a query in it. */
function recording() {
  const sent: string[] = [];
  const send: typeof fetch = async (input, init) => {
    const parameters =
      init?.method === 'GET'
        ? Object.fromEntries(new URL(String(input)).searchParams)
        : (JSON.parse(String(init?.body)) as object);
    sent.push(`${init?.method} ${'query' in parameters ? 'with' : 'without'} its text`);
    return await fetch(input, init);
  };
  return { sent, send };
}

interface Answer {
  readonly viewer: { readonly name: string };
}

test.each([true, false])('Apollo’s client, with GET: %s', async (useGETForHashedQueries) => {
  const { sent, send } = recording();
  const persisted = new PersistedQueryLink({ sha256: (text) => hash('sha256', text), useGETForHashedQueries });
  const client = new ApolloClient({
    link: persisted.concat(new HttpLink({ uri: `${service.url}/graphql`, fetch: send, headers: HEADERS })),
    cache: new InMemoryCache(),
  });
  const query = parse(
    `query Apollo${useGETForHashedQueries}($first: Int!) { viewer { name } jobs(first: $first) { totalCount } }`,
  );
  for (const first of [1, 2, 3]) {
    const { data } = await client.query<Answer>({ query, variables: { first } });
    expect(data?.viewer.name).toBe('ADMIN_TOKEN');
  }
  const hashed = `${useGETForHashedQueries ? 'GET' : 'POST'} without its text`;
  expect(sent).toEqual([hashed, 'POST with its text', hashed, hashed]);
});

test.each([true, false])('urql’s client, with GET: %s', async (preferGetForPersistedQueries) => {
  const { sent, send } = recording();
  const client = new Client({
    url: `${service.url}/graphql`,
    fetch: send,
    fetchOptions: { headers: HEADERS },
    preferGetMethod: false,
    exchanges: [persistedExchange({ preferGetForPersistedQueries }), fetchExchange],
  });
  const query = `query Urql${preferGetForPersistedQueries}($first: Int!) { viewer { name } jobs(first: $first) { totalCount } }`;
  for (const first of [1, 2, 3]) {
    const { data, error } = await client.query<Answer>(query, { first }).toPromise();
    expect([data?.viewer.name, error]).toEqual(['ADMIN_TOKEN', undefined]);
  }
  const method = preferGetForPersistedQueries ? 'GET' : 'POST';
  expect(sent).toEqual(['without', 'with', 'without', 'without'].map((how) => `${method} ${how} its text`));
});
