import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encoded, negotiatedCoding } from '../../src/http/compression.ts';
import { eventually } from '../kit/command.ts';
import { activeExports, addLargeRows, download, rest } from '../kit/download.ts';
import { type Service, startService } from '../kit/service.ts';

const PATH = '/analytics/interviews?format=csv';
const ZSTD = 'createZstdCompress' in zlib;
const decoder = (coding: string) =>
  (
    ({
      gzip: zlib.createGunzip,
      br: zlib.createBrotliDecompress,
      zstd: Reflect.get(zlib, 'createZstdDecompress'),
    }) as Record<string, () => zlib.Gunzip>
  )[coding]?.() ?? new PassThrough();

async function undone(bytes: Buffer, coding: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await pipeline([bytes], decoder(coding), async (pieces: AsyncIterable<Buffer>) => {
    for await (const piece of pieces) chunks.push(piece);
  });
  return Buffer.concat(chunks);
}

const CODINGS = ['gzip', 'br', ...(ZSTD ? ['zstd'] : [])];

let service: Service;
let url: string;

beforeAll(async () => {
  service = await startService();
  await addLargeRows(service);
  url = `${service.url}${PATH}`;
}, 60_000);
afterAll(() => service?.stop());

describe('the coding of the answer', () => {
  const best = ZSTD ? 'zstd' : 'br';
  test.each([
    [undefined, undefined],
    ['', undefined],
    ['identity', undefined],
    ['deflate', undefined],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['br', 'br'],
    ['gzip, deflate', 'gzip'],
    ['gzip, deflate, br, zstd', best],
    ['*', best],
    ['gzip;q=1.0, br;q=0.5', 'gzip'],
    ['gzip;q=0.5, br;q=0.8', 'br'],
    ['gzip;q=0', undefined],
    ['gzip;q=0.3, identity', undefined],
    ['*;q=0', undefined],
    ['identity;q=0, gzip', 'gzip'],
  ])('Accept-Encoding: %s gives %s, also to HEAD', async (accepted, coding) => {
    const headers: Record<string, string> = accepted === undefined ? {} : { 'accept-encoding': accepted };
    const { response } = await download(`${url}&limit=1`, headers);
    expect(response.headers['content-encoding']).toBe(coding);
    expect(response.headers.vary).toBe('Accept, Accept-Encoding, Authorization, X-SmartToken');
    response.resume();
    const head = await service.get(PATH, { method: 'HEAD', headers: { 'accept-encoding': 'identity', ...headers } });
    expect(head.headers.get('content-encoding')).toBe(coding ?? null);
  });

  test.each(CODINGS)('%s gives the same bytes once it is undone', async (coding) => {
    const part = `${url}&limit=200`;
    const plain = await rest((await download(part)).response);
    const { bytes, whole } = await rest((await download(part, { 'accept-encoding': coding })).response);
    expect([plain.whole, whole]).toEqual([true, true]);
    expect(bytes.length).toBeLessThan(plain.bytes.length);
    expect((await undone(bytes, coding)).equals(plain.bytes)).toBe(true);
  });

  test('an error has none', async () => {
    const { response } = await download(`${url}&limit=0`, { 'accept-encoding': 'gzip' });
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-encoding']).toBeUndefined();
    expect(JSON.parse((await rest(response)).bytes.toString())).toMatchObject({ errors: [{ code: 'BAD_USER_INPUT' }] });
  });
});

describe.each(['identity', ...CODINGS])('a transfer in %s', (coding) => {
  test('breaks where the database fails, and has no end that makes it look whole', async () => {
    const { response } = await download(url, { 'accept-encoding': coding });
    await eventually(async () => expect(await activeExports(service)).toBe(1));
    await service.rows(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY (/* extract.rows */%'`,
    );
    const { bytes, whole } = await rest(response);
    expect(whole).toBe(false);
    if (coding !== 'identity') await expect(undone(bytes, coding)).rejects.toThrow('unexpected end of file');
  });

  test('ends in the database when the client leaves', async () => {
    const { request, response } = await download(url, { 'accept-encoding': coding });
    response.on('error', () => {});
    await eventually(async () => expect(await activeExports(service)).toBe(1));
    request.destroy();
    await eventually(async () => expect(await activeExports(service)).toBe(0));
  });
});

test.each(CODINGS)('%s doesn’t hold rows back while the next ones are slow to come', async (name) => {
  let goOn = () => {};
  const more = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  async function* slow() {
    yield Buffer.from('first row\n');
    await more;
    yield Buffer.from('second row\n');
  }
  const rows = encoded(slow(), negotiatedCoding(name)).pipe(decoder(name));
  const received: string[] = [];
  for await (const chunk of rows) {
    received.push(String(chunk));
    goOn();
  }
  expect(received).toEqual(['first row\n', 'second row\n']);
});
