/** Automatic persisted queries as Apollo’s and urql’s own clients send them. */
import { hash } from 'node:crypto';
import { createRequire } from 'node:module';
import { parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exampleFolder, prepareExample } from '../kit/example.ts';
import type { Json } from '../kit/graphql.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

let service: Service;
/** What the packages of the two clients export. */
let apollo: Json;
let urql: Json;
beforeAll(async () => {
  const packages = (example: string, names: readonly string[]): Json => {
    prepareExample(example, false);
    const ofExample = createRequire(`${exampleFolder(example)}package.json`);
    return Object.assign({}, ...names.map((name) => ofExample(name)));
  };
  apollo = packages('clients/apollo', ['@apollo/client', '@apollo/client/link/persisted-queries']);
  urql = packages('clients/urql', ['@urql/core', '@urql/exchange-persisted']);
  service = await startService();
}, 600_000);
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

test.each([true, false])('Apollo’s client, with GET: %s', async (useGETForHashedQueries) => {
  const { ApolloClient, HttpLink, InMemoryCache, PersistedQueryLink } = apollo;
  const { sent, send } = recording();
  const persisted = new PersistedQueryLink({ sha256: (text: string) => hash('sha256', text), useGETForHashedQueries });
  const client = new ApolloClient({
    link: persisted.concat(new HttpLink({ uri: `${service.url}/graphql`, fetch: send, headers: HEADERS })),
    cache: new InMemoryCache(),
  });
  const query = parse(
    `query Apollo${useGETForHashedQueries}($first: Int!) { viewer { name } jobs(first: $first) { totalCount } }`,
  );
  for (const first of [1, 2, 3]) {
    const { data } = await client.query({ query, variables: { first } });
    expect(data?.viewer.name).toBe('ADMIN_TOKEN');
  }
  const hashed = `${useGETForHashedQueries ? 'GET' : 'POST'} without its text`;
  expect(sent).toEqual([hashed, 'POST with its text', hashed, hashed]);
});

test.each([true, false])('urql’s client, with GET: %s', async (preferGetForPersistedQueries) => {
  const { Client, fetchExchange, persistedExchange } = urql;
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
    const { data, error } = await client.query(query, { first }).toPromise();
    expect([data?.viewer.name, error]).toEqual(['ADMIN_TOKEN', undefined]);
  }
  const method = preferGetForPersistedQueries ? 'GET' : 'POST';
  expect(sent).toEqual(['without', 'with', 'without', 'without'].map((how) => `${method} ${how} its text`));
});
