/** The start page as an analyst meets it, and the reference beside it. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { DefaultSettings, TaskUtils } from '@microsoft/powerquery-parser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { FIELDS } from '../../src/domain/fields.ts';
import { accessibilityFaults } from '../kit/axe.ts';
import { hasBrowser, startBrowser, visit } from '../kit/browser.ts';
import { extract } from '../kit/generated.ts';
import { connectionOf } from '../kit/office-connection.ts';
import { revoke } from '../kit/revoke.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';
import { alerts, count, download, enter, progress } from '../kit/start-page.ts';

const SIZES = { wide: { width: 1280, height: 900 }, narrow: { width: 360, height: 740 } };

describe.skipIf(!hasBrowser())('The start page', () => {
  let service: Service;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(), startBrowser()]);
    await service.import(extract({ rows: 500, seed: 21 }));
  });
  afterAll(() => Promise.all([service?.stop(), browser?.close()]));

  test('shows what is stored once a token is given, and downloads it for a spreadsheet with one click', async () => {
    const { page, faults, leave } = await visit(browser, service.url);
    await page.goto('/');
    await expect.poll(() => page.locator('#up').innerText()).toBe('The service is up.');
    expect(await page.locator('#download').isVisible()).toBe(false);
    await enter(page);
    await expect.poll(() => count(page)).toBe('500 rows');
    expect(await page.locator('#facts').innerText()).toMatch(/^Rows\n500\nInterviews\n\d+\nLast import\n/);
    expect(await page.locator('#sample').isVisible()).toBe(false);
    expect(await page.locator('#preview tbody tr').count()).toBe(5);
    expect(await page.locator('#preview th').allInnerTexts()).toEqual(FIELDS.map(({ label }) => label));
    const workbook = await download(page);
    expect(workbook.name).toBe('interviews-extract.xlsx');
    expect(workbook.text.startsWith('PK')).toBe(true);
    await expect.poll(() => progress(page)).toMatch(/^Saved as interviews-extract.xlsx: \d+ kB\.$/);
    await page.getByLabel('CSV for Excel').check();
    await expect.poll(() => count(page)).toBe('500 rows');
    const { name, text } = await download(page);
    expect(name).toBe('interviews-extract.csv');
    // Text without its byte order mark, as fetch has it too.
    const same = await (await service.get('/analytics/interviews?format=csv&excel=true')).arrayBuffer();
    expect(text).toBe(Buffer.from(same).toString());
    await expect.poll(() => progress(page)).toMatch(/^Saved as interviews-extract.csv: \d+ kB\.$/);
    // The address is for programs, which would show the quotes that keep a spreadsheet from running formulas.
    expect(await page.locator('#address').textContent()).toBe(`${service.url}/analytics/interviews?format=csv`);
    await expect.poll(() => page.url()).toBe(`${service.url}/#kind=excel`);
    expect(faults).toEqual([]);
    await leave();
  });

  test('says how the first rows come in where there are none yet', async () => {
    const empty = await startService();
    const { page, leave } = await visit(browser, empty.url);
    await enter(page);
    await expect.poll(() => count(page)).toBe('0 rows');
    expect(await page.locator('#empty').innerText()).toBe(
      'There are no rows yet. Whoever runs this service adds them by importing an extract of the applicant-tracking system: npm run import -- interviews-extract.csv',
    );
    expect(await page.locator('#nothing').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Download' }).click();
    await expect.poll(() => alerts(page)).toEqual(['There are no rows yet, so nothing was saved.']);
    await leave();
    await empty.stop();
  });

  test('filters and columns decide the preview, the count, the download, and what programs are told', async () => {
    const { page, faults, leave } = await visit(browser, service.url);
    await enter(page);
    await page.getByLabel('From').fill('2026-02-01');
    await page.getByLabel('To and including').fill('2026-09-30');
    await page.getByLabel('Video').check();
    await page.getByLabel('Onsite').check();
    await page.getByLabel('Without').check();
    await page.locator('summary', { hasText: 'Columns' }).click();
    await page.getByRole('button', { name: 'None' }).click();
    await expect.poll(() => alerts(page)).toEqual(['No column is chosen.']);
    for (const label of ['Interview ID', 'Start Time', 'Duration', 'Interviewer Last Name'])
      await page.getByLabel(label, { exact: true }).check();
    await page.getByLabel('JSON').check();
    const query =
      'format=json&startsFrom=2026-02-01&startsBefore=2026-10-01&interviewType=ONSITE&interviewType=VIDEO&interviewCanceled=false' +
      '&fields=interviewId,interviewerLastName,startTime,duration';
    await expect
      .poll(() => page.locator('#address').textContent())
      .toBe(`${service.url}/analytics/interviews?${query}`);
    const same = await (await service.get(`/analytics/interviews?${query}`)).text();
    const rows = JSON.parse(same).content.length;
    await expect.poll(() => count(page)).toBe(`${rows} rows`);
    expect(rows).toBeGreaterThan(5);
    expect(await page.locator('#preview th').allInnerTexts()).toEqual([
      'Interview ID',
      'Interviewer Last Name',
      'Start Time',
      'Duration',
    ]);
    expect(await download(page)).toEqual({ name: 'interviews-extract.json', text: same });
    expect(faults).toEqual([]);
    await leave();
  });

  test('the curl line, run in a shell, gives the same file', async () => {
    const { page, leave } = await visit(browser, service.url);
    await enter(page);
    await page.getByLabel('CSV for Excel').check();
    await page.getByLabel('Declined').first().check();
    await expect.poll(() => page.locator('#curl').textContent()).toContain('interviewerStatus=DECLINED');
    const folder = await mkdtemp(path.join(tmpdir(), 'interviews-curl-'));
    try {
      const line = (await page.locator('#curl').textContent()) ?? '';
      expect(line).not.toContain(ADMIN_TOKEN);
      await promisify(execFile)('sh', ['-c', line], { cwd: folder, env: { ...process.env, TOKEN: ADMIN_TOKEN } });
      expect(await readFile(path.join(folder, 'interviews-extract.csv'), 'utf8')).toBe((await download(page)).text);
    } finally {
      await rm(folder, { recursive: true });
    }
    await leave();
  });

  test('the Power Query is one, and asks for the rows that are chosen', async () => {
    const { page, leave } = await visit(browser, service.url);
    await enter(page);
    await page.getByLabel('Video').check();
    await page.getByLabel('Phone').check();
    await expect.poll(() => page.locator('#power-query').textContent()).toContain('"PHONE"');
    const query = (await page.locator('#power-query').textContent()) ?? '';
    expect(query).not.toContain(ADMIN_TOKEN);
    const parsed = await TaskUtils.tryLexParse(DefaultSettings, query);
    expect(TaskUtils.isParseStageOk(parsed)).toBe(true);
    expect(query).toContain(`Web.Contents(\n    "${service.url}/",`);
    expect(query).toContain('Query = [format = "csv", interviewType = {"PHONE", "VIDEO"}]');
    await leave();
  });

  test('the connection file for Excel has the same query, and nothing of the token', async () => {
    const { page, faults, leave } = await visit(browser, service.url);
    await enter(page);
    await page.getByLabel('Video').check();
    await expect.poll(() => page.locator('#power-query').textContent()).toContain('"VIDEO"');
    await page.getByText('Excel and Power BI', { exact: true }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Connection file for Excel' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('interviews.odc');
    const text = await readFile(await file.path(), 'utf8');
    expect(text).not.toContain(ADMIN_TOKEN);
    expect(connectionOf(text).query.Formula).toBe(await page.locator('#power-query').textContent());
    expect(faults).toEqual([]);
    await leave();
  });

  test('whole tables of OData have connection files, too, and the address for those who paste it', async () => {
    const { page, faults, leave } = await visit(browser, service.url);
    await page.goto('/');
    await page.getByText('Excel or Power BI, whole tables (OData)').click();
    const root = `${service.url}/odata/v4/`;
    expect(await page.locator('[data-address="odata/v4/"]').innerText()).toBe(root);
    const { value } = (await (await service.get('/odata/v4/')).json()) as { value: { name: string }[] };
    const tables = await page.locator('[data-feed]').allInnerTexts();
    expect(tables.sort()).toEqual(value.map(({ name }) => name).sort());
    for (const table of tables) {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: table, exact: true }).click(),
      ]);
      expect(file.suggestedFilename()).toBe(`all${table.toLowerCase()}.odc`);
      const { Formula = '' } = connectionOf(await readFile(await file.path(), 'utf8')).query;
      expect(Formula).toContain(`OData.Feed("${root}", null, [Implementation = "2.0"])`);
      expect(Formula).toContain(`Source{[Name = "${table}", Signature = "table"]}[Data]`);
      expect(TaskUtils.isParseStageOk(await TaskUtils.tryLexParse(DefaultSettings, Formula))).toBe(true);
    }
    expect(faults).toEqual([]);
    await leave();
  });

  test('the lines for pandas get the rows, where Python has pandas, and are Python where not', async () => {
    const { page, leave } = await visit(browser, service.url);
    await enter(page);
    await page.getByLabel('Video').check();
    await expect.poll(() => page.locator('#pandas').textContent()).toContain('VIDEO');
    const lines = (await page.locator('#pandas').textContent()) ?? '';
    const { content } = await (await service.get('/analytics/interviews?format=json&interviewType=VIDEO')).json();
    // Without pandas its reader is replaced by Python's own, which asks and reads what the lines say.
    const program = `import sys, types
try:
    import pandas
except ImportError:
    import csv, io, urllib.request
    def read_csv(address, storage_options, dtype, parse_dates):
        request = urllib.request.Request(address, headers=storage_options)
        rows = list(csv.DictReader(io.StringIO(urllib.request.urlopen(request).read().decode("utf-8"))))
        assert set(dtype) | set(parse_dates) <= set(rows[0])
        return rows
    sys.modules["pandas"] = types.SimpleNamespace(read_csv=read_csv)
${lines.replace('print(rows)', 'print(len(rows))')}
`;
    const { stdout } = await promisify(execFile)('python3', ['-c', program], {
      env: { ...process.env, TOKEN: ADMIN_TOKEN },
    });
    expect(Number(stdout)).toBe(content.length);
    await leave();
  });

  test('suggests jobs by their titles and interviewers by their names; a token without personal gets no names', async () => {
    const { page, leave } = await visit(browser, service.url);
    await enter(page);
    await expect.poll(() => count(page)).toBe('500 rows');
    await page.getByLabel('Interviewer', { exact: true }).focus();
    await expect.poll(() => page.locator('#interviewers option').count()).toBeGreaterThan(3);
    await page.getByLabel('Job', { exact: true }).focus();
    await expect.poll(() => page.locator('#jobs option').count()).toBeGreaterThan(3);
    const id = (await page.locator('#jobs option').first().getAttribute('value')) ?? '';
    await page.getByLabel('Job', { exact: true }).fill(id);
    const { content } = await (await service.get(`/analytics/interviews?format=json&jobId=${id}`)).json();
    await expect.poll(() => count(page)).toBe(`${content.length} ${content.length === 1 ? 'row' : 'rows'}`);
    await leave();

    const reader = await createToken(service.db.prisma, 'reader', ['read']);
    const other = await visit(browser, service.url);
    await enter(other.page, reader);
    await expect.poll(() => count(other.page)).toBe('500 rows');
    await other.page.getByLabel('Interviewer', { exact: true }).focus();
    expect(await other.page.locator('#interviewers option').count()).toBe(0);
    expect(other.faults).toEqual([]);
    await other.leave();
  });

  test('says what is wrong: a token, a period, a value, a service that is away, a transfer that breaks', async () => {
    const { page, leave } = await visit(browser, service.url);
    await enter(page, 'a-token-that-nobody-has');
    await expect.poll(() => alerts(page)).toEqual(['The token is unknown or was revoked.']);
    await enter(page);
    await expect.poll(() => count(page)).toBe('500 rows');
    await page.getByLabel('From').fill('2026-05-02');
    await page.getByLabel('To and including').fill('2026-05-01');
    await expect.poll(() => alerts(page)).toEqual(['The period ends before it begins.']);
    expect(await page.getByRole('button', { name: 'Download' }).isDisabled()).toBe(true);
    await page.getByLabel('To and including').fill('');
    await page.getByLabel('From').fill('');
    await page.getByLabel('Job', { exact: true }).fill('engineer');
    await expect.poll(() => alerts(page)).toEqual(['No job has the title or ID “engineer”.']);
    await page.getByLabel('Job', { exact: true }).fill('');
    await expect.poll(() => count(page)).toBe('500 rows');
    await page.route('**/analytics/interviews?*', (route) => route.abort());
    await page.getByRole('button', { name: 'Download' }).click();
    await expect.poll(() => alerts(page)).toEqual(['The service can’t be reached. Nothing was saved.']);
    await leave();
  });

  test('a day that is half typed, or that no month has, is said, and never taken for no day at all', async () => {
    const { page, leave } = await visit(browser, service.url);
    await enter(page);
    await expect.poll(() => count(page)).toBe('500 rows');
    const said = ['“From” isn’t a valid date: complete it, or clear the field.'];
    for (const typed of ['03', '02312026']) {
      await page.getByLabel('From').focus();
      await page.keyboard.type(typed);
      await page.getByLabel('Video').focus();
      await expect.poll(() => alerts(page)).toEqual(said);
      expect(await page.getByRole('button', { name: 'Download' }).isDisabled()).toBe(true);
      expect([await count(page), await page.locator('#chosen').isVisible()]).toEqual(['', false]);
      await page.getByLabel('From').fill('');
      await page.getByLabel('Video').focus();
      await expect.poll(() => count(page)).toBe('500 rows');
    }
    await leave();
  });

  test('Enter right after a period that ends before it begins saves nothing, and says why', async () => {
    const { page, leave } = await visit(browser, service.url);
    await enter(page);
    await expect.poll(() => count(page)).toBe('500 rows');
    await page.getByLabel('From').fill('2026-03-02');
    await page.getByLabel('To and including').fill('2026-03-01');
    await page.evaluate("document.getElementById('download').requestSubmit()");
    expect(await alerts(page)).toEqual(['The period ends before it begins.']);
    expect(await page.locator('#stop').isVisible()).toBe(false);
    await leave();
  });

  test('what was saved is said until something else is chosen', async () => {
    const { page, leave } = await visit(browser, service.url);
    await enter(page);
    await expect.poll(() => count(page)).toBe('500 rows');
    await download(page);
    await expect.poll(() => progress(page)).toMatch(/^Saved as /);
    await page.getByLabel('Video').check();
    await expect.poll(() => progress(page)).toBe('');
    await leave();
  });

  test('says that the service is away where it is, and goes on by itself once it is back', async () => {
    const { page, leave } = await visit(browser, service.url);
    await enter(page);
    await expect.poll(() => count(page)).toBe('500 rows');
    await page.route('**/{readyz,analytics/**}', (route) => route.abort());
    await page.getByLabel('Video').check();
    await expect.poll(() => alerts(page)).toEqual(['The service can’t be reached.']);
    await expect.poll(() => page.locator('#up').innerText()).toBe('The service can’t be reached.');
    expect(await page.locator('#chosen').isVisible()).toBe(false);
    await page.unroute('**/{readyz,analytics/**}');
    await expect.poll(() => page.locator('#up').innerText(), { timeout: 10_000 }).toBe('The service is up.');
    await expect.poll(() => count(page)).toMatch(/^\d+ rows$/);
    expect(await alerts(page)).toEqual([]);
    expect(await page.locator('#preview tbody tr').count()).toBe(5);
    await leave();
  });

  test('opened while the database is away, uses the token that the tab keeps once it is back', async () => {
    const { page, leave } = await visit(browser, service.url);
    await enter(page);
    await expect.poll(() => count(page)).toBe('500 rows');
    const message = 'The database is away.';
    await page.route('**/{readyz,analytics/**}', (route) => route.fulfill({ status: 503, json: { message } }));
    await page.reload();
    await expect.poll(() => page.locator('#up').innerText()).toBe(`The service is not ready: ${message}`);
    await expect.poll(() => alerts(page)).toEqual([message]);
    await page.unroute('**/{readyz,analytics/**}');
    await expect.poll(() => count(page), { timeout: 10_000 }).toBe('500 rows');
    expect(await alerts(page)).toEqual([]);
    await leave();
  });

  test('by keyboard goes on after the token at the form, stays at Download while it downloads, and Stop comes next', async () => {
    const { page, leave } = await visit(browser, service.url);
    const focused = () => page.evaluate('document.activeElement.id');
    await enter(page);
    await expect.poll(focused).toBe('download-title');
    await expect.poll(() => count(page)).toBe('500 rows');
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let asked = 0;
    await page.route('**/analytics/interviews?format=xlsx**', async (route) => {
      asked++;
      await held;
      await route.continue().catch(() => {});
    });
    await page.getByRole('button', { name: 'Download' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#stop').isVisible()).toBe(true);
    expect(await focused()).toBe('go');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('stop');
    await page.keyboard.press('Enter');
    await expect.poll(() => progress(page)).toBe('Stopped; nothing was saved.');
    expect(await focused()).toBe('go');
    expect(asked).toBe(1);
    release();
    await leave();
  });

  test('a token that is revoked meanwhile is asked for again', async () => {
    const { page, leave } = await visit(browser, service.url);
    const token = await createToken(service.db.prisma, 'soon gone', ['read']);
    await enter(page, token);
    await expect.poll(() => count(page)).toBe('500 rows');
    await revoke(service, 'soon gone', token);
    await page.getByLabel('Video').check();
    await expect.poll(() => alerts(page)).toEqual(['The token is unknown or was revoked.']);
    expect(await page.locator('#download').isVisible()).toBe(false);
    await leave();
  });

  test('keeps the token for the tab and no longer, and forgets it when told to', async () => {
    const { page, leave } = await visit(browser, service.url);
    await enter(page);
    await expect.poll(() => count(page)).toBe('500 rows');
    await page.reload();
    await expect.poll(() => count(page)).toBe('500 rows');
    expect(await page.evaluate('localStorage.length')).toBe(0);
    await page.getByRole('button', { name: 'Forget token' }).click();
    await page.getByLabel('Token', { exact: true }).waitFor();
    expect(await page.evaluate('JSON.stringify([sessionStorage, localStorage])')).toBe('[{},{}]');
    await leave();
  });

  test.each(
    Object.entries(SIZES).flatMap(([size, viewport]) =>
      (['light', 'dark'] as const).map((colorScheme) => ({ size, viewport, colorScheme })),
    ),
  )('and its siblings can be read on a $size screen, $colorScheme: nothing is cut or hidden, and axe finds nothing', async ({
    viewport,
    colorScheme,
  }) => {
    const { page, faults, leave } = await visit(browser, service.url, { viewport, colorScheme });
    const looked = async () => {
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect(await accessibilityFaults(page)).toEqual([]);
    };
    await page.goto('/');
    await page.getByLabel('Token', { exact: true }).waitFor();
    await looked();
    await enter(page);
    await expect.poll(() => count(page)).toBe('500 rows');
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    await looked();
    await page.goto('/docs');
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    await looked();
    expect(faults).toEqual([]);
    await leave();
  });
});
