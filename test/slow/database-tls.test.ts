/** TLS to the database: what sslmode and sslrootcert of DATABASE_URL check, and what is said where that fails. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasOpenssl } from '../kit/certificates.ts';
import { run } from '../kit/command.ts';
import { hasPostgresPair } from '../kit/postgres-pair.ts';
import { startTlsPostgres, type TlsPostgres } from '../kit/tls-postgres.ts';

describe.runIf(hasOpenssl() && hasPostgresPair())('a database behind TLS', () => {
  let server: TlsPostgres;

  beforeAll(async () => {
    server = await startTlsPostgres();
  });
  afterAll(() => server?.stop());

  const migrate = (host: 'localhost' | '127.0.0.1', parameters: string) =>
    run(['migrate'], { DATABASE_URL: server.url(host, parameters) });

  test('is reached with sslmode=verify-full and the certificate of its authority', async () => {
    const { code, stderr } = await migrate('localhost', `sslmode=verify-full&sslrootcert=${server.authority}`);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/the tables at .* are up to date\.\n$/),
    });
    const exported = await run(['export'], {
      DATABASE_URL: server.url('localhost', `sslmode=verify-full&sslrootcert=${server.authority}`),
      MIGRATE: 'off',
    });
    expect(exported.code).toBe(0);
  });

  test('is reached with sslmode=no-verify by any name', async () => {
    expect((await migrate('127.0.0.1', 'sslmode=no-verify')).code).toBe(0);
  });

  test.each([
    'verify-full',
    'verify-ca',
    'require',
    'prefer',
  ])('is refused under another name with sslmode=%s', async (mode) => {
    const { code, stderr } = await migrate('127.0.0.1', `sslmode=${mode}&sslrootcert=${server.authority}`);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        /can’t be reached: .*127\.0\.0\.1.* DATABASE_URL has to name the host as the certificate of the server does\.\n$/,
      ),
    });
  });

  test('is refused with a certificate of another authority, and without one', async () => {
    for (const parameters of [`sslmode=verify-full&sslrootcert=${server.stranger}`, 'sslmode=verify-full']) {
      const { code, stderr } = await migrate('localhost', parameters);
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/can’t be reached: .*sslrootcert/) });
    }
  });

  test.each([
    [
      'sslmode=verify-fully',
      /^ {2}DATABASE_URL: the value given has \?sslmode="verify-fully", which is none of disable, /m,
    ],
    [
      'sslmode=verify-full&sslrootcert=/nowhere/ca.crt',
      /^ {2}DATABASE_URL: the value given has \?sslrootcert="\/nowhere\/ca\.crt", a file that can’t be read/m,
    ],
  ])('%s is refused before anything is connected', async (parameters, message) => {
    const { code, stderr } = await migrate('localhost', parameters);
    expect({ code, stderr }).toEqual({ code: expect.any(Number), stderr: expect.stringMatching(message) });
  });
});
