import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toCsv } from '../kit/canonical.ts';
import { Command, run as runCommand } from '../kit/command.ts';
import { emptyDatabase, freshDatabase, type TestDatabase, urlOf } from '../kit/database.ts';
import { rowOf, type Values } from '../kit/rows.ts';
import { withClient } from '../kit/server.ts';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await emptyDatabase();
});
afterAll(() => database?.drop());
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'interviews-cli-'));
});
afterEach(() => rm(folder, { recursive: true }));

const run = (args: string[], env: Record<string, string> = {}, input = '') =>
  runCommand(args, { DATABASE_URL: database.url, ...env }, input, folder);

const file = (name: string) => path.join(folder, name);

const row = (interviewId: string | null, values: Values = {}) => rowOf({ ...values, interviewId });

const GOOD = toCsv([row('a'), row('b', { room: 'R' })]);

test.runIf(process.platform === 'linux')('a data folder that can’t be made is refused with the reason', async () => {
  expect(await runCommand(['export'], { DATA_DIR: '/proc/interviews/data' })).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /^The embedded Postgres can't use the data folder "\/proc\/interviews\/data": ENOENT.* set DATA_DIR to another folder, .*\n$/,
    ),
  });
});

describe('import', () => {
  test('saves a file, says so, and exits with 0; the same file again changes nothing', async () => {
    await writeFile(file('x.csv'), GOOD);
    const first = await run(['import', 'x.csv']);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(
      /^2 rows read in \d+\.\d s: 2 inserted, 0 updated, 0 unchanged; 0 removed\.\n2 interviews new, .*\nSaved\.\n$/,
    );
    const second = await run(['import', 'x.csv']);
    expect(second.stdout).toMatch(/2 unchanged; 0 removed\.\n[^\n]*\nNothing had changed\.\n$/);
    expect(await run(['export'])).toEqual({ code: 0, stderr: '', stdout: GOOD });
  });

  test('reports by program with --json, from standard input, plain or gzip', async () => {
    await writeFile(file('x.csv.gz'), gzipSync(GOOD));
    const { code, stdout } = await run(['import', 'x.csv.gz', '--json', '--replace-all']);
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toEqual({
      saved: true,
      read: 2,
      inserted: 0,
      updated: 0,
      unchanged: 2,
      duplicates: 0,
      removed: 0,
      moved: 0,
      refused: 0,
      erased: 0,
      expired: 0,
      warned: 0,
      interviews: { inserted: 0, updated: 0, unchanged: 2, removed: 0, refused: 0 },
      sampleRemoved: false,
      asOf: expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      knownAt: report.asOf,
      seconds: expect.any(Number),
      refusedRows: [],
      warnings: [],
      refusedFiles: [],
    });
    expect(JSON.parse((await run(['import', '-', '--json'], {}, GOOD)).stdout)).toMatchObject({ unchanged: 2 });
  });

  test('saves nothing where a row is refused, and exits with 1', async () => {
    const bad = toCsv([row('c'), row('d', { interviewType: 'PHNE' })]);
    const { code, stdout } = await run(['import', '-'], {}, bad);
    expect(code).toBe(1);
    expect(stdout).toContain(
      'Refused:\n  line 3, interviewType: "PHNE" is not an interview type; accepted are ONSITE, PHONE, VIDEO, OTHER\n',
    );
    expect(stdout).toMatch(/Nothing was saved\. --skip-invalid saves the other interviews .*\n$/);
    expect((await run(['export'])).stdout).toBe(GOOD);
  });

  test('with --skip-invalid saves the rest and exits with 3; the mended file of refused rows completes the set', async () => {
    const rows = [
      row('a'),
      row('b', { room: 'R' }),
      row('e', { room: 'kept, "back"' }),
      row('e', { interviewType: 'PHNE', room: 'z' }),
      row('f'),
    ];
    await writeFile(file('y.csv'), toCsv(rows));
    const skipped = await run(['import', 'y.csv', '--skip-invalid', '--json']);
    expect(skipped.code).toBe(3);
    expect(JSON.parse(skipped.stdout)).toMatchObject({
      saved: true,
      read: 5,
      unchanged: 2,
      inserted: 1,
      refused: 2,
      refusedFiles: ['y.refused.csv'],
    });
    const refused = await readFile(file('y.refused.csv'), 'utf8');
    expect(refused.split('\n')[1]).toMatch(/^another row of this interview is refused,e,/);
    expect(refused.split('\n')[2]).toMatch(/^"interviewType: ""PHNE"" is not an interview type; .*",e,/);
    await writeFile(file('y.refused.csv'), refused.replace(',PHNE,', ',PHONE,'));
    expect(await run(['import', 'y.refused.csv'])).toMatchObject({ code: 0 });
    rows[3] = row('e', { interviewType: 'PHONE', room: 'z' });
    expect((await run(['export'])).stdout).toBe(toCsv(rows));
  });

  test('never writes refused rows over another file', async () => {
    await writeFile(file('z.csv'), toCsv([row('a'), row('g', { jobId: 'x' })]));
    await writeFile(file('z.refused.csv'), 'mine');
    expect((await run(['import', 'z.csv', '--skip-invalid'])).stdout).toContain(
      'The refused rows are in z.refused-2.csv: correct them and import that file.\n',
    );
    expect(await readFile(file('z.refused.csv'), 'utf8')).toBe('mine');
  });

  test('with --dry-run saves nothing, but says what it would do', async () => {
    const { code, stdout } = await run(
      ['import', '-', '--dry-run', '--json', '--replace-all', '--allow-removals'],
      {},
      toCsv([row('new')]),
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ saved: false, inserted: 1, interviews: { inserted: 1 } });
    expect((await run(['export'])).stdout).not.toContain('new');
  });

  test('takes several files as one extract, and names the file of a fault', async () => {
    await writeFile(file('1.csv'), toCsv([row('a')]));
    await writeFile(file('2.json'), '{"content":[{"interviewId":"b"}]}');
    const { code, stdout } = await run(['import', '1.csv', '2.json', '--json', '--dry-run']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).refusedRows[0]).toMatchObject({ file: '2.json', line: 1 });
    expect((await run(['import', '1.csv', '2.json', '--allow-missing-columns', '--replace-all'])).code).toBe(0);
    expect((await run(['export'])).stdout).toBe(toCsv([row('a'), row('b')]));
  });

  test('takes dates of the form that --date-format gives', async () => {
    const german = toCsv([row('a', { interviewCreateDate: '24.12.2025 18:30' })]);
    expect((await run(['import', '-', '--replace-all', '--date-format', 'dd.MM.yyyy HH:mm'], {}, german)).code).toBe(0);
    expect((await run(['export'])).stdout).toBe(toCsv([row('a', { interviewCreateDate: '2025-12-24T18:30:00' })]));
  });

  test('refuses where npm took an option for itself, instead of saving what should only be tried', async () => {
    await writeFile(file('x.csv'), toCsv([row('npm')]));
    const { code, stderr } = await run(['import', 'x.csv'], { npm_command: 'run', npm_config_dry_run: 'true' });
    expect(code).toBe(2);
    expect(stderr).toContain('npm took --dry-run as its own option; put -- before the options.');
    expect((await run(['export'])).stdout).not.toContain('npm');
  });

  test.each([
    [[], 'The file to import is missing.\nUsage: import -- [FILE'],
    [['missing.csv'], 'missing.csv can’t be read: '],
    [['.'], '. is a folder; name the files in it.'],
    [['x', '--nonsense'], "Unknown option '--nonsense'"],
    [['-', '--date-format', 'yyyy-QQ'], 'Q'],
  ])('%j is wrong usage: exit code 2 and what would be right', async (args, message) => {
    const { code, stderr } = await run(['import', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\bat .*\.js:\d/);
  });
});

describe('metrics', () => {
  test('writes the same as the route, and takes its parameters with hyphens, too', async () => {
    const weeks = 'week,from,complete,appointments\n';
    expect(await run(['metrics', '--metrics', 'appointments', '--group-by', 'week'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(new RegExp(`^${weeks}`)),
    });
    expect(await run(['metrics', '--metrics', 'slots', '--groupBy', 'week', '--group-by', 'day'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('groupBy occurs 2 times; it may occur only once.'),
    });
    expect(await run(['metrics', '--metrics', 'slot'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('metrics: "slot" is not a metric; did you mean slots'),
    });
  });

  test('takes every parameter of the route', async () => {
    const values: Record<string, string> = {
      metrics: 'heldSlots,feedbackRate',
      'group-by': 'job,week',
      from: '2025-12-29',
      to: '2026-01-26',
      'time-zone': 'Europe/Berlin',
      'week-start': 'sunday',
      on: 'create',
      at: '2026-03-01',
      'compare-to': 'previousPeriod',
      having: 'heldSlots>=0',
      'order-by': '-heldSlots,week',
      first: '5',
      fill: 'true',
      counts: 'true',
      total: 'true',
      evidence: 'true',
      include: 'names',
      format: 'json',
      nulls: 'omit',
      'interview-type': 'VIDEO',
      'starts-from': '2025-01-01',
    };
    const args = Object.entries(values).map(([name, value]) => `--${name}=${value}`);
    const { code, stdout, stderr } = await run(['metrics', ...args]);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ at: '2026-02-28T23:00:00Z', on: 'create', timeZone: 'Europe/Berlin', weekStart: 'sunday', groupCount: 0 },
      period: { name: '2025-12-29/2026-01-26', complete: true },
      previousPeriod: { name: '2025-12-01/2025-12-29' },
      previousAt: '2026-01-31T23:00:00Z',
      content: [{ isTotal: true, heldSlots: 0, feedbackRateDenominator: 0, heldSlotsEvidence: expect.any(String) }],
    });
    const other = ['--period=last-week', '--header=labels', '--excel=true', '--delimiter=semicolon', '--decimal=comma'];
    expect(await run(['metrics', '--metrics=slots', ...other, '--output=slots.csv'])).toMatchObject({ code: 0 });
    expect(await readFile(file('slots.csv'), 'utf8')).toBe('\ufeffTime slots\n0\n');
    expect((await run(['metrics', '--metrics=slots', '--last=2-weeks', '--andCurrent=true'])).stdout).toBe(
      'slots\n0\n',
    );
    expect((await run(['metrics', '--metrics=slots', '--order-by', '-slots'])).stderr).toContain("'--order-by=-XYZ'");
  });
});

describe('export', () => {
  test('writes to a file that appears whole, and only to its owner’s folder', async () => {
    expect(await run(['export', '--format', 'json', '--output', 'out.json'])).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    expect(JSON.parse(await readFile(file('out.json'), 'utf8')).content).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['out.json']);
  });

  test('takes the parameters of the route', async () => {
    const args = [
      '--format',
      'ndjson',
      '--fields',
      'interviewId,room',
      '--interviewId',
      'a',
      '--interviewId',
      'zz',
      '--limit',
      '5',
    ];
    expect(await run(['export', ...args])).toEqual({
      code: 0,
      stderr: '',
      stdout: '{"interviewId":"a","room":null}\n',
    });
    expect(await run(['export', '--limit', '0'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^limit: "0" is not accepted/),
    });
    const recent = ['--fields', 'interviewId', '--period', 'next-year', '--timeZone', 'Europe/Berlin'];
    expect(await run(['export', ...recent])).toEqual({ code: 0, stderr: '', stdout: 'interviewId\n' });
    expect(await run(['export', '--period', 'lately'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^period: "lately" is not a period; accepted are last-day, this-day, /),
    });
  });

  test('names a format that doesn’t exist, and a file that can’t be written', async () => {
    expect(await run(['export', '--format', 'xml'])).toMatchObject({
      code: 2,
      stderr: 'format: "xml" is not a format; accepted are json, csv, ndjson, xlsx.\n',
    });
    const { code, stderr } = await run(['export', '--output', 'no/such/folder.csv']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^no\/such\/folder\.csv can’t be written: ENOENT/);
  });

  test('ends quietly when its reader has seen enough', async () => {
    const command = new Command(['export'], { DATABASE_URL: database.url });
    command.child.stdout?.destroy();
    expect(await command.ended()).toBe(0);
    expect(command.stderr).toBe('');
  });

  test('warns where npm has put its banner before it', async () => {
    const { stdout, stderr } = await run(['export'], { npm_command: 'run' });
    expect(stdout).toMatch(/^interviewId,/);
    expect(stderr).toBe('npm has written its banner before this output: use `npm run -s`, or --output FILE.\n');
    expect(await run(['export'], { npm_command: 'run', npm_config_loglevel: 'silent' })).toMatchObject({ stderr: '' });
  });
});

describe('token', () => {
  test('makes, lists and revokes tokens', async () => {
    const made = await run(['token', 'create', '--name', 'tableau']);
    expect(made.stdout).toMatch(/^[A-Za-z0-9]{32}\n$/);
    expect(made.stderr).toBe('This is the token "tableau" (read, personal). It is shown only now.\n');
    expect((await run(['token', 'list'])).stdout).toMatch(
      /^tableau\tread,personal\t\S+\tin use\tnot used\tall rows\tusual limits\n$/,
    );
    expect(await run(['token', 'create', '--name', 'tableau'])).toMatchObject({
      code: 1,
      stderr: 'There is a token named "tableau" already; revoke or rotate it, or choose another name.\n',
    });
    expect(await run(['token', 'revoke', 'tableau'])).toMatchObject({
      code: 0,
      stderr: 'The token "tableau" is revoked.\n',
    });
    expect((await run(['token', 'list'])).stdout).toMatch(/\trevoked \S+\tnot used\tall rows\tusual limits\n$/);
    expect(await run(['token', 'revoke', 'tableau'])).toMatchObject({ code: 1 });
    const narrow = await run(['token', 'create', '--name', 'dashboard', '--scope', 'read']);
    expect(narrow.stderr).toBe('This is the token "dashboard" (read). It is shown only now.\n');
  });

  test('makes tokens that end, see some rows and have a rate of their own, and rotates them', async () => {
    const job = '7d444840-9dc0-11d1-b245-5ffdce74fad2';
    const options = ['--expires', '2099-12-31', '--department', 'Sales', '--department', 'R & D', '--job', job];
    const made = await run(['token', 'create', '--name', 'sales', ...options, '--rate', '60/min']);
    const terms = `read, personal; rows of department "R & D", department "Sales", job ${job}; 60 requests per minute; until`;
    expect(made.stderr.split('\n')).toEqual([
      `This is the token "sales" (${terms} 2100-01-01T00:00:00.000Z). It is shown only now.`,
      'No stored job is, or is of the department, "R & D": the token sees nothing of it.',
      'No stored job is, or is of the department, "Sales": the token sees nothing of it.',
      `No stored job is, or is of the department, "${job}": the token sees nothing of it.`,
      '',
    ]);
    const rotated = await run(['token', 'rotate', 'sales', '--overlap', '1h', '--expires', '2098-12-31']);
    expect(rotated.stdout).toMatch(/^[A-Za-z0-9]{32}\n$/);
    expect(rotated.stdout).not.toBe(made.stdout);
    expect(rotated.stderr).toMatch(
      /^This is the new token "sales" \(.*until 2099-01-01T00:00:00\.000Z\)\. It is shown only now\. The old one is accepted until \S+Z\.\n$/,
    );
    const lines = (await run(['token', 'list'])).stdout.split('\n').filter((line) => line.startsWith('sales\t'));
    expect(lines.map((line) => line.split('\t').slice(3))).toEqual([
      [expect.stringMatching(/^replaced, until /), 'not used', expect.stringMatching(/^rows of /), '60/min'],
      ['in use, until 2099-01-01T00:00:00.000Z', 'not used', expect.stringMatching(/^rows of /), '60/min'],
    ]);
  });

  test.each([
    [['create'], 'The name of the token is missing.'],
    [['create', '--name', 'x', '--scope', 'rot'], '"rot" is not a scope; the scopes are read, personal, write, admin.'],
    [['destroy'], '"destroy" is not accepted; accepted are create, list, rotate NAME and revoke NAME.'],
    [['create', 'x'], '"create x" is not accepted;'],
    [['list', '--name', 'x'], 'list has no option --name.'],
    [['revoke', 'x', '--overlap', '1h'], 'revoke has no option --overlap.'],
    [['create', '--name', 'x', '--expires', '1999-01-01'], '--expires: "1999-01-01" is over already;'],
    [['rotate', 'x', '--overlap', '1y'], '--overlap: "1y" is not accepted;'],
    [[], 'The action is missing: create, list, rotate or revoke.'],
  ])('%j is wrong usage', async (args, message) => {
    const { code, stderr } = await run(['token', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('the environment', () => {
  test('is refused as a whole, with every fault and no secret', async () => {
    const env = {
      PORT: '70000',
      HOST: 'no host',
      MIGRATE: 'maybe',
      LOG_LEVEL: 'loud',
      ADMIN_TOKEN: 'short',
      DATABASE_URL: 'mysql://u:secret@h/d',
    };
    expect(await run(['start'], env)).toEqual({
      code: 1,
      stdout: '',
      stderr: [
        '6 invalid settings in the environment or .env:',
        '  PORT: "70000" must be a whole number from 0 to 65535',
        '  HOST: "no host" must be an IP address or a host name',
        '  DATABASE_URL: the value given must look like postgresql://user:password@host:5432/database',
        '  MIGRATE: "maybe" must be on or off',
        '  ADMIN_TOKEN: the value given must be 16 to 256 printable ASCII characters without spaces, or several such tokens',
        '  LOG_LEVEL: "loud" must be one of fatal, error, warn, info, debug, trace, silent',
        '',
      ].join('\n'),
    });
  });

  test('in production wants a database of yours, or to be told otherwise', async () => {
    const { code, stderr } = await run(['start'], { DATABASE_URL: '', NODE_ENV: 'production' });
    expect(code).toBe(1);
    expect(stderr).toContain('DATABASE_URL: is missing with NODE_ENV=production; set it, or set EMBEDDED=on');
  });

  test.each([
    ['generate', '--rows', '1'],
    ['schema'],
  ])('%s %s doesn’t want one, in production either', async (...args) => {
    const { code, stderr, stdout } = await run(args, { DATABASE_URL: '', NODE_ENV: 'production' });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).not.toBe('');
  });

  test('with a database that can’t be reached ends in one clear line without the password', async () => {
    const { code, stderr } = await run(['start'], { DATABASE_URL: 'postgresql://me:secret@127.0.0.1:9/x' });
    expect(code).toBe(1);
    expect(stderr).toBe(
      'The database at postgresql://me@127.0.0.1:9/x can’t be reached: connect ECONNREFUSED 127.0.0.1:9.\n',
    );
  });

  test('with a user who lacks a right, or without a table, says which', async () => {
    const owned = await freshDatabase();
    const user = `reader_${randomUUID().slice(0, 8)}`;
    try {
      await withClient(owned.connection, (client) => client.query(`CREATE ROLE "${user}" LOGIN PASSWORD 'secret'`));
      const asReader = { DATABASE_URL: urlOf({ ...owned.connection, user, password: 'secret' }) };
      const refused = await run(['export'], asReader);
      expect([refused.code, refused.stderr]).toEqual([
        1,
        expect.stringMatching(
          new RegExp(
            `^The database refused the statement: permission denied for table _prisma_migrations \\(database user "${user}"\\)\\.`,
          ),
        ),
      ]);
      await withClient(owned.connection, (client) =>
        client.query(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO "${user}"; ALTER TABLE candidate RENAME TO away`),
      );
      expect((await run(['export'], asReader)).code).toBe(0);
      for (const command of [
        ['import', '-'],
        ['verify'],
        ['verify', '--rebuild'],
        ['token', 'create', '--name', 'a'],
      ]) {
        const { code, stderr } = await run(command, asReader, GOOD);
        expect
          .soft([command, code, stderr])
          .toEqual([
            command,
            1,
            expect.stringMatching(
              /^(The database refused the statement|A table or column of the service is missing): /,
            ),
          ]);
      }
    } finally {
      await withClient(owned.connection, (client) => client.query(`DROP OWNED BY "${user}"`));
      await owned.drop();
      await withClient(database.connection, (client) => client.query(`DROP ROLE "${user}"`));
    }
  });

  test('with MIGRATE=off and tables missing says what to run', async () => {
    const empty = await emptyDatabase();
    try {
      const { code, stderr } = await run(['start'], { DATABASE_URL: empty.url, MIGRATE: 'off' });
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^The database lacks (a migration|\d+ migrations) \(\d+_initial\b.*\), and MIGRATE=off: run `npm run migrate` first\.\n$/,
      );
      const migrate = () => run(['migrate'], { DATABASE_URL: empty.url, MIGRATE: 'off' });
      const names = (await readdir(new URL('../../prisma/migrations', import.meta.url))).filter((name) =>
        /^\d/.test(name),
      );
      const first = await migrate();
      expect(first).toMatchObject({ code: 0, stdout: '' });
      expect(first.stderr).toMatch(/^\d+ migrations? (was|were) applied \(.*\): the tables at \S+ are up to date\.\n$/);
      expect(first.stderr).toContain(`${names.length} migration`);
      expect(first.stderr).toContain(`(${names.sort().join(', ')})`);
      expect((await migrate()).stderr).toMatch(/^Nothing to do: the tables at \S+ are up to date\.\n$/);
    } finally {
      await empty.drop();
    }
  });
});

describe('the first start on an embedded Postgres', () => {
  test('says each step that takes a while; later starts say only where they serve', async () => {
    const dataDir = await realpath(await mkdtemp(path.join(tmpdir(), 'interviews-first-')));
    // Root's Postgres runs as another user, who must be able to enter.
    await chmod(dataDir, 0o711);
    const start = async () => {
      const command = new Command(['start'], { DATA_DIR: dataDir, PORT: '0' }, folder);
      await command.prints(/^curl /m);
      return [await command.kill('SIGTERM'), command.stderr];
    };
    try {
      const steps = [
        `Preparing Postgres in ${dataDir}…`,
        'Creating the database…',
        'Creating the tables…',
        'Loading the sample extract…',
        '',
      ];
      expect(await start()).toEqual([0, steps.join('\n')]);
      expect(await start()).toEqual([0, '']);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});

describe('the program', () => {
  test('explains itself', async () => {
    expect((await run(['--help'])).stdout).toMatch(/^Usage: npm run COMMAND/);
    expect((await run(['import', '--help'])).stdout).toMatch(/^Usage: npm run import -- \[FILE/);
    expect(await run(['dance'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^"dance" is not a command\.\nUsage:/),
    });
  });

  test('ends as it would have where nobody reads what it says', async () => {
    await writeFile(file('x.csv'), GOOD);
    const command = new Command(['import', 'x.csv', '--json'], { DATABASE_URL: database.url }, folder);
    command.child.stdout?.destroy();
    expect([await command.ended(), command.stderr]).toEqual([0, '']);
  });

  test.each([
    [
      'names the address of GraphiQL, which is there',
      { NODE_ENV: '' },
      ' (in a browser: GraphiQL, with examples)',
      200,
    ],
    ['names no GraphiQL in production, where it isn’t', { NODE_ENV: 'production' }, '', 401],
  ])('%s', async (_name, env, hint, status) => {
    const service = new Command(['start'], { DATABASE_URL: database.url, PORT: '0', ...env });
    try {
      const [, address = '', said] = await service.prints(/^GraphQL (\S+)(.*)\n/m);
      expect(said).toBe(hint);
      const page = await fetch(address, { headers: { accept: 'text/html' } });
      expect(page.status).toBe(status);
      const files = Array.from((await page.text()).matchAll(/(?:src|href)="([^"]*)"/g), ([, file = '']) => file);
      expect(files).toHaveLength(status === 200 ? 6 : 0);
      for (const file of files) expect([file, (await fetch(new URL(file, address))).status]).toEqual([file, 200]);
    } finally {
      expect(await service.kill('SIGTERM')).toBe(0);
    }
  });

  test('says where another program has its port', async () => {
    const first = new Command(['start'], { DATABASE_URL: database.url, PORT: '0' });
    const [, port = ''] = await first.prints(/127\.0\.0\.1:(\d+)\n/);
    expect(await run(['start'], { PORT: port })).toMatchObject({
      code: 1,
      stderr: `PORT: ${port} on 127.0.0.1 is in use by another program; set PORT to another, or to 0 for a free one.\n`,
    });
    expect(await first.kill('SIGTERM')).toBe(0);
  });
});
