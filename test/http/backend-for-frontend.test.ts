/** The backend for a frontend of docs/graphql.md, as it stands there. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { type Service, startService } from '../kit/service.ts';

let service: Service;
let token: string;
let folder: string;
let backend: ChildProcess;
let address: string;

beforeAll(async () => {
  service = await startService();
  token = await createToken(service.db.prisma, 'frontend', ['read']);
  const guide = await readFile(new URL('../../docs/graphql.md', import.meta.url), 'utf8');
  const [, program = ''] = /```js\n(\/\/ bff\.mjs.*?)```/s.exec(guide) ?? [];
  folder = await mkdtemp(path.join(tmpdir(), 'interviews-bff-'));
  await writeFile(path.join(folder, 'bff.mjs'), program);
  backend = spawn(process.execPath, ['bff.mjs'], {
    cwd: folder,
    env: { SERVICE: service.url, TOKEN: token, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  address = await new Promise((resolve) =>
    backend.stdout?.setEncoding('utf8').once('data', (line: string) => resolve(line.trim())),
  );
});
afterAll(async () => {
  backend?.kill();
  await service?.stop();
  if (folder) await rm(folder, { recursive: true });
});

const send = (init: RequestInit): Promise<Response> =>
  fetch(address, {
    method: 'POST',
    body: JSON.stringify({ query: '{ viewer { name scopes } }' }),
    ...init,
    headers: { 'content-type': 'application/json', cookie: 'user=ann', ...init.headers },
  });

test('forwards the operations of those who are logged in, and the browser never sees the token', async () => {
  const response = await send({});
  const text = await response.text();
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(JSON.parse(text)).toMatchObject({ data: { viewer: { name: 'frontend', scopes: ['READ'] } } });
  expect(text + JSON.stringify([...response.headers])).not.toContain(token);
});

test('hands on what the service refuses', async () => {
  const response = await send({ body: JSON.stringify({ query: '{ interviewers { nodes { name } } }' }) });
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  expect((await send({ body: '{' })).status).toBe(400);
});

test.each<[string, RequestInit, number]>([
  ['those who aren’t logged in', { headers: { cookie: '' } }, 401],
  ['a form of another site', { headers: { 'content-type': 'text/plain' } }, 415],
])('refuses %s', async (_who, init, status) => {
  expect((await send(init)).status).toBe(status);
});
