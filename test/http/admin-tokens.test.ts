/** Tokens of the configuration that are exchanged while clients use them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Service, startService } from '../kit/service.ts';

const OLD = 'the-token-that-clients-have';
const NEW = 'the-token-that-they-will-get';

let service: Service;
beforeAll(async () => {
  service = await startService({ ADMIN_TOKEN: `${OLD}\n${NEW}` });
});
afterAll(() => service.stop());

const viewerOf = async (url: string, token: string) => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-smarttoken': token },
    body: JSON.stringify({ query: '{ viewer { name } }' }),
  });
  return response.status === 200
    ? ((await response.json()) as { data: { viewer: { name: string } } }).data.viewer.name
    : response.status;
};

test('several tokens of ADMIN_TOKEN are accepted side by side, each with a name of its own', async () => {
  expect(await viewerOf(service.url, OLD)).toBe('ADMIN_TOKEN');
  expect(await viewerOf(service.url, NEW)).toBe('ADMIN_TOKEN 2');
  expect(await viewerOf(service.url, `${OLD}\t${NEW}`)).toBe(401);
});

test('a token that is no longer in ADMIN_TOKEN is refused by an instance that starts without it', async () => {
  const next = await service.another({ ADMIN_TOKEN: NEW });
  try {
    expect(await viewerOf(next.url, OLD)).toBe(401);
    expect(await viewerOf(next.url, NEW)).toBe('ADMIN_TOKEN');
  } finally {
    await next.stop();
  }
});
