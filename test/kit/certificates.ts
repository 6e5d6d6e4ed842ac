import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasProgram } from './has-program.ts';

/** Whether this machine can make certificates; in CI it must. */
export const hasOpenssl = (): boolean => hasProgram('openssl', 'the tests of TLS', 'version');

/** A certificate authority of a test's own, with its files in a folder. */
export class Authority {
  /** The file of its certificate. */
  readonly certificate: string;
  readonly #folder: string;
  readonly #name: string;

  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
    this.certificate = join(folder, `${name}.crt`);
    this.#openssl(
      'req',
      '-x509',
      '-nodes',
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
      ...this.#newKey(name),
      '-out',
      this.certificate,
    );
  }

  /** Issues a certificate for a host name; returns the files of it and of its key. */
  issue(host: string): { certificate: string; key: string } {
    const [certificate, request, extensions] = ['crt', 'csr', 'ext'].map((end) =>
      join(this.#folder, `${host}-${this.#name}.${end}`),
    ) as [string, string, string];
    writeFileSync(extensions, `subjectAltName=DNS:${host}\n`);
    this.#openssl('req', '-nodes', '-subj', `/CN=${host}`, ...this.#newKey(`${host}-${this.#name}`), '-out', request);
    const ca = ['-CA', this.certificate, '-CAkey', this.#key(this.#name), '-CAcreateserial'];
    this.#openssl('x509', '-req', '-days', '2', '-in', request, ...ca, '-extfile', extensions, '-out', certificate);
    return { certificate, key: this.#key(`${host}-${this.#name}`) };
  }

  readonly #key = (name: string): string => join(this.#folder, `${name}.key`);

  readonly #newKey = (name: string): string[] => [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-keyout',
    this.#key(name),
  ];

  #openssl(...args: string[]): void {
    execFileSync('openssl', args, { stdio: 'pipe' });
  }
}
