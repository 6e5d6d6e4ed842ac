import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/create-app.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { PROGRAM_VERSION } from '../../src/package-info.ts';
import { download, rest } from '../kit/download.ts';
import { whileLocked } from '../kit/locked.ts';
import { csvOf, rowOf } from '../kit/rows.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const PATH = '/analytics/interviews';
const extract = (...ids: string[]) => csvOf(ids.map((interviewId) => rowOf({ interviewId })));

let service: Service;

beforeAll(async () => {
  service = await startService();
  await service.import(extract('a', 'b'));
});
afterAll(() => service?.stop());

async function tag(query = '', headers: Record<string, string> = {}): Promise<string> {
  const { response } = await download(`${service.url}${PATH}${query}`, headers);
  await rest(response);
  expect(response.statusCode).toBe(200);
  return response.headers.etag ?? '';
}

describe('ETag', () => {
  test('stays with the bytes, and is the same for HEAD', async () => {
    expect(await tag()).toMatch(/^"[\w-]{27}"$/);
    expect(await tag()).toBe(await tag());
    expect(await tag('?format=csv&excel=false&header=keys')).toBe(await tag('', { accept: 'text/csv' }));
    const headers = { 'accept-encoding': 'identity' };
    const head = await service.get(`${PATH}?limit=1`, { method: 'HEAD', headers });
    expect(head.headers.get('etag')).toBe(await tag('?limit=1'));
  });

  test('is another one for every representation', async () => {
    const queries = ['format=csv', 'format=ndjson', 'fields=room', 'fields=room,duration', 'fields=duration,room']
      .concat(['format=csv&excel=true', 'format=csv&header=labels', 'dateFormat=yyyy', 'dateFormat=y', 'limit=1'])
      .concat(['limit=2', 'interviewId=a', 'interviewId=b', 'jobId=7d444840-9dc0-11d1-b245-5ffdce74fad2'])
      .concat([
        'updatedSince=2026-01-01',
        'startsFrom=2026-01-01',
        'startsFrom=2026-01-01T00:00Z',
        'startsBefore=2026-01-01',
      ]);
    const { response } = await download(`${service.url}${PATH}?limit=1`);
    const next = /<[^?]*(\?[^>]*)>/.exec(String(response.headers.link))?.[1] ?? '';
    response.resume();
    const tags = [await tag(), await tag(next)];
    for (const query of queries) tags.push(await tag(`?${query}`));
    expect(new Set(tags).size).toBe(queries.length + 2);
  });

  test('is weak where the answer is compressed, and another one for each coding', async () => {
    const tags = await Promise.all(['gzip', 'br'].map((coding) => tag('', { 'accept-encoding': coding })));
    for (const each of tags) expect(each).toMatch(/^W\/"[\w-]{27}"$/);
    expect(new Set([...tags, `W/${await tag()}`]).size).toBe(3);
  });

  test('moves with an import that changes something, and only with such a one', async () => {
    const before = await tag();
    await service.import(extract('a', 'b'));
    await service.import(extract('c'), { dryRun: true });
    expect(await tag()).toBe(before);
    await service.import(extract('c'));
    const added = await tag();
    expect(added).not.toBe(before);
    await service.import(extract('a', 'b'), { replaceAll: true });
    expect([before, added]).not.toContain(await tag());
  });

  test('is another one in a database that was made anew, after as many imports', async () => {
    const tags: string[] = [];
    for (const id of ['one', 'two']) {
      const anew = await startService();
      await anew.import(extract(id));
      tags.push((await anew.get(PATH, { method: 'HEAD' })).headers.get('etag') ?? '');
      await anew.stop();
    }
    expect(new Set(tags).size).toBe(2);
  });

  test('is another one after an upgrade of the program, which may write the same rows in another way', async () => {
    const tags: (string | null)[] = [];
    for (const program of ['1.0.0', '1.0.0', '1.0.1']) {
      const config = readConfig({ ADMIN_TOKEN, DATABASE_URL: 'postgresql://unused' });
      const app = createApp({ config, db: service.db, log: createLog('silent'), program });
      const address = await app.listen({ port: 0, host: '127.0.0.1' });
      const answer = await fetch(address + PATH, { headers: { 'x-smarttoken': ADMIN_TOKEN } });
      await answer.text();
      tags.push(answer.headers.get('etag'));
      await app.close();
    }
    expect(tags[1]).toBe(tags[0]);
    expect(tags[2]).not.toBe(tags[0]);
    const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(PROGRAM_VERSION).toBe(version);
  });

  test('is that of the rows, also while imports come in between', async () => {
    const seen = new Map<string, string>();
    const reading = Array.from({ length: 3 }, async () => {
      for (let round = 0; round < 10; round++) {
        const response = await service.get(`${PATH}?format=csv`, { headers: { 'if-none-match': '"other"' } });
        const etag = response.headers.get('etag') ?? '';
        const text = await response.text();
        expect(seen.get(etag) ?? text).toBe(text);
        seen.set(etag, text);
      }
    });
    for (const id of ['d', 'e', 'f']) await service.import(extract(id), { replaceAll: true });
    await Promise.all(reading);
    await service.import(extract('a', 'b'), { replaceAll: true });
  });

  test('is not that of an error', async () => {
    expect((await service.get(`${PATH}?limit=0`, { headers: { 'if-none-match': '*' } })).headers.has('etag')).toBe(
      false,
    );
  });
});

describe('If-None-Match', () => {
  const ask = (known: string, method = 'GET', headers: Record<string, string> = {}) =>
    service.get(`${PATH}?format=csv`, { method, headers: { 'if-none-match': known, ...headers } });

  test.each(['GET', 'HEAD'])('with the tag, in a list, weak, or as * is answered with 304 to %s', async (method) => {
    for (const coding of ['identity', 'gzip']) {
      const headers = { 'accept-encoding': coding };
      const current = await tag('?format=csv', headers);
      const opaque = current.replace('W/', '');
      for (const known of [current, opaque, `W/${opaque}`, `"x", ${current}`, `"x,y" , W/"z",${opaque}`, '*', ' * ']) {
        const response = await ask(known, method, headers);
        expect([known, response.status]).toEqual([known, 304]);
        expect(response.headers.get('etag')).toBe(current);
        expect(response.headers.get('cache-control')).toBe('private, no-cache');
        expect(response.headers.get('vary')).toMatch(/Accept-Encoding/);
        expect(response.headers.has('content-encoding')).toBe(false);
        expect(await response.text()).toBe('');
      }
    }
  });

  test('with another tag is answered with the rows', async () => {
    const other = await tag('?format=json');
    for (const known of ['', '"x"', 'W/"x"', 'x', other, '"*"']) {
      const response = await ask(known);
      expect(response.status).toBe(200);
      expect(await response.text()).toBe(extract('a', 'b'));
    }
  });

  test('is answered with the rows once they have changed', async () => {
    const before = await tag('?format=csv', { 'accept-encoding': 'gzip' });
    await service.import(extract('g'));
    const response = await ask(before, 'GET', { 'accept-encoding': 'gzip' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(extract('a', 'b', 'g'));
    await service.import(extract('a', 'b'), { replaceAll: true });
  });

  test('reads no rows for a 304', async () => {
    // Whoever wanted to read one would wait for this lock.
    const response = await whileLocked(service, 'appointment', () => ask('*'));
    expect(response.status).toBe(304);
  });

  test('doesn’t go before the token', async () => {
    expect((await ask('*', 'GET', { 'x-smarttoken': 'nobodys' })).status).toBe(401);
  });
});
