/** The service behind Debian's nginx, with the configuration of examples/deployment: TLS, a prefix, large bodies, and an upgrade under load. */
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasOpenssl } from '../kit/certificates.ts';
import { Command, eventually, run } from '../kit/command.ts';
import { freshDatabase, type TestDatabase, urlOf } from '../kit/database.ts';
import { freePort } from '../kit/free-port.ts';
import { extract } from '../kit/generated.ts';
import { hasNginx, startNginx } from '../kit/nginx.ts';

const TOKEN = 'admin-token-of-the-tests';
const CHECKOUT = join(import.meta.dirname, '../..');
/** Some megabytes: more than nginx takes by default. */
const ROWS = extract({ rows: 8_000, seed: 11 });
const PREFIX = '/tools/interviews';
const EXTRACT = `${PREFIX}/analytics/interviews`;
const headers = { 'x-smarttoken': TOKEN };
const json = { ...headers, 'content-type': 'application/json' };

describe.runIf(hasNginx() && hasOpenssl())('behind nginx', () => {
  let folder: string;
  let database: TestDatabase;
  let env: Record<string, string>;
  let ports: [number, number];
  let nginx: Awaited<ReturnType<typeof startNginx>>;
  let service: Command;

  async function start(port: number, program = CHECKOUT): Promise<Command> {
    const started = new Command(['start'], { ...env, PORT: String(port) }, undefined, program);
    await started.prints(/at (http:\S+)\n/);
    return started;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'interviews-upgrade-'));
    database = await freshDatabase();
    ports = [await freePort(), await freePort()];
    env = {
      DATABASE_URL: urlOf(database.connection),
      ADMIN_TOKEN: TOKEN,
      MIGRATE: 'off',
      TRUST_PROXY: '127.0.0.1',
      LOG_LEVEL: 'info',
      DRAIN_SECONDS: '2',
      RATE_LIMIT_PER_SECOND: '0',
      RATE_LIMIT_CONCURRENT: '0',
    };
    nginx = await startNginx(ports);
    service = await start(ports[0]);
  }, 120_000);
  afterAll(async () => {
    if (service?.child.exitCode === null) await service.kill('SIGKILL');
    await nginx?.stop();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  test('a large extract comes in, and goes out as it came', async () => {
    const body = { method: 'POST', headers: { ...headers, 'content-type': 'text/csv' }, body: ROWS };
    expect((await nginx.ask(EXTRACT, body)).status).toBe(200);
    const { status, text } = await nginx.ask(`${EXTRACT}?format=csv`, { headers });
    expect([status, text === ROWS]).toEqual([200, true]);
  });

  test('the pages are under the prefix, and so are the links of OData', async () => {
    expect((await nginx.ask(`${PREFIX}?a=1`)).headers.location).toMatch(/\/tools\/interviews\/\?a=1$/);
    for (const path of ['/', '/dashboard', '/import', '/docs', '/openapi.json', '/readyz'])
      expect(await nginx.ask(PREFIX + path), path).toMatchObject({
        status: 200,
        headers: { 'strict-transport-security': 'max-age=31536000', 'x-content-type-options': 'nosniff' },
      });
    const { text } = await nginx.ask(`${PREFIX}/odata/v4/Interviews?$top=1`, { headers });
    expect(JSON.parse(text)['@odata.context']).toMatch(new RegExp(`^${nginx.url}/odata/v4/\\$metadata`));
  });

  test('the log has the client’s address and nginx’s id, whatever the client sends', async () => {
    const forged = { ...headers, 'x-forwarded-for': '203.0.113.9', 'x-request-id': 'forged' };
    const id = (await nginx.ask(`${EXTRACT}?limit=1`, { headers: forged })).headers['x-request-id'];
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    await eventually(async () => {
      const line = service.stderr.split('\n').find((text) => text.includes(String(id)));
      expect(JSON.parse(line ?? '{}')).toMatchObject({ address: '127.0.0.1' });
    });
    expect(service.stderr).not.toContain('203.0.113.9');
  });

  test('an upgrade over a migration fails no request, but an import at most once', async () => {
    const failures: string[] = [];
    const counts = { asked: 0 };
    let going = true;
    const query = '{ interviews(first: 5) { nodes { id job { title } } } }';
    const small = ROWS.split('\n').slice(0, 2).join('\n');
    const load = {
      download: () => nginx.ask(`${EXTRACT}?limit=200`, { headers }),
      graphql: () => nginx.ask(`${PREFIX}/graphql`, { method: 'POST', headers: json, body: JSON.stringify({ query }) }),
      page: () => nginx.ask(`${PREFIX}/`),
      // What was sent is the client's to repeat.
      import: async () => {
        const send = () =>
          nginx.ask(`${EXTRACT}?dryRun=true`, {
            method: 'POST',
            headers: { ...headers, 'content-type': 'text/csv' },
            body: `${small}\n`,
          });
        const answer = await send();
        return answer.status === 502 ? await send() : answer;
      },
    };
    const loops = Object.entries(load).map(async ([name, ask]) => {
      while (going) {
        const outcome = await ask().then(
          ({ status, text }) => (status === 200 && !text.includes('"errors"') ? '' : `${status} ${text.slice(0, 200)}`),
          (error) => String(error),
        );
        counts.asked += 1;
        if (outcome) failures.push(`${name}: ${outcome}`);
      }
    });
    const next = await nextVersion();
    const migrated = await run(['migrate'], env, '', undefined, next);
    expect(migrated.stderr).toContain('20990101000000_next');
    const ready = await nginx.ask(`${PREFIX}/readyz`);
    expect([ready.status, ready.text]).toEqual([503, expect.stringContaining('it comes from a newer version')]);
    const upgraded = await start(ports[1], next);
    try {
      service.child.kill('SIGTERM');
      expect(await service.ended()).toBe(0);
      const before = counts.asked;
      while (counts.asked < before + 40) await sleep(20);
      going = false;
      await Promise.all(loops);
      expect(failures).toEqual([]);
      expect(await upgraded.kill('SIGTERM')).toBe(0);
    } finally {
      going = false;
      if (upgraded.child.exitCode === null) await upgraded.kill('SIGKILL');
    }
  });

  /** The program as it is, with one more migration. */
  async function nextVersion(): Promise<string> {
    const program = join(folder, 'next');
    for (const name of ['dist', 'package.json', 'prisma/migrations'])
      await cp(join(CHECKOUT, name), join(program, name), { recursive: true });
    await symlink(join(CHECKOUT, 'node_modules'), join(program, 'node_modules'));
    const migration = join(program, 'prisma/migrations/20990101000000_next');
    await mkdir(migration);
    await writeFile(
      join(migration, 'migration.sql'),
      'ALTER TABLE "job" ADD COLUMN "next" TEXT;\nCREATE INDEX "job_next" ON "job" ("next");\n',
    );
    return program;
  }
});
