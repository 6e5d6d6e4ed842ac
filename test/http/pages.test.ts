/** The pages and what they load, as they go out; test/browser/ uses them. */
import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Service, startService } from '../kit/service.ts';

const PAGES = ['/', '/dashboard', '/docs', '/analytics-applications/tableau/interviews'];

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

/** Everything that a page names with an address of its own, as absolute addresses. */
const loaded = (html: string, page: string): string[] =>
  [...html.matchAll(/<(?:script|link|img)\b[^>]*?(?:src|href)="([^"]+)"/g)].map(
    ([, address]) => new URL(address ?? '', page).href,
  );

test('scripts go out without the comments on lines of their own, and are the same programs', async () => {
  const folder = new URL('../../src/pages/browser/', import.meta.url);
  const files = await readdir(folder, { recursive: true });
  const names = files.filter((name) => name.endsWith('.js') && !name.startsWith('graphiql'));
  expect(names.length).toBeGreaterThan(8);
  const compilerOptions = { target: ts.ScriptTarget.ESNext, removeComments: true };
  const program = (text: string) => ts.transpileModule(text, { compilerOptions }).outputText;
  for (const name of names) {
    const [sent, source] = await Promise.all([
      fetch(`${service.url}/files/${name}`).then((response) => response.text()),
      readFile(new URL(name, folder), 'utf8'),
    ]);
    expect(sent).not.toMatch(/^\s*(\/\/|\*|\/\*\*.*\*\/$)/m);
    expect(program(sent)).toBe(program(source));
  }
});

describe.each(PAGES)('the page at %s', (path) => {
  test('comes without a token, and may load what the service has and no more', async () => {
    const response = await fetch(service.url + path);
    expect(response.status).toBe(200);
    const tableau = path.includes('tableau');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        `default-src 'none'; script-src 'self'${tableau ? ' https://connectors.tableau.com' : ''}; style-src 'self'; ` +
        `connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ${tableau ? '*' : "'none'"}`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    // Tableau shows it in a frame or a window of its own.
    expect([response.headers.get('x-frame-options'), response.headers.get('cross-origin-opener-policy')]).toEqual([
      null,
      tableau ? null : 'same-origin',
    ]);
    const html = await response.text();
    for (const address of loaded(html, service.url + path)) {
      if (address.startsWith('https://connectors.tableau.com/')) continue;
      const file = await fetch(address);
      expect([address, file.status]).toEqual([address, 200]);
    }
  });

  const isDashboard = path === '/dashboard';
  test(`weighs less than ${isDashboard ? 120 : 30} kB compressed, with all that it loads`, async () => {
    const html = await (await fetch(service.url + path)).text();
    let bytes = gzipSync(html).length;
    const files = new Set(loaded(html, service.url + path).filter((address) => address.startsWith(service.url)));
    // Loaded once there is something to draw.
    if (isDashboard) files.add(`${service.url}/files/chart.js`);
    // Those that modules import come to it meanwhile.
    for (const address of files) {
      const text = await (await fetch(address)).text();
      bytes += gzipSync(text).length;
      for (const [, module] of text.matchAll(/^(?:import|\}).* from '(.*)';$/gm))
        files.add(new URL(module ?? '', address).href);
    }
    expect(files.size).toBeGreaterThanOrEqual(path === '/' ? 11 : isDashboard ? 20 : path === '/docs' ? 3 : 8);
    expect(bytes).toBeLessThan(isDashboard ? 120_000 : 30_000);
  });

  test('goes out compressed, and not again while the browser has the same one', async () => {
    const whole = await fetch(service.url + path, { headers: { 'accept-encoding': 'gzip' } });
    expect(whole.headers.get('content-encoding')).toBe('gzip');
    expect(whole.headers.get('vary')).toBe('Accept-Encoding');
    const plain = await fetch(service.url + path, { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await whole.text()).toBe(await plain.text());
    const etag = whole.headers.get('etag') ?? '';
    const known = await fetch(service.url + path, { headers: { 'accept-encoding': 'gzip', 'if-none-match': etag } });
    expect([known.status, await known.text()]).toEqual([304, '']);
  });

  test('works behind a proxy’s prefix: it names nothing by a path from the root', async () => {
    const html = await (await fetch(service.url + path)).text();
    expect([...html.matchAll(/(?:src|href)="\/[^"]*"/g)].map(String)).toEqual([]);
  });

  test('answers HEAD, and refuses other methods', async () => {
    const head = await fetch(service.url + path, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const post = await fetch(service.url + path, { method: 'POST' });
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});

test('the description for programs goes out compressed, too', async () => {
  const response = await fetch(`${service.url}/openapi.json`, { headers: { 'accept-encoding': 'gzip' } });
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(response.headers.get('content-encoding')).toBe('gzip');
  expect(await response.json()).toMatchObject({ openapi: '3.1.1' });
});

test('pages lead to GraphiQL where it is on, and not where it is off', async () => {
  const off = await service.another({ GRAPHIQL: 'off' });
  try {
    expect(await (await fetch(`${service.url}/`)).text()).toContain('href="./graphql"');
    expect(await (await fetch(`${off.url}/`)).text()).not.toContain('href="./graphql"');
  } finally {
    await off.stop();
  }
});

test('the Tableau page takes Tableau’s library from where TABLEAU_LIBRARY_URL says', async () => {
  const own = await service.another({ TABLEAU_LIBRARY_URL: 'http://libraries.example.org:8080/tableauwdc.js' });
  try {
    const response = await fetch(`${own.url}/analytics-applications/tableau/interviews`);
    expect(response.headers.get('content-security-policy')).toContain(
      "script-src 'self' http://libraries.example.org:8080;",
    );
    expect(await response.text()).toContain(
      '<script defer src="http://libraries.example.org:8080/tableauwdc.js"></script>',
    );
  } finally {
    await own.stop();
  }
});
