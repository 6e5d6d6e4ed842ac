import { Environment, Network, RecordSource, Store } from 'relay-runtime';

/** An environment for the service at an address such as http://127.0.0.1:4000. `fetch` is for tests. */
export function createEnvironment({ service, token, fetch = globalThis.fetch }) {
  const send = async ({ text }, variables) => {
    const response = await fetch(`${service}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-SmartToken': token },
      body: JSON.stringify({ query: text, variables }),
    });
    return await response.json();
  };
  return new Environment({ network: Network.create(send), store: new Store(new RecordSource()) });
}
