/** The form of the Tableau connector, as whoever makes a connection meets it; test/browser/tableau.test.ts has what Tableau then gets. */
import type { Browser, Frame, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { FIELDS } from '../../src/domain/fields.ts';
import { accessibilityFaults } from '../kit/axe.ts';
import { hasBrowser, startBrowser, type Visit, visit } from '../kit/browser.ts';
import { revoke } from '../kit/revoke.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';
import { begin, connectorFrame, ended, phase, startTableau } from '../kit/tableau.ts';

const PATH = '/analytics-applications/tableau/interviews';

describe.skipIf(!hasBrowser())('The form of the Tableau connector', () => {
  let tableau: { origin: string; stop(): Promise<void> };
  let service: Service;
  let browser: Browser;
  beforeAll(async () => {
    tableau = await startTableau();
    [service, browser] = await Promise.all([
      startService({
        TABLEAU_LIBRARY_URL: `${tableau.origin}/library.js`,
        RATE_LIMIT_PER_SECOND: '10',
        RATE_LIMIT_CONCURRENT: '8',
      }),
      startBrowser(),
    ]);
    const people = { e1: ['Grace', 'Hopper'], e2: ['Ada', 'Lovelace'], e3: ['Alan', 'Turing'] };
    const rows = Object.entries(people).map(([id, [first, last]]) =>
      rowWith({
        interviewId: `of ${id}`,
        interviewerEmployeeId: id,
        interviewerFirstName: first ?? null,
        interviewerLastName: last ?? null,
        interviewerReview: null,
      }),
    );
    await service.import(csvOf(rows));
  });
  afterAll(() => Promise.all([service?.stop(), browser?.close(), tableau?.stop()]));

  /** Tableau with the connector in its interactive phase, and what it has kept of the connection. */
  async function host(props: object = {}): Promise<Visit & { frame: Frame }> {
    const visited = await visit(browser, tableau.origin, {}, [service.url]);
    await visited.page.goto('/');
    await begin(visited.page, service.url + PATH, 'interactive', props);
    return { ...visited, frame: await connectorFrame(visited.page) };
  }
  const token = (frame: Frame) => frame.getByLabel('Token', { exact: true });
  const interviewer = (frame: Frame) => frame.getByLabel('Interviewer', { exact: true });
  const connect = (frame: Frame) => frame.getByRole('button', { name: 'Connect' });
  const count = (frame: Frame) => frame.locator('#count').innerText();
  const alerts = (frame: Frame) => frame.getByRole('alert').filter({ hasText: /./ }).allInnerTexts();
  const password = (page: Page) => page.evaluate('state.props.password');

  async function enter(frame: Frame, text = ADMIN_TOKEN): Promise<void> {
    await token(frame).fill(text);
    await frame.getByRole('button', { name: 'Use token' }).click();
  }

  test('Forget token: asks for another, hands Tableau the other, and nothing stays of what the first one saw', async () => {
    const { page, frame, faults, leave } = await host({
      password: ADMIN_TOKEN,
      connectionData: 'interviewerEmployeeId=e1',
    });
    await expect.poll(() => count(frame)).toBe('1 row');
    expect(await frame.locator('#interviewerEmployeeId-note').innerText()).toBe('Grace Hopper');
    await interviewer(frame).fill('Hopper');
    await expect.poll(() => frame.locator('#interviewers option').count()).toBe(1);
    await frame.getByRole('button', { name: 'Forget token' }).click();
    await token(frame).waitFor();
    expect(await token(frame).evaluate((field) => field.matches(':focus'))).toBe(true);
    expect(await frame.locator('#filters').isVisible()).toBe(false);
    expect(await frame.content()).not.toMatch(/Hopper|ADMIN_TOKEN/);
    expect(await interviewer(frame).inputValue()).toBe('');
    expect([await token(frame).inputValue(), await frame.evaluate('tableau.password')]).toEqual(['', '']);

    const other = await createToken(service.db.prisma, 'other', ['read']);
    await enter(frame, other);
    await expect.poll(() => count(frame)).toBe('1 row');
    expect(await frame.locator('#whose').innerText()).toBe('Token “other”: read');
    await connect(frame).click();
    await ended(page);
    expect(await password(page)).toBe(other);
    expect(faults).toEqual([]);
    await leave();
  });

  test('Forget token: what was asked for with it and comes later is not shown to the next one', async () => {
    const { page, frame, leave } = await host({ password: ADMIN_TOKEN });
    await expect.poll(() => count(frame)).toBe('3 rows');
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/graphql', async (route) => {
      const response = await route.fetch();
      await released;
      await route.fulfill({ response }).catch(() => {});
    });
    const isLookUp = (request: Request) => request.url().endsWith('/graphql');
    const ends = (['requestfinished', 'requestfailed'] as const).map((event) =>
      page.waitForEvent(event as 'requestfinished', isLookUp),
    );
    await Promise.all([page.waitForRequest(isLookUp), interviewer(frame).focus()]);
    await frame.getByRole('button', { name: 'Forget token' }).click();
    await enter(frame, await createToken(service.db.prisma, 'sees no names', ['read']));
    await expect.poll(() => count(frame)).toBe('3 rows');
    release();
    await Promise.race(ends);
    await frame.evaluate('fetch("/healthz").then((answer) => answer.text())');
    expect(await frame.content()).not.toMatch(/Hopper|Lovelace/);
    await leave();
    await Promise.allSettled(ends);
  });

  test('says what becomes of the token: Tableau keeps it and the page doesn’t', async () => {
    const { frame, leave } = await host();
    const hint = await frame.locator('#hint').innerText();
    expect(hint).toMatch(/^Whoever runs this service gives you one: /);
    expect(hint).toContain(
      'This page gives it to Tableau, as the password of the connection, and to this service, and keeps it nowhere itself.',
    );
    expect(hint).not.toContain('tab');
    await enter(frame);
    await expect.poll(() => count(frame)).toBe('3 rows');
    expect(await frame.evaluate('JSON.stringify([sessionStorage, localStorage])')).toBe('[{},{}]');
    await leave();
  });

  test('an interviewer goes by the name, one that nobody has connects to nothing, and several stay what they are', async () => {
    const { page, frame, faults, leave } = await host({ password: ADMIN_TOKEN });
    await expect.poll(() => count(frame)).toBe('3 rows');
    await interviewer(frame).fill('Babbage');
    await connect(frame).click();
    await expect.poll(() => alerts(frame)).toEqual(['No interviewer has the name or employee ID “Babbage”.']);
    expect(await interviewer(frame).evaluate((field) => field.matches(':focus'))).toBe(true);
    expect(await page.evaluate('state.ended')).toBeNull();
    await interviewer(frame).fill('hopper, grace; Alan Turing');
    await connect(frame).click();
    const { props } = await ended(page);
    expect(props.connectionData).toBe('interviewerEmployeeId=e1&interviewerEmployeeId=e3');
    // Whoever edits the connection finds what was chosen.
    await begin(page, service.url + PATH, 'interactive', props);
    const again = await connectorFrame(page);
    await expect.poll(() => count(again)).toBe('2 rows');
    await connect(again).click();
    expect((await ended(page)).props).toEqual(props);
    expect(faults).toEqual([]);
    await leave();
  });

  test('a period that ends before it begins is said at its field, to which Connect leads', async () => {
    const { page, frame, leave } = await host({ password: ADMIN_TOKEN });
    await expect.poll(() => count(frame)).toBe('3 rows');
    await frame.getByLabel('From').fill('2024-03-05');
    await frame.getByLabel('To and including').fill('2024-03-04');
    await connect(frame).click();
    expect(await frame.locator('#period-fault').innerText()).toBe('The period ends before it begins.');
    expect(
      await frame.getByLabel('To and including').evaluate((field) => field.matches(':focus[aria-invalid=true]')),
    ).toBe(true);
    expect(await page.evaluate('state.ended')).toBeNull();
    await leave();
  });

  test('a period that is counted from now stays one, so every refresh asks for other days', async () => {
    const { page, frame, faults, leave } = await host({ password: ADMIN_TOKEN });
    await expect.poll(() => count(frame)).toBe('3 rows');
    await frame.getByLabel('This quarter').check();
    await expect.poll(() => frame.locator('#period-note').innerText()).toMatch(/^That is .* to .*\.$/);
    await connect(frame).click();
    await connect(frame).click();
    const { props } = await ended(page);
    expect(props.connectionData).toBe('period=this-quarter');
    await begin(page, service.url + PATH, 'interactive', props);
    const again = await connectorFrame(page);
    await expect.poll(() => again.getByLabel('This quarter').isChecked()).toBe(true);
    expect(faults).toEqual([]);
    await leave();
  });

  test('that there would be no rows is said before there is such a connection, which a second press makes all the same', async () => {
    const { page, frame, leave } = await host({ password: ADMIN_TOKEN });
    await expect.poll(() => count(frame)).toBe('3 rows');
    await frame.getByLabel('Video').check();
    await connect(frame).click();
    const told = [expect.stringMatching(/^No row passes these filters\. /)];
    await expect.poll(() => alerts(frame)).toEqual(told);
    // Also after what the choice would have been counted by.
    await page.waitForTimeout(1_000);
    expect(await alerts(frame)).toEqual(told);
    expect(await page.evaluate('state.ended')).toBeNull();
    await connect(frame).click();
    expect((await ended(page)).props.connectionData).toBe('interviewType=VIDEO');
    await leave();
  });

  test('typing stays within the default limits', async () => {
    const { frame, faults, leave } = await host({ password: ADMIN_TOKEN });
    await expect.poll(() => count(frame)).toBe('3 rows');
    for (const delay of [40, 250, 450]) {
      await interviewer(frame).fill('');
      await interviewer(frame).pressSequentially('Ada Lovelace', { delay });
      await expect.poll(() => count(frame)).toBe('1 row');
    }
    expect(await alerts(frame)).toEqual([]);
    expect(faults).toEqual([]);
    await leave();
  });

  test('a token that is revoked while rows are chosen is asked for again; one without personal is told which columns stay empty', async () => {
    const soon = await createToken(service.db.prisma, 'soon revoked', ['read', 'personal']);
    const { page, frame, leave } = await host({ password: soon });
    await expect.poll(() => count(frame)).toBe('3 rows');
    expect(await frame.locator('#withheld').isVisible()).toBe(false);
    await revoke(service, 'soon revoked', soon);
    await frame.getByLabel('Onsite').check();
    await expect.poll(() => alerts(frame)).toEqual(['The token is unknown or was revoked.']);
    expect(await frame.locator('#filters').isVisible()).toBe(false);
    await enter(frame, await createToken(service.db.prisma, 'reader of tables', ['read']));
    await expect.poll(() => count(frame)).toBe('3 rows');
    expect(await frame.locator('#withheld').innerText()).toContain('Interviewer Review, Interviewer Rating, Room.');
    await connect(frame).click();
    await ended(page);
    await leave();
  });

  test('a value that isn’t there goes to Tableau as null, whether its key comes or not', async () => {
    const { page, leave } = await host();
    await page.route('**/analytics/interviews?**', async (route) => {
      const response = await route.fetch();
      const { content } = (await response.json()) as { content: Record<string, unknown>[] };
      const bare = content.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));
      await route.fulfill({ response, json: { content: bare } });
    });
    const { rows } = await phase(page, service.url + PATH, 'gatherData', { password: ADMIN_TOKEN, connectionData: '' });
    expect(rows).toHaveLength(3);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(FIELDS.map(({ key }) => key));
      expect(row.interviewerReview).toBeNull();
    }
    await leave();
  });

  test.each([
    { size: 'wide', viewport: { width: 1280, height: 1000 }, colorScheme: 'light' as const },
    { size: 'narrow', viewport: { width: 360, height: 740 }, colorScheme: 'dark' as const },
  ])('can be read on a $size screen, $colorScheme, also with faults and without personal: axe finds nothing', async ({
    viewport,
    colorScheme,
  }) => {
    const reader = await createToken(service.db.prisma, `reader on ${colorScheme}`, ['read']);
    const visited = await visit(browser, tableau.origin, { viewport, colorScheme }, [service.url]);
    await visited.page.goto('/');
    await begin(visited.page, service.url + PATH, 'interactive', {});
    const frame = await connectorFrame(visited.page);
    const looked = async () => expect(await accessibilityFaults(frame)).toEqual([]);
    await token(frame).waitFor();
    await looked();
    await enter(frame, reader);
    await expect.poll(() => count(frame)).toBe('3 rows');
    await interviewer(frame).fill('x'.repeat(200));
    await frame.getByLabel('From').fill('2024-03-05');
    await frame.getByLabel('To and including').fill('2024-03-04');
    await expect.poll(() => alerts(frame)).toContain('The period ends before it begins.');
    await looked();
    expect(await frame.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await visited.leave();
  });
});
