/** Every number of the dashboard is the API’s, and leads to its rows. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults } from '../kit/axe.ts';
import { hasBrowser } from '../kit/browser.ts';
import { copied, count, KNOWN_AT, startDashboard, tableOf, visitDashboard } from '../kit/dashboard.ts';
import type { Service } from '../kit/service.ts';

type Group = Readonly<Record<string, string | number | boolean | null>>;

const short = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

/** Values as the page writes them. */
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
  let dashboard: Awaited<ReturnType<typeof startDashboard>>;
  let service: Service;
  beforeAll(async () => {
    dashboard = await startDashboard();
    service = dashboard.service;
  });
  afterAll(() => dashboard?.stop());

  const open = (choice = '') => visitDashboard(dashboard, choice);

  /** The groups that a part’s “Copy as curl” asks for, as JSON. */
  async function groupsOf(page: Page, card: string): Promise<Group[]> {
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

  test('the feedback that last week lacks leads to its rows, and of the late the page says how to tell them', async () => {
    const { page, leave } = await open();
    const [week] = await groupsOf(page, 'week');
    const missing = Number(week?.feedbackRateDenominator) - Number(week?.feedbackRateNumerator);
    expect(missing).toBeGreaterThan(0);
    await page
      .locator('#card-week')
      .getByRole('button', { name: `${count(missing)} missing` })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Copy address' }).click();
    await expect.poll(() => page.locator('#told').textContent()).toBe('Copy address: Copied');
    const address = new URL(await page.evaluate('navigator.clipboard.readText()'));
    const { content } = await (await service.get(`${address.pathname}${address.search}&format=json`)).json();
    expect(content).toHaveLength(missing);
    expect(await dialog.locator('#rows-late').isVisible()).toBe(false);
    await page.keyboard.press('Escape');
    await page.locator('.figure', { hasText: 'within 24 hours' }).locator('.value button').click();
    expect(await dialog.locator('#rows-late').isVisible()).toBe(true);
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
});
