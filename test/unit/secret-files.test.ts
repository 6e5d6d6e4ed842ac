/** Secrets that stand in files instead of the environment: NAME_FILE. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { SETTINGS } from '../../src/settings.ts';
import { readDocument } from '../kit/documents.ts';

const TOKEN = 'a-token-of-sixteen-or-more';
const NEXT = 'the-next-token-after-that-one';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interviews-secrets-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

const faults = (...lines: string[]) =>
  `${lines.length} invalid setting${lines.length === 1 ? '' : 's'} in the environment or .env:\n${lines.map((line) => `  ${line}`).join('\n')}`;

describe('a secret in a file', () => {
  test('is read without the end of its line, through a link too', async () => {
    const url = await file('url', 'postgresql://me:secret@db.example.org/interviews\r\n');
    await symlink(await file('redis', '\uFEFFrediss://:secret@redis.example.org\n'), join(folder, 'link'));
    const config = readConfig({ DATABASE_URL_FILE: url, REDIS_URL_FILE: join(folder, 'link') });
    expect(config.database).toEqual({
      kind: 'url',
      url: 'postgresql://me:secret@db.example.org/interviews',
      replicaUrl: null,
    });
    expect(config.redisUrl).toBe('rediss://:secret@redis.example.org');
  });

  test('may be several tokens, one on a line', async () => {
    const tokens = await file('tokens', `${TOKEN}\n${NEXT}\n`);
    expect(readConfig({ ADMIN_TOKEN_FILE: tokens }).adminTokens).toEqual([TOKEN, NEXT]);
    expect(readConfig({ ADMIN_TOKEN: `${TOKEN} ${NEXT}` }).adminTokens).toEqual([TOKEN, NEXT]);
    expect(readConfig({ ADMIN_TOKEN: '', ADMIN_TOKEN_FILE: '' }).adminTokens).toEqual([]);
  });

  test('is refused beside the same secret in the environment', async () => {
    const tokens = await file('both', TOKEN);
    expect(() => readConfig({ ADMIN_TOKEN: NEXT, ADMIN_TOKEN_FILE: tokens })).toThrow(
      faults('ADMIN_TOKEN_FILE: can’t be combined with ADMIN_TOKEN; remove one of them'),
    );
  });

  test('is refused where the file is missing, empty, too large, no text or no file, and never waited for', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const missing = join(folder, 'missing');
    const cases: [string, string][] = [
      [missing, `${JSON.stringify(missing)} can’t be read: ENOENT`],
      [await file('empty', '\n'), `${JSON.stringify(join(folder, 'empty'))} is empty; it must hold the secret`],
      [
        await file('large', 'x'.repeat(20_000)),
        `${JSON.stringify(join(folder, 'large'))} has 20,000 bytes; a secret has at most 16,384`,
      ],
      [await file('binary', Uint8Array.of(0xff, 0xfe)), `${JSON.stringify(join(folder, 'binary'))} must be UTF-8 text`],
      [folder, `${JSON.stringify(folder)} must be a regular file`],
      [pipe, `${JSON.stringify(pipe)} must be a regular file`],
    ];
    for (const [path, fault] of cases)
      expect(() => readConfig({ ADMIN_TOKEN_FILE: path })).toThrow(faults(`ADMIN_TOKEN_FILE: ${fault}`));
  });

  test('never shows in a message: neither what the file holds nor a secret in the place of its path', async () => {
    const wrong = await file('wrong', 'short');
    expect(() => readConfig({ ADMIN_TOKEN_FILE: wrong, REDIS_URL_FILE: 'redis://:secret@redis.example.org' })).toThrow(
      faults(
        'REDIS_URL_FILE: must be an absolute path, such as /run/secrets/name',
        `ADMIN_TOKEN_FILE: the text in ${JSON.stringify(wrong)} must be 16 to 256 printable ASCII characters without spaces, or several such tokens`,
      ),
    );
  });

  test('may be that of each setting that docs/configuration.md names as secret, and of no other', () => {
    const [, named = ''] =
      /\*\*Secrets from files\.\*\* (.*?) may each stand/s.exec(readDocument('docs/configuration.md')) ?? [];
    const secret = Object.entries(SETTINGS).filter(([, setting]) => setting.secret);
    expect(Array.from(named.matchAll(/`(\w+)`/g), ([, name]) => name).sort()).toEqual(
      secret.map(([name]) => name).sort(),
    );
  });
});

test('more than ten tokens are refused by their number', () => {
  expect(() => readConfig({ ADMIN_TOKEN: Array.from({ length: 11 }, () => TOKEN).join(' ') })).toThrow(
    faults('ADMIN_TOKEN: the value given has 11 tokens; there may be at most 10'),
  );
});
