import { type Client, cacheExchange, createClient, fetchExchange, mapExchange } from 'urql';

/** Where the service answers; index.html names it, so that one build serves everywhere. */
const url = document.querySelector<HTMLMetaElement>('meta[name="service"]')?.content ?? '/graphql';

/** A client that asks with a token; `onRefused` is told why where the service doesn’t know it. */
export const connect = (token: string, onRefused: (message: string) => void): Client =>
  createClient({
    url,
    // What is asked would otherwise stand in the address, and so in logs.
    preferGetMethod: false,
    fetchOptions: { headers: { authorization: `Bearer ${token}` } },
    exchanges: [
      cacheExchange,
      mapExchange({
        onError(error) {
          if (error.response?.status === 401) onRefused(error.graphQLErrors[0]?.message ?? 'The token was refused.');
        },
      }),
      fetchExchange,
    ],
  });
