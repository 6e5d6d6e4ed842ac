/** The Tableau connector in a browser, with a host that speaks Tableau’s protocol (test/kit/tableau.ts). */
import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken, revokeToken } from '../../src/db/tokens/tokens.ts';
import { FIELDS } from '../../src/domain/fields.ts';
import { hasBrowser, startBrowser, type Visit, visit } from '../kit/browser.ts';
import { extract } from '../kit/generated.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';
import { begin, connectorFrame, ended, phase, startTableau } from '../kit/tableau.ts';

const PATH = '/analytics-applications/tableau/interviews';

describe.skipIf(!hasBrowser())('The Tableau connector', () => {
  let tableau: { origin: string; stop(): Promise<void> };
  let service: Service;
  let browser: Browser;
  const file = extract({ rows: 100_000, seed: 11 });
  beforeAll(async () => {
    tableau = await startTableau();
    [service, browser] = await Promise.all([
      startService({ TABLEAU_LIBRARY_URL: `${tableau.origin}/library.js` }),
      startBrowser(),
    ]);
    await service.import(file);
  });
  afterAll(() => Promise.all([service?.stop(), browser?.close(), tableau?.stop()]));

  /** Tableau with the connector of a service. */
  async function host(at = service): Promise<Visit & { connector: string; page: Page }> {
    const visited = await visit(browser, tableau.origin, {}, [at.url]);
    await visited.page.goto('/');
    return { ...visited, connector: at.url + PATH };
  }

  test('asks for a token and for rows, and hands Tableau the token as its password and nothing of it elsewhere', async () => {
    const { page, connector, faults, leave } = await host();
    await begin(page, connector, 'interactive');
    const frame = await connectorFrame(page);
    await frame.getByLabel('Token', { exact: true }).fill(ADMIN_TOKEN);
    await frame.getByRole('button', { name: 'Use token' }).click();
    await frame.getByLabel('From').fill('2026-03-01');
    await frame.getByLabel('To and including').fill('2026-03-31');
    await frame.getByLabel('Video').check();
    await frame.getByLabel('Phone').check();
    const { content } = await (
      await service.get(
        '/analytics/interviews?format=json&startsFrom=2026-03-01&startsBefore=2026-04-01&interviewType=VIDEO&interviewType=PHONE',
      )
    ).json();
    await expect.poll(() => frame.locator('#count').innerText()).toBe(`${content.length.toLocaleString('en')} rows`);
    await frame.getByRole('button', { name: 'Connect' }).click();
    const { ended: end, props, messages } = await ended(page);
    expect(end).toBe('done');
    expect(props).toEqual({
      connectionName: 'Interviews',
      connectionData: 'startsFrom=2026-03-01&startsBefore=2026-04-01&interviewType=PHONE&interviewType=VIDEO',
      password: ADMIN_TOKEN,
    });
    expect(messages).toEqual(['loaded', 'initCallback', 'submit', 'shutdownCallback']);
    expect(await frame.evaluate('JSON.stringify([sessionStorage, localStorage])')).toBe('[{},{}]');
    // The same once more: whoever edits the connection finds what was chosen.
    await begin(page, connector, 'interactive', props);
    const again = await connectorFrame(page);
    await again.getByRole('button', { name: 'Connect' }).waitFor();
    expect(await again.getByLabel('To and including').inputValue()).toBe('2026-03-31');
    await again.getByRole('button', { name: 'Connect' }).click();
    expect((await ended(page)).props).toEqual(props);
    expect(faults).toEqual([]);
    await leave();
  });

  test('describes the table as the extract has it: ids, names, types and roles of the 30 fields', async () => {
    const { page, connector, leave } = await host();
    const { schema } = await phase(page, connector, 'gatherData', {
      password: ADMIN_TOKEN,
      connectionData: 'interviewId=nobody',
    });
    expect(schema).toHaveLength(1);
    expect(schema[0]?.columns.map(({ id, alias }) => [id, alias])).toEqual(
      FIELDS.map(({ key, label }) => [key, label]),
    );
    const types = new Set(schema[0]?.columns.map(({ dataType }) => dataType));
    expect([...types].sort()).toEqual(['bool', 'datetime', 'float', 'int', 'string']);
    const measures = schema[0]?.columns.filter(({ columnRole }) => columnRole === 'measure').map(({ id }) => id);
    expect(measures).toEqual([
      'interviewDuration',
      'interviewerRating',
      'duration',
      'interviewers',
      'timeToProvideFeedback',
    ]);
    // Tableau takes no others.
    expect(schema[0]?.columns.every(({ id }) => /^[a-zA-Z0-9_]+$/.test(String(id)))).toBe(true);
    await leave();
  });

  test('gives every one of 100,000 rows once, in pieces, with its progress, and dates as Tableau reads them', async () => {
    const { page, connector, faults, leave } = await host();
    await begin(page, connector, 'gatherData', { password: ADMIN_TOKEN, connectionData: '' });
    await expect.poll(() => page.evaluate('state.ended'), { timeout: 250_000 }).toBe('done');
    const response = await service.get(
      '/analytics/interviews?format=json&nulls=include&dateFormat=yyyy-MM-dd HH:mm:ss',
    );
    const { content } = (await response.json()) as { content: object[] };
    expect(await page.evaluate('state.rows.length')).toBe(100_000);
    // They are too many to be handed over; the same text has the same hash.
    const hashed = `crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(state.rows)))
      .then((bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join(''))`;
    expect(await page.evaluate(hashed)).toBe(createHash('sha256').update(JSON.stringify(content)).digest('hex'));
    expect(
      await page.evaluate('[state.rows[0].startTime.length, state.progress.length, state.progress.at(-1)]'),
    ).toEqual([19, 10, '100,000 of 100,000 rows']);
    expect(faults).toEqual([]);
    await leave();
  }, 300_000);

  test('gives the rows that were chosen and no others', async () => {
    const { page, connector, leave } = await host();
    const connectionData = 'interviewType=VIDEO&interviewerStatus=DECLINED&interviewCanceled=false';
    const { rows } = await phase(page, connector, 'gatherData', { password: ADMIN_TOKEN, connectionData });
    const response = await service.get(
      `/analytics/interviews?format=json&nulls=include&dateFormat=yyyy-MM-dd HH:mm:ss&${connectionData}`,
    );
    expect(rows).toEqual((await response.json()).content);
    expect(rows.length).toBeGreaterThan(0);
    await leave();
  });

  test('asks Tableau for another token where there is none, or it was revoked, and takes the new one', async () => {
    const { page, connector, leave } = await host();
    const token = await createToken(service.db.prisma, 'tableau', ['read']);
    await revokeToken(service.db.prisma, 'tableau');
    expect((await phase(page, connector, 'gatherData', {})).ended).toBe(
      'auth: A token of the interviews service is required.',
    );
    expect((await phase(page, connector, 'gatherData', { password: token })).ended).toBe(
      'auth: The token is unknown or was revoked.',
    );
    const connectionData = 'interviewType=PHONE';
    await begin(page, connector, 'auth', { connectionName: 'Interviews', connectionData });
    const frame = await connectorFrame(page);
    await expect.poll(() => frame.locator('#state').innerText()).toBe('Tableau needs your token again.');
    await frame.getByLabel('Token', { exact: true }).fill('not-one');
    await frame.getByRole('button', { name: 'Use token' }).click();
    await expect.poll(() => frame.locator('#why').innerText()).toBe('The token is unknown or was revoked.');
    await frame.getByLabel('Token', { exact: true }).fill(ADMIN_TOKEN);
    await frame.getByRole('button', { name: 'Use token' }).click();
    expect((await ended(page)).props).toMatchObject({ password: ADMIN_TOKEN, connectionData });
    await leave();
  });

  test('shows what it can’t do in words: a token without the scope, filters that are none, a service that is away', async () => {
    const { page, connector, leave } = await host();
    const writer = await createToken(service.db.prisma, 'writer', ['write']);
    expect((await phase(page, connector, 'gatherData', { password: writer })).ended).toBe(
      'error: The interviews service refused: This requires the scope read; the token has write.',
    );
    const wrong = { password: ADMIN_TOKEN, connectionData: 'interviewType=LETTER' };
    expect((await phase(page, connector, 'gatherData', wrong)).ended).toMatch(
      /^error: The interviews service refused: interviewType: "LETTER" /,
    );
    await page.route('**/analytics/interviews?**', (route) => route.abort());
    await begin(page, connector, 'gatherData', { password: ADMIN_TOKEN, connectionData: '' });
    const { ended: end, rows } = await ended(page);
    expect(end).toMatch(/^error: The interviews service can’t be reached at http:.* Try again later/);
    expect(rows).toEqual([]);
    await leave();
  });

  test('waits where it asks too often, and goes on', async () => {
    const slow = await startService({
      TABLEAU_LIBRARY_URL: `${tableau.origin}/library.js`,
      RATE_LIMIT_PER_SECOND: '1',
    });
    try {
      await slow.import(extract({ rows: 12_000, seed: 12 }));
      const { page, connector, leave } = await host(slow);
      const { ended: end, rows } = await phase(page, connector, 'gatherData', {
        password: ADMIN_TOKEN,
        connectionData: '',
      });
      expect([end, rows.length]).toEqual(['done', 12_000]);
      await leave();
    } finally {
      await slow.stop();
    }
  });

  test('opened in a browser says how Tableau connects, first what stays and then itself; without Tableau’s library it says where that should be', async () => {
    const { page, leave } = await visit(browser, service.url, {}, [tableau.origin]);
    await page.goto(PATH);
    await expect
      .poll(() => page.locator('#state').innerText())
      .toBe('Here are the ways to connect Tableau. Opened in Tableau, this page is a web data connector.');
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([
      'OData: whole tables',
      'REST API connector: chosen rows, Tableau 2023.3 and later',
      'Web data connector: until Tableau 2026.3',
    ]);
    expect(await page.locator('#here').innerText()).toBe(service.url + PATH);
    expect(await page.locator('[data-address]').innerText()).toBe(`${service.url}/odata/v4/`);
    await page.route('**/library.js', (route) => route.abort());
    await page.reload();
    await expect
      .poll(() => page.locator('#library-fault').innerText())
      .toBe(
        `Tableau’s library could not be loaded from ${tableau.origin}/library.js; whoever runs this service can set TABLEAU_LIBRARY_URL.`,
      );
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await leave();
  });
});
