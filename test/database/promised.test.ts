/**
 * What the service has promised to those who don't read its changelog: the download as the original documents it, the original's own client,
 * the Tableau connector, and the line that `npm start` prints. What they send and what they get stand in test/golden/promised, byte for byte.
 *
 * This test may not be changed, nor may its golden files, to make it pass. Where it fails, the program is wrong: somebody's script, workbook or
 * client has just stopped working. What is new goes to a parameter that nobody sends yet.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Command } from '../kit/command.ts';
import { freshDatabase } from '../kit/database.ts';
import { readAnswers } from '../kit/raw-http.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const golden = async (name: string): Promise<Buffer> =>
  await readFile(new URL(`../golden/promised/${name}`, import.meta.url));

let service: Service;
let folder: string;
beforeAll(async () => {
  service = await startService();
  folder = await mkdtemp(path.join(tmpdir(), 'interviews-promised-'));
  expect(await service.import(await golden('extract.csv'))).toMatchObject({ saved: true, read: 12, refused: 0 });
});
afterAll(async () => {
  await service?.stop();
  await rm(folder, { recursive: true });
});

/** A golden text with what differs from one service to the next filled in. */
const filled = (text: Buffer, token = ADMIN_TOKEN): string =>
  text
    .toString()
    .replaceAll('{address}', service.url)
    .replaceAll('{host}', new URL(service.url).host)
    .replaceAll('{token}', token);

/** Runs a line in a shell; gives the file that it downloads. */
async function downloaded(line: string): Promise<Buffer> {
  await promisify(execFile)('sh', ['-ec', line], { cwd: folder, env: { PATH: process.env.PATH, TOKEN: ADMIN_TOKEN } });
  return await readFile(path.join(folder, 'interviews-extract.csv'));
}

/** Sends a golden request as it stands. */
async function sent(name: string, token?: string) {
  const request = filled(await golden(`${name}.request`), token).replaceAll('\n', '\r\n');
  const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
  socket.write(request);
  let bytes = Buffer.alloc(0);
  for await (const chunk of socket) {
    bytes = Buffer.concat([bytes, chunk]);
    const [answer] = readAnswers(bytes).answers;
    if (answer) return answer;
  }
  throw new Error('there is no whole answer');
}

describe('the download as the original documents it', () => {
  test('gives the same file', async () => {
    const file = await downloaded(filled(await golden('download.sh')));
    expect(file.equals(await golden('extract.csv'))).toBe(true);
  });

  test('is CSV, to be saved under that name', async () => {
    const { headers } = await service.get('/analytics/interviews', { headers: { accept: 'text/csv' } });
    expect([headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      'text/csv; charset=utf-8',
      'attachment; filename="interviews-extract.csv"',
    ]);
  });
});

describe('the original’s own client', () => {
  test.each(['vendor', 'vendor-date-format'])('gets the same rows by the request %s', async (name) => {
    const { status, headers, body } = await sent(name);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(body.toString()).toBe((await golden(`${name}.answer`)).toString());
  });

  test('finds in no row what it refuses: null, or a word that isn’t one of an enumeration', async () => {
    const words = {
      applicationStage: [
        ...['NEW', 'IN_REVIEW', 'INTERVIEW', 'HIRED', 'REJECTED', 'WITHDRAWN', 'OFFER', 'LEAD', 'TRANSFERRED'],
      ],
      candidateStatus: ['PENDING', 'TENTATIVE', 'ACCEPTED', 'DECLINED'],
      interviewType: ['ONSITE', 'PHONE', 'VIDEO', 'OTHER'],
      interviewerStatus: ['PENDING', 'TENTATIVE', 'ACCEPTED', 'DECLINED'],
    };
    const { content } = JSON.parse((await sent('vendor')).body.toString()) as { content: Record<string, unknown>[] };
    expect(content).toHaveLength(12);
    for (const row of content) {
      expect(Object.values(row)).not.toContain(null);
      for (const [key, accepted] of Object.entries(words)) if (key in row) expect(accepted).toContain(row[key]);
    }
  });

  test('is told by the status that its token won’t do, with a body in JSON', async () => {
    const { status, headers, body } = await sent('vendor', 'nobodys');
    expect([status, headers.get('content-type')]).toEqual([401, 'application/json; charset=utf-8']);
    expect(JSON.parse(body.toString())).toEqual({
      message: expect.any(String),
      errors: [{ code: 'NOT_AUTHENTICATED', message: expect.any(String) }],
    });
  });
});

test('the Tableau connector gets the same rows, each with all its columns', async () => {
  const { status, body } = await sent('connector');
  expect([status, body.toString()]).toEqual([200, (await golden('connector.answer')).toString()]);
});

test('the line that npm start prints is the same, and downloads the same file', async () => {
  const database = await freshDatabase();
  const start = new Command(['start'], { DATABASE_URL: database.url, ADMIN_TOKEN, PORT: '0', HOME: folder });
  try {
    const [line, address = ''] = await start.prints(/^curl .* '(http:\/\/127\.0\.0\.1:\d+)\/.*$/m);
    expect(line).toBe((await golden('printed.sh')).toString().replaceAll('{address}', address).trimEnd());
    expect((await downloaded(line.replaceAll(address, service.url))).equals(await golden('extract.csv'))).toBe(true);
  } finally {
    await start.kill('SIGTERM');
    await database.drop();
  }
}, 120_000);
