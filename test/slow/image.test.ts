/** The image of examples/deployment without a container engine: its tree, made by the Dockerfile's script, and what runs of it for a user who may write nothing. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyDatabase, type TestDatabase, urlOf } from '../kit/database.ts';
import { extract } from '../kit/generated.ts';
import { hasProgram } from '../kit/has-program.ts';
import { copySources } from '../kit/program-copy.ts';
import { ReadOnlyNode } from '../kit/read-only.ts';

const CHECKOUT = join(import.meta.dirname, '../..');
const TOKEN = 'admin-token-of-the-tests';
const ROWS = extract({ rows: 200, seed: 9 });
const LICENSES = ['0BSD', 'Apache-2.0', 'BSD-3-Clause', 'ISC', 'MIT'];

let folder: string;
let tree: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interviews-image-'));
  await chmod(folder, 0o755);
  const sources = join(folder, 'sources');
  tree = join(folder, 'app');
  await copySources(sources);
  // What is built already of these very sources is not built again.
  await cp(join(CHECKOUT, 'dist'), join(sources, 'dist'), { recursive: true });
  const more = ['examples/deployment/make-image.sh', 'tools/sbom.mjs', 'tools/graphiql-parts.json'];
  for (const name of ['LICENSE', '.npmrc', ...more]) {
    await mkdir(dirname(join(sources, name)), { recursive: true });
    await copyFile(join(CHECKOUT, name), join(sources, name));
  }
  execFileSync(join(sources, 'examples/deployment/make-image.sh'), [tree], { stdio: 'pipe' });
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The packages of the tree: the folder of each, its name and its license. */
async function packages(): Promise<{ folder: string; name: string; license: string }[]> {
  const files = (await readdir(join(tree, 'node_modules'), { recursive: true })).filter((file) =>
    /(^|node_modules\/)(@[^/]+\/)?[^/@]+\/package\.json$/.test(file),
  );
  return await Promise.all(
    files.map(async (file) => {
      const { name, license } = JSON.parse(await readFile(join(tree, 'node_modules', file), 'utf8'));
      return { folder: join('node_modules', dirname(file)), name, license };
    }),
  );
}

async function bytesOf(of: string): Promise<number> {
  const files = await readdir(of, { recursive: true });
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(of, file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

describe('the tree', () => {
  test('has what runs, and nothing of the sources', async () => {
    const names = ['LICENSE', 'dist', 'node_modules', 'package.json', 'prisma', 'sbom.cdx.json'];
    expect((await readdir(tree)).sort()).toEqual(names);
    expect((await readdir(join(tree, 'prisma'))).sort()).toEqual(['migrations', 'sample']);
  });

  test('has no package for development, and no Postgres', async () => {
    const installed = await packages();
    const { dependencies } = JSON.parse(await readFile(join(tree, 'package.json'), 'utf8'));
    expect(installed.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(dependencies)));
    const lock = JSON.parse(await readFile(join(CHECKOUT, 'package-lock.json'), 'utf8')).packages;
    const needed = ({ dev, optional, devOptional, peer }: Record<string, unknown>) =>
      !(dev || optional || devOptional || peer);
    expect(installed.filter(({ folder }) => !needed(lock[folder] ?? { dev: true }))).toEqual([]);
  });

  test('has only packages whose licenses ask for no more than to be named', async () => {
    const others = (await packages()).filter(({ license }) => !LICENSES.includes(license));
    expect(others.map(({ name, license }) => [name, license])).toEqual([]);
  });

  test('has a bill of materials with these packages and no others', async () => {
    const { components } = JSON.parse(await readFile(join(tree, 'sbom.cdx.json'), 'utf8'));
    const named = components.map(({ group, name }: { group?: string; name: string }) =>
      group ? `${group}/${name}` : name,
    );
    const installed = (await packages()).map(({ name }) => name);
    // Types for a compiler are taken out of the image.
    const run = named.filter((name: string) => !name.startsWith('@types/'));
    expect([...new Set(run)].sort()).toEqual([...new Set(installed)].sort());
  });

  test('is smaller than 70 MB', async () => {
    expect(await bytesOf(tree)).toBeLessThan(70e6);
  });
});

describe.runIf(hasProgram('bwrap', 'runs of the image on a read-only file system'))(
  'of a user who may write nothing',
  () => {
    let database: TestDatabase;
    let forwarder: Server;
    let env: Record<string, string>;

    beforeAll(async () => {
      database = await emptyDatabase();
      // The socket of the server is its user's alone.
      const { host, port } = database.connection;
      forwarder = createServer((socket) => {
        const server = host.startsWith('/')
          ? createConnection(join(host, `.s.PGSQL.${port}`))
          : createConnection(port, host);
        socket.pipe(server).pipe(socket);
        socket.on('error', () => server.destroy());
        server.on('error', () => socket.destroy());
      });
      await once(forwarder.listen(0, '127.0.0.1'), 'listening');
      const own = (forwarder.address() as AddressInfo).port;
      env = {
        NODE_ENV: 'production',
        DATABASE_URL: urlOf({ ...database.connection, host: '127.0.0.1', port: own }),
        ADMIN_TOKEN: TOKEN,
        PORT: '0',
      };
    });
    afterAll(async () => {
      forwarder?.close();
      await database?.drop();
    });

    const open = (args: readonly string[], own: Record<string, string> = {}): ReadOnlyNode =>
      new ReadOnlyNode(tree, ['dist/main.js', ...args], { ...env, ...own });

    test('its tables are made, rows come in and go out, the pages are there, and it stops when it is told to', async () => {
      expect(await open(['migrate']).ended()).toBe(0);
      const service = open(['start']);
      const [, url = ''] = await service.prints(/at (http:\S+)\n[\s\S]*\ncurl /);
      const headers = { 'x-smarttoken': TOKEN };
      const imported = await fetch(`${url}/analytics/interviews`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'text/csv' },
        body: ROWS,
      });
      expect(imported.status).toBe(200);
      const workbook = await fetch(`${url}/analytics/interviews?format=xlsx`, { headers });
      // A workbook is read from a temporary file.
      const again = await fetch(`${url}/analytics/interviews`, {
        method: 'POST',
        headers: { ...headers, 'content-type': workbook.headers.get('content-type') ?? '' },
        body: await workbook.arrayBuffer(),
      });
      expect([again.status, again.status === 200 || (await again.text())]).toEqual([200, true]);
      expect((await (await fetch(`${url}/analytics/interviews?format=csv`, { headers })).text()) === ROWS).toBe(true);
      const graphql = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: '{"query":"{ interviews(first: 2) { nodes { id } } }"}',
      });
      expect(await graphql.json()).not.toHaveProperty('errors');
      for (const path of ['/', '/dashboard', '/docs', '/import', '/openapi.json', '/readyz'])
        expect([path, (await fetch(url + path)).status]).toEqual([path, 200]);
      expect(await isHealthy(new URL(url).port)).toBe(0);
      service.tell('SIGTERM');
      expect(await service.ended()).toBe(0);
      expect(await isHealthy(new URL(url).port)).toBe(1);
    });

    test('a backup goes to standard output, and a missing setting is named', async () => {
      const backup = open(['backup', '-']);
      expect(await backup.ended()).toBe(0);
      expect(backup.stderr).toContain('appointment 200');
      const refused = open(['start'], { DATABASE_URL: '' });
      expect(await refused.ended()).not.toBe(0);
      expect(refused.stderr).toContain('DATABASE_URL: is missing with NODE_ENV=production');
    });

    /** The health check of the Dockerfile; its exit code. */
    async function isHealthy(port: string): Promise<number | NodeJS.Signals> {
      const dockerfile = await readFile(join(CHECKOUT, 'examples/deployment/Dockerfile'), 'utf8');
      const [, command = ''] = /HEALTHCHECK .*CMD (\[.*\])$/m.exec(dockerfile) ?? [];
      const [program, ...args] = JSON.parse(command);
      expect(program).toBe('node');
      return await new ReadOnlyNode(tree, args, { PORT: port }).ended();
    }
  },
);
