/** The dashboard, as an analyst meets it: every number is the API’s, and leads to its definition, its rows and its table. */
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens.ts';
import { accessibilityFaults } from '../kit/axe.ts';
import { hasBrowser, startBrowser, visit } from '../kit/browser.ts';
import { copied, openDashboard, settled, tableOf } from '../kit/dashboard.ts';
import { extract } from '../kit/generated.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

/** The clock of the rows, on a Thursday. */
const KNOWN_AT = '2026-11-26T09:30:00Z';

type Group = Readonly<Record<string, string | number | boolean | null>>;

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

/** Values as the page writes them. */
const count = (value: Group[string] | undefined) => whole.format(Number(value));
const decimal = (value: Group[string] | undefined) => (value === null ? '–' : short.format(Number(value)));
const share = (value: Group[string] | undefined) => (value === null ? '–' : percent.format(Number(value)));

function groupsBy(groups: readonly Group[], key: (group: Group) => Group[string] | undefined): Map<string, Group[]> {
  const found = new Map<string, Group[]>();
  for (const group of groups) found.set(String(key(group)), [...(found.get(String(key(group))) ?? []), group]);
  return found;
}

const CARDS = ['week', 'weeks', 'speed', 'backlog', 'owed', 'answers', 'overlaps', 'load', 'jobs', 'hours'];

/** What a metric counts in the rows behind it: of a share, its whole. */
function countedIn(rows: readonly Group[], metric: string): number {
  const different = (...fields: string[]) =>
    new Set(rows.map((row) => JSON.stringify(fields.map((field) => row[field])))).size;
  if (/slots/i.test(metric)) return different('interviewId', 'startTime', 'endTime', 'room');
  if (metric === 'candidates') return different('candidateProfileId');
  if (metric === 'hiredApplications') return different('applicationId');
  if (metric === 'cancellationRate') return different('interviewId');
  return rows.length;
}

/** The number in a cell: of a share, its whole. Of a median no cell says how many there are. */
const numberIn = (text: string, metric: string): unknown =>
  metric === 'timeToFeedbackMedianOfDue'
    ? expect.any(Number)
    : Number((/ of ([\d,]+)$/.exec(text)?.[1] ?? text).replaceAll(',', ''));

describe.skipIf(!hasBrowser())('The dashboard', () => {
  let service: Service;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(), startBrowser()]);
    await service.import(extract({ rows: 4_000, seed: 5, from: '2026-06-01', until: '2026-12-20' }), {
      asOf: Date.parse(KNOWN_AT),
    });
  });
  afterAll(() => Promise.all([service?.stop(), browser?.close()]));

  async function open(choice = '', token = ADMIN_TOKEN, options: BrowserContextOptions = {}) {
    const visited = await visit(browser, service.url, {
      viewport: { width: 1400, height: 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    });
    await openDashboard(visited.page, choice, token);
    return visited;
  }

  /** The groups that a part’s “Copy as curl” asks for, as JSON. */
  async function groupsOf(page: Awaited<ReturnType<typeof open>>['page'], card: string): Promise<Group[]> {
    const [, address = ''] = /'(http[^']+)'/.exec(await copied(page, card, 'Copy as curl')) ?? [];
    const asked = new URL(address);
    asked.searchParams.set('format', 'json');
    const response = await service.get(asked.pathname + asked.search);
    const body = await response.json();
    expect([card, response.status, body.at]).toEqual([card, 200, KNOWN_AT]);
    return body.content;
  }

  test.each([
    ['without a choice', ''],
    ['in a zone, with filters', 'period=8-weeks&timeZone=America%2FNew_York&interviewType=VIDEO&interviewType=ONSITE'],
    ['by date', 'startsFrom=2026-09-02&startsBefore=2026-11-12'],
  ])('every number is that of the API: %s', async (_, choice) => {
    const { page, faults, leave } = await open(choice);
    const groups = Object.fromEntries(
      await (async () => {
        const found: [string, Group[]][] = [];
        for (const card of CARDS) found.push([card, await groupsOf(page, card)]);
        return found;
      })(),
    );
    const of = (card: string): Group[] => groups[card] ?? [];

    // The figures: value, part of the whole, and the value before.
    const [week] = of('week');
    const figures = await page.locator('.figure').allInnerTexts();
    const rate = (name: string) => [
      share(week?.[name]),
      `${count(week?.[`${name}Numerator`])} of ${count(week?.[`${name}Denominator`])}`,
      `from ${share(week?.[`previous${name.charAt(0).toUpperCase()}${name.slice(1)}`])}`,
    ];
    const expected = [
      [decimal(week?.heldSlots), `from ${decimal(week?.previousHeldSlots)}`],
      [decimal(week?.heldInterviewerHours), `from ${decimal(week?.previousHeldInterviewerHours)}`],
      rate('cancellationRate'),
      rate('feedbackRate'),
      rate('feedbackWithin24HoursRate'),
      [decimal(week?.heldSlotsAllDeclined), `from ${decimal(week?.previousHeldSlotsAllDeclined)}`],
    ];
    expect(figures).toHaveLength(expected.length);
    for (const [at, texts] of expected.entries()) for (const text of texts) expect(figures[at]).toContain(text);
    expect(Number(week?.heldSlots)).toBeGreaterThan(0);

    const byWeek = groupsBy(of('weeks'), ({ week }) => String(week));
    const slots = (name: string, state: string) =>
      count(byWeek.get(name)?.find(({ slotState }) => slotState === state)?.slots ?? 0);
    const states = ['HELD', 'UPCOMING', 'CANCELED', 'UNKNOWN_TIME'];
    const weeks = await tableOf(page, 'weeks');
    expect(weeks.length).toBeGreaterThan(8);
    expect(weeks).toEqual(
      [...byWeek.keys()].map((name) => [
        name,
        ...states.slice(0, weeks[0]?.length === 5 ? 4 : 3).map((state) => slots(name, state)),
      ]),
    );

    const speed = await tableOf(page, 'speed');
    const drawn = speed.filter(([, , within]) => within !== 'not yet');
    expect(speed.map(([name, given]) => [name, given])).toEqual(
      of('speed').map(({ week: name, feedbackRate }) => [name, share(feedbackRate ?? null)]),
    );
    for (const [name, , within, median] of speed) {
      const group = of('speed').find(({ week: other }) => other === name);
      if (within !== 'not yet') expect(within).toBe(share(group?.feedbackWithin24HoursRate));
      if (median !== 'not yet') expect(median).toBe(decimal(group?.timeToFeedbackMedianOfDue));
    }
    // Young weeks, and those that the period cuts, are not shown as if they could be compared.
    expect(drawn.length).toBeGreaterThan(4);
    expect(drawn.every(([name]) => of('speed').find(({ week: other }) => other === name)?.complete)).toBe(true);

    const backlog = await tableOf(page, 'backlog');
    const sum = (name: string) => count(of('backlog').reduce((all, group) => all + Number(group[name]), 0));
    expect(backlog.slice(-2)).toEqual([
      ['Of the last 30 days', sum('feedbackBacklogUnderThirtyDays')],
      ['All', sum('feedbackBacklog')],
    ]);
    expect(count(backlog.slice(0, 5).reduce((all, [, text]) => all + Number(text?.replace(',', '')), 0))).toBe(
      sum('feedbackBacklog'),
    );

    const owed = await tableOf(page, 'owed');
    expect(owed.length).toBeGreaterThan(5);
    expect(owed.map((cells) => cells.slice(0, 3))).toEqual(
      of('owed')
        .filter(({ feedbackBacklog }) => Number(feedbackBacklog) > 0)
        .map(({ interviewerName, interviewerEmployeeId, feedbackBacklog, feedbackBacklogUnderThirtyDays }) => [
          interviewerEmployeeId === null ? 'Without an employee ID' : interviewerName || interviewerEmployeeId,
          count(feedbackBacklog),
          count(feedbackBacklogUnderThirtyDays),
        ]),
    );

    expect((await tableOf(page, 'answers')).map((cells) => cells.slice(1))).toEqual(
      of('answers').map((group) => [
        count(group.interviewerAcceptanceRateNumerator),
        count(group.interviewerOpenRateNumerator),
        count(group.interviewerDeclineRateNumerator),
        count(group.upcomingSlots),
        count(group.upcomingSlotsUncovered),
      ]),
    );
    expect(of('answers')).toHaveLength(7);

    expect((await tableOf(page, 'overlaps')).map(([, text]) => text)).toEqual(
      of('overlaps').flatMap(({ overlapping }) => (Number(overlapping) > 0 ? count(overlapping) : [])),
    );

    const load = await tableOf(page, 'load');
    const byPerson = groupsBy(of('load'), ({ interviewerEmployeeId }) => interviewerEmployeeId);
    expect(load.length).toBeGreaterThan(8);
    expect(load.map((cells) => cells.join()).sort()).toEqual(
      [...byPerson.values()]
        .map((person) =>
          [
            person[0]?.interviewerName || person[0]?.interviewerEmployeeId,
            ...person.map(({ feedbackDue }) => count(feedbackDue)),
          ].join(),
        )
        .sort(),
    );

    expect((await tableOf(page, 'jobs')).map((cells) => cells.slice(1))).toEqual(
      of('jobs').map((group) => [
        count(group.heldSlots),
        count(group.candidates),
        share(group.cancellationRate ?? null),
        share(group.feedbackRate ?? null),
        count(group.hiredApplications),
        decimal(group.heldSlotsPerHire ?? null),
      ]),
    );

    const hours = (await tableOf(page, 'hours')).flatMap((cells) => cells.slice(1).map(Number));
    expect(hours.filter((value) => value > 0).sort()).toEqual(
      of('hours')
        .map(({ heldSlots }) => Number(heldSlots))
        .filter((value) => value > 0)
        .sort(),
    );
    expect(faults).toEqual([]);
    await leave();
  });

  test('what is copied as GraphQL is an operation that needs no more than a token', async () => {
    const { page, leave } = await open('interviewType=VIDEO&timeZone=Europe%2FBerlin');
    for (const card of CARDS) {
      const query = await copied(page, card, 'Copy as GraphQL');
      const response = await service.get('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      const { data, errors } = await response.json();
      expect([card, errors, typeof data?.metrics.dataVersion]).toEqual([card, undefined, 'string']);
      expect(query).toContain(KNOWN_AT);
    }
    await leave();
  });

  test('a number leads to its rows, by keyboard, too', async () => {
    const { page, faults, leave } = await open();
    const first = page.locator('#card-owed button.number').first();
    const missing = Number(await first.innerText());
    await first.focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.closest("tr").rowIndex')).toBe(2);
    await page.keyboard.press('ArrowUp');
    expect(await page.locator('#card-owed button.number[tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect.poll(() => dialog.locator('tbody tr').count()).toBe(Math.min(20, missing));
    expect(await accessibilityFaults(page)).toEqual([]);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Workbook' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.xlsx$/);
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(false);
    expect(await first.evaluate((button) => button.matches(':focus'))).toBe(true);
    expect(faults).toEqual([]);
    await leave();
  });

  test.each([
    '',
    'period=52-weeks&timeZone=Europe%2FBerlin&interviewType=VIDEO&interviewType=PHONE',
  ])('behind a number of each column are as many rows, slots or people as it says: %s', async (choice) => {
    const { page, faults, leave } = await open(choice);
    const dialog = page.getByRole('dialog');
    let looked = 0;
    for (const card of CARDS.filter((name) => name !== 'week')) {
      for (const details of await page.locator(`#card-${card} details.numbers summary`).all()) await details.click();
      const columns = await page.locator(`#card-${card} thead th`).count();
      // Of a heat map all columns are alike.
      for (let column = 2; column <= Math.min(columns, 7); column++) {
        const cell = page.locator(`#card-${card} td:nth-child(${column}):has(button.number)`).first();
        if ((await cell.count()) === 0) continue;
        await cell.locator('button').click();
        await dialog.getByRole('button', { name: 'Copy address' }).click();
        await expect.poll(() => page.locator('#told').textContent()).toBe('Copy address: Copied');
        await page.evaluate(`document.querySelector('#told').textContent = ''`);
        const address = new URL(await page.evaluate('navigator.clipboard.readText()'));
        await page.keyboard.press('Escape');
        const said = await cell.innerText();
        const metric = address.searchParams.get('metric') ?? '';
        address.searchParams.set('format', 'json');
        const { content } = await (await service.get(address.pathname + address.search)).json();
        expect([card, column, metric, countedIn(content, metric)]).toEqual([
          card,
          column,
          metric,
          numberIn(said, metric),
        ]);
        looked += 1;
      }
    }
    expect(looked).toBeGreaterThan(25);
    expect(faults).toEqual([]);
    await leave();
  });

  test('saves a part as a workbook, under a name with its days', async () => {
    const { page, leave } = await open();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#card-weeks').getByRole('button', { name: 'Workbook' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/2026.*\.xlsx$/);
    await leave();
  });

  test('what is chosen stands in the address, never the token; a link that is copied has the days and the clock', async () => {
    const { page, leave } = await open();
    expect(page.url()).toBe(`${service.url}/dashboard`);
    await page.getByText('4 weeks', { exact: true }).click();
    await page.getByLabel('Time zone').fill('Europe/Berlin');
    await page.getByText('Filters', { exact: true }).click();
    await page.getByLabel('Video').check();
    await expect
      .poll(() => page.url())
      .toBe(`${service.url}/dashboard#period=4-weeks&interviewType=VIDEO&timeZone=Europe%2FBerlin`);
    await settled(page);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect.poll(() => page.locator('#told').textContent()).toBe('Copy link: Copied');
    const link: string = await page.evaluate('navigator.clipboard.readText()');
    expect(decodeURIComponent(link)).toBe(
      `${service.url}/dashboard#startsFrom=2026-10-26&startsBefore=2026-11-30&at=${KNOWN_AT}&timeZone=Europe/Berlin&interviewType=VIDEO`,
    );
    const before = [await tableOf(page, 'jobs'), await tableOf(page, 'weeks')];
    await page.goto('about:blank');
    await page.goto(link);
    await settled(page);
    expect([await tableOf(page, 'jobs'), await tableOf(page, 'weeks')]).toEqual(before);
    expect(await page.locator('#past').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Show the newest' }).click();
    await expect.poll(() => page.url()).not.toContain('at=');
    await leave();
  });

  test.each([
    ['light', 1400],
    ['dark', 1400],
    ['light', 390],
    ['dark', 390],
  ] as const)('has no fault that axe finds: %s, %i pixels wide', async (colorScheme, width) => {
    const { page, faults, leave } = await open('', ADMIN_TOKEN, { colorScheme, viewport: { width, height: 900 } });
    expect(await accessibilityFaults(page)).toEqual([]);
    for (const summary of await page.locator('summary').all()) await summary.click();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(faults).toEqual([]);
    await leave();
  });

  test('printed, it has the tables below the charts, and nothing to press', async () => {
    const { page, leave } = await open();
    expect(await page.locator('#card-weeks table').isVisible()).toBe(false);
    await page.pdf();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#card-weeks table').isVisible()).toBe(true);
    for (const name of ['Forget token', 'CSV', 'Copy link'])
      expect(await page.getByRole('button', { name }).first().isVisible()).toBe(false);
    expect(await page.locator('.top').isVisible()).toBe(false);
    await leave();
  });

  test('without the scope personal it has IDs and no name, and says so', async () => {
    const token = await createToken(service.db.prisma, 'analyst without names', ['read']);
    const { page, faults, leave } = await open('', token);
    expect(await page.locator('#withheld').innerText()).toContain('employee IDs');
    const names = await service.rows(
      'SELECT DISTINCT interviewer_last_name AS last FROM appointment WHERE length(interviewer_last_name) > 2',
    );
    expect(names.length).toBeGreaterThan(10);
    const [owed, load] = [await tableOf(page, 'owed'), await tableOf(page, 'load')];
    expect(owed.length).toBeGreaterThan(5);
    const titles = [...owed, ...load].map(([title]) => title).join(' ');
    for (const { last } of names) expect(titles).not.toContain(String(last));
    await page.locator('#card-owed button.number').first().click();
    await expect.poll(() => page.getByRole('dialog').locator('tbody tr').count()).toBeGreaterThan(0);
    expect(faults).toEqual([]);
    await leave();
  });

  test('a part that fails says why, and is tried again', async () => {
    const { page, leave } = await open();
    let fails = true;
    await page.route('**/graphql', async (route) => {
      if (fails && route.request().postData()?.includes('query Jobs'))
        await route.fulfill({ status: 500, json: { errors: [{ message: 'The service failed.' }] } });
      else await route.continue();
    });
    await page.getByText('8 weeks', { exact: true }).click();
    await expect.poll(() => page.locator('#card-jobs .fault').innerText()).toBe('The service failed.');
    await settled(page);
    expect(await page.locator('#card-jobs table').isVisible()).toBe(false);
    expect(await page.locator('#card-hours table').isVisible()).toBe(true);
    fails = false;
    await page.locator('#card-jobs').getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => page.locator('#card-jobs table').isVisible()).toBe(true);
    await leave();
  });

  test('an import that ends meanwhile is shown, and nothing of before beside it', async () => {
    const own = await startService();
    const { page, faults, leave } = await visit(browser, own.url);
    await own.import(extract({ rows: 200, seed: 6, from: '2026-06-01', until: '2026-12-20' }), {
      asOf: Date.parse(KNOWN_AT),
    });
    let imports = 0;
    await page.route('**/graphql', async (route) => {
      if (imports === 0 && route.request().postData()?.includes('query Jobs')) {
        imports += 1;
        await own.import(extract({ rows: 400, seed: 7, from: '2026-06-01', until: '2026-12-20' }), {
          asOf: Date.parse(KNOWN_AT),
        });
      }
      await route.continue();
    });
    await openDashboard(page);
    await expect.poll(() => page.locator('#state').innerText()).toContain('600 rows');
    await settled(page);
    const { content } = await (
      await own.get(`/analytics/interviews/metrics?metrics=feedbackBacklog&at=${KNOWN_AT}&format=json`)
    ).json();
    expect((await tableOf(page, 'backlog')).at(-1)).toEqual(['All', count(content[0].feedbackBacklog)]);
    expect([imports, faults]).toEqual([1, []]);
    await leave();
    await own.stop();
  });

  test('where the browser lets a page copy nothing, the text is shown, selected', async () => {
    const { page, faults, leave } = await visit(browser, service.url);
    await page.addInitScript(`Object.defineProperty(navigator, 'clipboard', { value: undefined })`);
    await openDashboard(page);
    await page.locator('#card-weeks').getByRole('button', { name: 'Copy as curl' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.locator('pre').innerText()).toMatch(/^curl -f .*metrics=slots&groupBy=week,slotState/);
    expect(await page.evaluate('getSelection().toString()')).toMatch(/^curl -f /);
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Close' }).click();
    expect(faults).toEqual([]);
    await leave();
  });

  test('a week that isn’t over, or of which the period has a part, says so', async () => {
    const { page, leave } = await open('startsFrom=2026-10-07&startsBefore=2026-11-30');
    const notes = await page.locator('#card-weeks tbody th .hint').allTextContents();
    expect([notes[0], notes[1], notes[7]]).toEqual([
      '5 Oct to 11 Oct, part',
      '12 Oct to 18 Oct',
      '23 Nov to 29 Nov, so far',
    ]);
    await leave();
  });

  test('without the library, the tables stand open in the place of the charts', async () => {
    const { page, leave } = await visit(browser, service.url);
    await page.route('**/files/chart.js', (route) => route.abort());
    await openDashboard(page);
    expect(await page.locator('#card-weeks table').isVisible()).toBe(true);
    expect(await page.locator('canvas').first().isVisible()).toBe(false);
    await leave();
  });

  test('says what is wrong with a token, a period, a zone, a link; and that there are no rows', async () => {
    const { page, leave } = await visit(browser, service.url);
    await page.goto('/dashboard#period=7-weeks&colour=red');
    await page.getByLabel('Token', { exact: true }).fill('wrong');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#why').innerText()).toBe('The token is unknown or was revoked.');
    await page.getByLabel('Token', { exact: true }).fill(ADMIN_TOKEN);
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.locator('#link-fault').innerText())
      .toBe('The link also says what this page doesn’t have: period=7-weeks, colour=red.');
    await settled(page);
    await page.getByLabel('Time zone').fill('Europe/Nowhere');
    await expect.poll(() => page.locator('#fault').innerText()).toContain('Europe/Nowhere');
    expect(await page.locator('#cards').isVisible()).toBe(false);
    await page.getByLabel('Time zone').fill('');
    await expect.poll(() => page.locator('#cards').isVisible()).toBe(true);
    await page.getByText('By date', { exact: true }).click();
    await expect.poll(() => page.locator('#fault').innerText()).toContain('Give both days of the period');
    await page.getByLabel('From').fill('2020-01-01');
    await page.getByLabel('To and including').fill('2026-01-01');
    await expect.poll(() => page.locator('#fault').innerText()).toContain('at most 60');
    const empty = await startService();
    const visited = await visit(browser, empty.url);
    await openDashboard(visited.page);
    expect(await visited.page.locator('#empty').innerText()).toContain('There are no rows yet.');
    expect(await visited.page.locator('#cards').isVisible()).toBe(false);
    expect(visited.faults).toEqual([]);
    await Promise.all([visited.leave(), leave()]);
    await empty.stop();
  });
});
