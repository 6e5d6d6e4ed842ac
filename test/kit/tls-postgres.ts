import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority } from './certificates.ts';
import { giveToPostgres, runPostgres } from './debian-postgres.ts';
import { freePort } from './free-port.ts';

/** A Postgres that only takes TLS; its certificate is for the host localhost alone. */
export interface TlsPostgres {
  /** A DATABASE_URL of it; `parameters` follow the question mark. */
  url(host: 'localhost' | '127.0.0.1', parameters: string): string;
  /** The file of the certificate that issued the server's. */
  readonly authority: string;
  /** That of an authority of the same kind that has nothing to do with it. */
  readonly stranger: string;
  stop(): void;
}

/** Starts one of Debian's programs. */
export async function startTlsPostgres(): Promise<TlsPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'interviews-tls-'));
  const [authority, stranger] = [new Authority(folder, 'authority'), new Authority(folder, 'stranger')];
  const { certificate, key } = authority.issue('localhost');
  chmodSync(key, 0o600);
  for (const path of [folder, key]) giveToPostgres(path);
  const data = join(folder, 'data');
  const run = (program: string, ...args: string[]) => runPostgres(folder, program, args);
  run('initdb', '-D', data, '-U', 'tests', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync');
  const port = await freePort();
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    fsync: 'off',
    ssl: 'on',
    ssl_cert_file: certificate,
    ssl_key_file: key,
  };
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  run('pg_ctl', '-D', data, '-l', join(folder, 'log'), '-o', options.join(' '), '-w', 'start');
  return {
    url: (host, parameters) => `postgresql://tests@${host}:${port}/postgres?${parameters}`,
    authority: authority.certificate,
    stranger: stranger.certificate,
    stop() {
      run('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
