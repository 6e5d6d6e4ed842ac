/** examples/frontend, built as its README says and served from another origin than the service. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { hasBrowser, startBrowser, type Visit, visit } from '../kit/browser.ts';
import { exampleFolder, prepareExample } from '../kit/example.ts';
import { serveFolder } from '../kit/served-folder.ts';
import { type Service, startService } from '../kit/service.ts';

const EXAMPLE = exampleFolder('frontend');
const SAMPLE = readFileSync(new URL('../../prisma/sample/interviews-extract.csv', import.meta.url));
/** Interviews of the sample from then on fill some pages. */
const DAY = '2026-10-01';

describe.skipIf(!hasBrowser())('the frontend', () => {
  let service: Service;
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serveFolder>>;
  let token: string;
  /** Where the page is told that the service is. */
  let asked: Service;

  const start = async (env: Record<string, string> = {}): Promise<Service> => {
    const started = await startService({ CORS_ORIGINS: site.origin, ...env });
    await started.import(SAMPLE);
    return started;
  };

  beforeAll(async () => {
    prepareExample('frontend', true);
    site = await serveFolder(`${EXAMPLE}public`, (html) => html.replace('http://127.0.0.1:4000', asked.url));
    [service, browser] = await Promise.all([start(), startBrowser()]);
    asked = service;
    token = await createToken(service.db.prisma, 'frontend', ['read', 'personal']);
  }, 600_000);
  afterAll(() => Promise.all([service?.stop(), browser?.close(), site?.stop()]));

  const open = async (of = service): Promise<Visit> => {
    asked = of;
    const found = await visit(browser, site.origin, { locale: 'en-GB', timezoneId: 'UTC' }, [of.url]);
    await found.page.goto('/');
    return found;
  };
  async function enter(page: Page, text = token): Promise<void> {
    await page.getByLabel('Token of the service').fill(text);
    await page.keyboard.press('Enter');
  }
  const interviews = (page: Page) => page.getByRole('region', { name: 'Interviews' }).getByRole('listitem');
  const more = (page: Page) => page.getByRole('button', { name: 'Load more' });
  const alert = (page: Page) => page.getByRole('alert');
  /** Shows the interviews from a day on. */
  async function from(page: Page, day: string): Promise<void> {
    await page.getByLabel('From').fill(day);
  }
  const upcoming = async (condition = 'true') =>
    Number(
      (
        await service.rows(`SELECT count(*) FROM interview
          WHERE starts_at >= '${DAY} 00:00Z' AND canceled IS NOT TRUE AND ${condition}`)
      )[0]?.count,
    );

  test('lists what is planned page by page, and of one job', async () => {
    const { page, faults, leave } = await open();
    await enter(page);
    await from(page, DAY);
    const all = await upcoming();
    expect(all).toBeGreaterThan(40);
    for (let shown = 20; shown < all; shown += 20) {
      await expect.poll(() => interviews(page).count()).toBe(shown);
      await more(page).click();
    }
    await expect.poll(() => interviews(page).count()).toBe(all);
    expect(await more(page).count()).toBe(0);
    const texts = await interviews(page).allInnerTexts();
    expect(new Set(texts).size).toBeGreaterThan(all / 2);

    const [{ job_id: job } = {}] = await service.rows(
      `SELECT job_id FROM interview WHERE starts_at >= '${DAY} 00:00Z' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
    );
    await page.getByLabel('Job').selectOption(String(job));
    await expect.poll(() => interviews(page).count()).toBe(Math.min(20, await upcoming(`job_id = '${job}'`)));
    for (const text of await interviews(page).allInnerTexts()) expect(text).toContain(String(job));

    await from(page, '2030-01-01');
    await page.getByText('No interview is planned that fits.').waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('shows the panel of a candidate who is chosen, with answers and ratings, and closes it', async () => {
    const [{ id } = {}] = await service.rows(
      `SELECT candidate_profile_id::text AS id FROM appointment GROUP BY 1 HAVING max(starts_at) >= '${DAY}' AND count(interviewer_rating) > 2
       ORDER BY 1 LIMIT 1`,
    );
    const stated = await service.rows(
      `SELECT concat_ws(' ', nullif(interviewer_first_name, ''), nullif(interviewer_last_name, '')) AS name, interviewer_rating::float AS rating
       FROM appointment WHERE candidate_profile_id = '${id}'`,
    );
    const { page, faults, leave } = await open();
    await enter(page);
    await from(page, DAY);
    await interviews(page).first().waitFor();
    while (!(await page.getByRole('button', { name: `Panel of ${id}` }).count())) {
      const shown = await interviews(page).count();
      await more(page).click();
      await expect.poll(() => interviews(page).count()).toBeGreaterThan(shown);
    }
    await page
      .getByRole('button', { name: `Panel of ${id}` })
      .first()
      .click();
    const panel = page.getByRole('region', { name: 'Panel' });
    const cells = async () =>
      (await panel.locator('tbody tr').allInnerTexts()).map((row) => {
        const [, , name, , rating] = row.split('\t');
        return `${name} ${rating}`;
      });
    await expect
      .poll(async () => (await cells()).sort())
      .toEqual(stated.map(({ name, rating }) => `${name || '–'} ${rating ?? '–'}`).sort());
    await panel.getByRole('button', { name: 'Close' }).click();
    expect(await panel.count()).toBe(0);
    expect(faults).toEqual([]);
    await leave();
  });

  test('asks for another token where the service doesn’t know it, and keeps a right one for the tab', async () => {
    const { page, faults, leave } = await open();
    await enter(page, 'a-token-that-nobody-has');
    await expect.poll(() => alert(page).allInnerTexts()).toEqual(['The token is unknown or was revoked.']);
    expect(await page.evaluate('JSON.stringify([sessionStorage, localStorage])')).toBe('[{},{}]');
    await enter(page);
    await page.getByRole('heading', { name: 'Upcoming interviews' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Upcoming interviews' }).waitFor();
    const other = await page.context().newPage();
    await other.goto('/');
    await other.getByLabel('Token of the service').waitFor();
    await page.getByRole('button', { name: 'Forget the token' }).click();
    expect(await page.evaluate('JSON.stringify([sessionStorage, localStorage])')).toBe('[{},{}]');
    expect(faults.every((fault) => fault.includes('401'))).toBe(true);
    await leave();
  });

  test('says which scope is missing', async () => {
    const { page, leave } = await open();
    await enter(page, await createToken(service.db.prisma, 'reader', ['read']));
    await alert(page)
      .getByText(/^\w+\.name requires the scope personal; the token has read\.$/)
      .waitFor();
    await leave();
  });

  test('that asks too much says so, and asks again by itself', async () => {
    const limited = await start({ RATE_LIMIT_POINTS: '1200000', RATE_LIMIT_POINTS_PER_SECOND: '5000' });
    const own = await createToken(limited.db.prisma, 'frontend', ['read', 'personal']);
    // Others with the same token take all points, by a new document each time; and then whatever comes back, for which they need fewer
    // points than the page does.
    let busy = true;
    let taken = 0;
    const take = () => limited.get(`/graphql?query={__typename}%23${taken++}`, { headers: { 'x-smarttoken': own } });
    const others = Promise.all(
      Array.from({ length: 8 }, async () => {
        while (busy) await take();
      }),
    );
    await expect.poll(async () => (await take()).status).toBe(429);
    const { page, leave } = await open(limited);
    await enter(page, own);
    await alert(page)
      .getByText(/^The request needs \d+ points, and \d+ of 1200000 are left; 5000 come back per second\.$/)
      .first()
      .waitFor();
    await alert(page)
      .getByText(/^Asking again in \d+ s\.$/)
      .first()
      .waitFor();
    busy = false;
    await others;
    await from(page, DAY);
    await expect.poll(() => interviews(page).count(), { timeout: 20_000 }).toBe(20);
    await expect.poll(() => alert(page).count(), { timeout: 20_000 }).toBe(0);
    await leave();
    await limited.stop();
  });

  test('says that the service can’t be reached, and goes on once it can', async () => {
    const { page, leave } = await open();
    await enter(page);
    await page.getByLabel('Job').waitFor();
    const elsewhere = `${service.url}/graphql`;
    await page.route(elsewhere, (route) => route.abort());
    await from(page, DAY);
    await alert(page).getByText('The service can’t be reached.').waitFor();
    await page.unroute(elsewhere);
    await alert(page).getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => interviews(page).count()).toBe(20);
    await leave();
  });

  test('asks nothing but what its list of known operations has, which a service takes that takes nothing else', async () => {
    const file = `${EXAMPLE}src/gql/persisted-documents.json`;
    const strict = await start({ PERSISTED_OPERATIONS: file, PERSISTED_OPERATIONS_ONLY: 'on', GRAPHIQL: 'off' });
    const known = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
    expect(known.map(([, text]) => /\bquery (\w+)/.exec(text)?.[1]).sort()).toEqual([
      'CandidatePanel',
      'InterviewPage',
      'Jobs',
    ]);
    const variables = { where: {}, candidateProfileId: '00000000-0000-4000-8000-000000000000' };
    const send = async (body: object) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      return (await strict.get('/graphql', init)).json();
    };
    for (const [sha256Hash] of known) {
      const answer = await send({ extensions: { persistedQuery: { version: 1, sha256Hash } }, variables });
      expect(answer).toMatchObject({ data: expect.anything() });
      expect(answer).not.toHaveProperty('errors');
    }
    for (const [, query] of known)
      expect(await send({ query, variables })).toMatchObject({
        errors: [{ extensions: { code: 'PERSISTED_QUERY_ONLY' } }],
      });
    await strict.stop();
  });
});
