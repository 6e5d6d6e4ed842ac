/** Names in the form of the start page, which the extract knows by their ids. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { hasBrowser, startBrowser, visit } from '../kit/browser.ts';
import { whileLocked } from '../kit/locked.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';
import { address, alerts, count, download, enter, progress } from '../kit/start-page.ts';

const LONG_FIRST = `Anna${' von Hohenstein und'.repeat(12)}`;

/** Interviewers by their ids: first and last name. Each has one row. */
const PEOPLE: Readonly<Record<string, readonly [string | null, string | null]>> = {
  'ann-1': ['Ann', 'Lee'],
  'ann-2': ['Ann', 'Lee'],
  'ann-3': ['Anna', 'Leeds'],
  nfc: ['José'.normalize('NFC'), 'Brandão'.normalize('NFC')],
  nfd: ['Zoë'.normalize('NFD'), 'Ångström'.normalize('NFD')],
  turkish: ['İbrahim', 'Yıldız'],
  german: ['Groß', 'Straußmann'],
  greek: ['Οδυσσεύς', 'Ελύτης'],
  japanese: ['一郎', '高橋'],
  korean: ['김', '민수'],
  arabic: ['أحمد', 'السيد'],
  blanks: [' Bo ', '  Ek'],
  quotes: ['Robert "Bob"', "O'Neill; Jr."],
  last: [null, 'Bi'],
  long: [LONG_FIRST, 'Zu'],
  nameless: [null, null],
};
/** More whose names have “bi” in them than are suggested at once. */
const CROWD = Array.from({ length: 130 }, (_, at) => [`crowd-${at}`, [`Abigail${at}`, 'Gobi']] as const);

const TITLES: Readonly<Record<string, string>> = {
  '7d444840-9dc0-11d1-b245-5ffdce74fa01': 'Senior Engineer',
  '7d444840-9dc0-11d1-b245-5ffdce74fa02': 'Engineer',
  '7d444840-9dc0-11d1-b245-5ffdce74fa03': 'Engineer',
};
const JOBS = Object.keys(TITLES);

describe.skipIf(!hasBrowser())('Names in the start page’s form', () => {
  let service: Service;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(), startBrowser()]);
    const rows = [...Object.entries(PEOPLE), ...CROWD].map(
      ([interviewerEmployeeId, [interviewerFirstName, interviewerLastName]], at) =>
        rowWith({
          interviewId: `i-${at}`,
          jobId: JOBS[at % JOBS.length] ?? null,
          interviewerEmployeeId,
          interviewerFirstName,
          interviewerLastName,
        }),
    );
    expect(await service.import(csvOf(rows))).toMatchObject({ saved: true });
    for (const [id, title] of Object.entries(TITLES))
      await service.rows(`UPDATE job SET title = '${title}' WHERE job_id = '${id}'`);
  });
  afterAll(() => Promise.all([service?.stop(), browser?.close()]));

  const ROWS = `${Object.keys(PEOPLE).length + CROWD.length} rows`;
  const interviewer = (page: Page) => page.getByLabel('Interviewer', { exact: true });
  const job = (page: Page) => page.getByLabel('Job', { exact: true });
  const note = (page: Page) => page.locator('#interviewerEmployeeId-note').innerText();

  /** Opens the page with a token that is taken. */
  async function open(at = service, token = ADMIN_TOKEN) {
    const visited = await visit(browser, at.url);
    await enter(visited.page, token);
    await expect.poll(() => count(visited.page)).toMatch(/^[1-9]\d* rows?$/);
    return visited;
  }

  test('a whole, right name gives that interviewer’s rows, in the preview and in the file, and says whose they are', async () => {
    const { page, faults, leave } = await open();
    await interviewer(page).fill('Anna Leeds');
    await expect.poll(() => count(page)).toBe('1 row');
    expect(await note(page)).toBe('Anna Leeds, employee ID ann-3');
    expect((await address(page)).getAll('interviewerEmployeeId')).toEqual(['ann-3']);
    await page.getByLabel('CSV', { exact: true }).check();
    const { text } = await download(page);
    expect(text).toContain(',Anna,Leeds,');
    expect(text.trimEnd().split('\n').length).toBeGreaterThan(1);
    expect(faults).toEqual([]);
    await leave();
  });

  test('a name is known in whatever letter case, Unicode form and order it is typed; an ID as it is', async () => {
    const { page, faults, leave } = await open();
    const typed: readonly (readonly [string, string])[] = [
      ['anna LEEDS', 'ann-3'],
      ['Leeds, Anna', 'ann-3'],
      ['  Anna   Leeds ', 'ann-3'],
      ['ann-1', 'ann-1'],
      ['José Brandão'.normalize('NFD'), 'nfc'],
      ['JOSÉ BRANDÃO'.normalize('NFC'), 'nfc'],
      ['Zoë Ångström'.normalize('NFC'), 'nfd'],
      ['zoë ångström'.normalize('NFD'), 'nfd'],
      ['İbrahim Yıldız', 'turkish'],
      ['ibrahim yildiz', 'turkish'],
      ['İBRAHİM YILDIZ', 'turkish'],
      ['GROSS STRAUSSMANN', 'german'],
      ['groß straussmann', 'german'],
      ['ΟΔΥΣΣΕΎΣ ΕΛΎΤΗΣ', 'greek'],
      ['高橋 一郎', 'japanese'],
      ['김 민수'.normalize('NFD'), 'korean'],
      ['أحمد السيد', 'arabic'],
      ['Bo Ek', 'blanks'],
      ["robert “bob” o'neill; jr.".replace(/[“”]/g, '"'), 'quotes'],
      [`${LONG_FIRST} zu`.toUpperCase(), 'long'],
    ];
    for (const [text, id] of typed) {
      await interviewer(page).fill(text);
      await expect
        .poll(async () => [text, (await address(page)).getAll('interviewerEmployeeId')])
        .toEqual([text, [id]]);
      await expect.poll(() => count(page)).toBe('1 row');
    }
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(faults).toEqual([]);
    await leave();
  });

  test('a name that several have gives the rows of all, and says how to get those of one', async () => {
    const { page, leave } = await open();
    await interviewer(page).fill('ann lee');
    await expect.poll(() => count(page)).toBe('2 rows');
    expect(await note(page)).toMatch(
      /^2 people are called “ann lee”; the rows of all of them are included\. For only one, enter the employee ID: ann-\d, ann-\d\.$/,
    );
    // Suggested are they with their IDs, since the name chooses neither.
    const suggested = page.locator('#interviewers option');
    expect(await suggested.evaluateAll((options) => options.map((one) => (one as HTMLOptionElement).value))).toEqual(
      expect.arrayContaining(['Ann Lee (ann-1)', 'Ann Lee (ann-2)', 'Anna Leeds']),
    );
    await interviewer(page).fill('Ann Lee (ann-2)');
    await expect.poll(() => note(page)).toBe('Ann Lee, employee ID ann-2');
    await interviewer(page).fill('ann-2; Anna Leeds');
    await expect.poll(async () => (await address(page)).getAll('interviewerEmployeeId')).toEqual(['ann-2', 'ann-3']);
    await leave();
  });

  test('a whole name that is a part of many others is found among them', async () => {
    const { page, leave } = await open();
    await interviewer(page).fill('Bi');
    await expect.poll(() => note(page)).toBe('Bi, employee ID last');
    await expect.poll(() => count(page)).toBe('1 row');
    expect(await page.locator('#interviewers option').count()).toBe(50);
    await leave();
  });

  test('a name that nobody has, or a part of one, is said at the field, which Download leads to; nothing is asked for or saved', async () => {
    const { page, faults, leave } = await open();
    const extracts: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/analytics/interviews')) extracts.push(request.url());
    });
    const fault = page.locator('#interviewerEmployeeId-fault');
    for (const [typed, said] of [
      ['Ann Leigh', 'No interviewer has the name or employee ID “Ann Leigh”.'],
      [
        'Leed',
        '“Leed” isn’t a complete name: choose one from the list that opens while you type, such as “Anna Leeds”, or enter the employee ID.',
      ],
      [';;', 'No interviewer has the name or employee ID “;;”.'],
      ['x'.repeat(400), `No interviewer has the name or employee ID “${'x'.repeat(60)}…”.`],
    ] as const) {
      await interviewer(page).fill(typed);
      await expect.poll(() => fault.innerText()).toBe(said);
      expect(await interviewer(page).getAttribute('aria-invalid')).toBe('true');
      expect(await interviewer(page).getAttribute('aria-describedby')).toContain('interviewerEmployeeId-fault');
      expect([await count(page), await page.locator('#chosen').isVisible()]).toEqual(['', false]);
      await page.getByRole('button', { name: 'Download' }).focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('interviewerEmployeeId');
    }
    expect(extracts).toEqual([]);
    await interviewer(page).fill('');
    await expect.poll(() => count(page)).toBe(ROWS);
    expect(await alerts(page)).toEqual([]);
    expect(faults).toEqual([]);
    await leave();
  });

  test('Enter right after a name, before anything was looked up, saves the rows of that name', async () => {
    const { page, leave } = await open();
    await interviewer(page).fill('anna leeds');
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(file.suggestedFilename()).toBe('interviews-interviewer-ann-3.xlsx');
    await expect.poll(() => progress(page)).toMatch(/^Saved as interviews-interviewer-ann-3\.xlsx: \d+ kB\.$/);
    await interviewer(page).fill('nobody at all');
    await page.keyboard.press('Enter');
    await expect.poll(() => alerts(page)).toEqual(['No interviewer has the name or employee ID “nobody at all”.']);
    expect(await progress(page)).toBe('');
    await leave();
  });

  test('what is suggested can be chosen, stays readable, and finds the rows', async () => {
    const { page, leave } = await open();
    await interviewer(page).focus();
    await expect.poll(() => page.locator('#interviewers option').count()).toBe(50);
    await interviewer(page).pressSequentially('yıld');
    const suggested = page.locator('#interviewers option');
    await expect
      .poll(() => suggested.evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value)))
      .toEqual(['İbrahim Yıldız']);
    await interviewer(page).fill('İbrahim Yıldız');
    await expect.poll(() => count(page)).toBe('1 row');
    await leave();
  });

  test('a job goes by its title, too', async () => {
    const { page, leave } = await open();
    await job(page).fill('senior engineer');
    await expect.poll(async () => (await address(page)).getAll('jobId')).toEqual(JOBS.slice(0, 1));
    await job(page).fill('Engineer');
    await expect.poll(async () => (await address(page)).getAll('jobId').sort()).toEqual(JOBS.slice(1));
    await job(page).fill(` ${JOBS[0]?.toUpperCase()} `);
    await expect.poll(async () => (await address(page)).getAll('jobId')).toEqual(JOBS.slice(0, 1));
    await job(page).fill('00000000-0000-4000-8000-000000000000');
    await expect
      .poll(() => alerts(page))
      .toEqual(['No job has the title or ID “00000000-0000-4000-8000-000000000000”.']);
    await job(page).fill('manager');
    await expect.poll(() => alerts(page)).toEqual(['No job has the title or ID “manager”.']);
    await leave();
  });

  test('a token without personal can look for an employee ID and for no name, and is told so', async () => {
    const reader = await createToken(service.db.prisma, 'reader of ids', ['read']);
    const { page, faults, leave } = await open(service, reader);
    expect(await interviewer(page).getAttribute('placeholder')).toBe('Any; employee ID');
    await interviewer(page).fill('Anna Leeds');
    await expect
      .poll(() => alerts(page))
      .toEqual([
        'No interviewer has the employee ID “Anna Leeds”. To search by name, the token needs the scope personal.',
      ]);
    await interviewer(page).fill('ann-3');
    await expect.poll(() => count(page)).toBe('1 row');
    expect(faults).toEqual([]);
    await leave();
  });

  test('where nothing can be looked up, what is typed is taken as an ID, and that is said', async () => {
    const { page, leave } = await open();
    await page.route('**/graphql', (route) => route.fulfill({ status: 404, json: { message: 'no such place' } }));
    await interviewer(page).fill('ann-3');
    await expect.poll(() => count(page)).toBe('1 row');
    expect(await note(page)).toBe('Used as employee ID: names can’t be looked up.');
    await interviewer(page).fill('Anna Leeds');
    await expect.poll(() => count(page)).toBe('0 rows');
    await page.getByRole('button', { name: 'Download' }).click();
    await expect.poll(() => alerts(page)).toEqual(['No row passes these filters, so nothing was saved.']);
    await job(page).fill('Engineer');
    await expect.poll(() => alerts(page)).toEqual(['“Engineer” isn’t an ID, and titles can’t be looked up.']);
    await leave();
  });

  test('all names that fit into the field are found, each with its rows', async () => {
    const { page, faults, leave } = await open();
    const pasted = CROWD.slice(0, 60);
    const names = pasted.map(([, name]) => name.join(' '));
    await interviewer(page).fill(names.join('; '));
    await expect.poll(() => count(page)).toBe('60 rows');
    expect((await address(page)).getAll('interviewerEmployeeId')).toEqual(pasted.map(([id]) => id));
    // Nobody is found twice, by whichever of the names.
    await interviewer(page).fill([...names, 'anna LEEDS', 'leeds, anna'].join('; '));
    await expect.poll(() => count(page)).toBe('61 rows');
    expect(await note(page)).not.toContain('are called');
    expect(faults).toEqual([]);
    await leave();
  });

  test('a look-up that fails is said, and what is typed is not taken as an ID', async () => {
    const slow = await startService({ GRAPHQL_TIMEOUT_SECONDS: '1' });
    await slow.import(csvOf([rowWith({ interviewerFirstName: 'Anna', interviewerLastName: 'Leeds' })]));
    const { page, leave } = await open(slow);
    await whileLocked(slow, 'employee', async () => {
      await interviewer(page).fill('Anna Leeds');
      await expect.poll(() => alerts(page)).toEqual([expect.stringMatching(/took longer than 1 s/)]);
      expect([await count(page), await note(page)]).toEqual(['', '']);
    });
    await interviewer(page).fill('anna leeds');
    await expect.poll(() => count(page)).toBe('1 row');
    expect(await alerts(page)).toEqual([]);
    await leave();
    await slow.stop();
  });

  test('where the service takes GraphQL operations of its list only, an ID is taken as one, and that is said', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'interviews-names-'));
    const file = path.join(folder, 'operations.json');
    await writeFile(file, JSON.stringify({ viewer: '{ viewer { name } }' }));
    const closed = await startService({ PERSISTED_OPERATIONS: file, PERSISTED_OPERATIONS_ONLY: 'on' });
    await closed.import(csvOf([rowWith({ interviewerEmployeeId: 'ann-3' })]));
    const { page, leave } = await open(closed);
    await interviewer(page).fill('ann-3');
    await expect.poll(() => note(page)).toBe('Used as employee ID: names can’t be looked up.');
    await expect.poll(() => count(page)).toBe('1 row');
    await leave();
    await Promise.all([closed.stop(), rm(folder, { recursive: true })]);
  });
});
