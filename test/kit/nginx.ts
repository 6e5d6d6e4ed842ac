import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority } from './certificates.ts';
import { eventually } from './command.ts';
import { freePort } from './free-port.ts';
import { hasProgram } from './has-program.ts';

/** Debian keeps it out of the path of other users than root. */
const PROGRAM = existsSync('/usr/sbin/nginx') ? '/usr/sbin/nginx' : 'nginx';

/** Whether this machine has nginx; in CI it must. */
export const hasNginx = (): boolean => hasProgram(PROGRAM, 'the tests behind nginx', '-v');

const EXAMPLE = join(import.meta.dirname, '../../examples/deployment/nginx.conf');

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** An nginx with the configuration of examples/deployment, but for ports and certificates. */
interface TestNginx {
  /** The service through it, without a slash at the end. */
  readonly url: string;
  /** A request of a client that trusts its authority and no other. Rejects if the connection breaks. */
  ask(path: string, options?: { method?: string; headers?: Record<string, string>; body?: string }): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts it before two instances on these ports, of which one may be away. */
export async function startNginx(instances: readonly [number, number]): Promise<TestNginx> {
  const folder = await mkdtemp(join(tmpdir(), 'interviews-nginx-'));
  const authority = new Authority(folder, 'authority');
  const { certificate, key } = authority.issue('localhost');
  const port = await freePort();
  const site = (await readFile(EXAMPLE, 'utf8'))
    .replace('127.0.0.1:4000', `127.0.0.1:${instances[0]}`)
    .replace('127.0.0.1:4001', `127.0.0.1:${instances[1]}`)
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace('interviews.example.org', 'localhost')
    .replace(/ssl_certificate .*;/, `ssl_certificate ${certificate};`)
    .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${key};`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((of) => `${of}_temp_path ${folder}/tmp;`);
  await mkdir(join(folder, 'tmp'));
  await writeFile(
    join(folder, 'nginx.conf'),
    `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; ${process.getuid?.() === 0 ? 'user root;' : ''} events {} http { access_log off; ${temporary.join(' ')}\n${site}}`,
  );
  const child: ChildProcess = spawn(PROGRAM, ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (text) => {
    said += text;
  });
  const origin = `https://localhost:${port}`;
  const ca = await readFile(authority.certificate);
  const ask: TestNginx['ask'] = async (path, { method = 'GET', headers = {}, body } = {}) => {
    const request = https.request(`${origin}${path}`, { method, headers, ca, agent: false });
    request.end(body);
    const [response] = await once(request, 'response');
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk;
    return { status: response.statusCode, headers: response.headers, text };
  };
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`nginx has ended: ${said}`);
    await ask('/');
  });
  return {
    url: `${origin}/tools/interviews`,
    ask,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
