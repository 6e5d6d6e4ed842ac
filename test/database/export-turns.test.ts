/** A large export leaves the event loop to others between any two of its pieces. */
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openExport } from '../../src/db/query/rows/export.ts';
import { OPERATOR } from '../../src/domain/viewer.ts';
import { formatNamed } from '../../src/extract/formats.ts';
import { readRequest } from '../../src/extract/request.ts';
import { extract } from '../kit/generated.ts';
import { type Service, startService } from '../kit/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.import(extract({ rows: 5_000, seed: 5 }));
});
afterAll(() => service?.stop());

test('between two pieces of an export whose reader never waits, other requests have their turn', async () => {
  const request = readRequest(new Map(), () => formatNamed('csv'), OPERATOR);
  const exported = await openExport(service.db, request, new AbortController().signal, 0);
  let turns = 0;
  let isRead = false;
  const others = (async () => {
    for (; !isRead; turns++) await setImmediate();
  })();
  const turnsBefore: number[] = [];
  for await (const _piece of exported.rows) turnsBefore.push(turns);
  isRead = true;
  await others;
  expect(turnsBefore.length).toBeGreaterThan(10);
  expect(new Set(turnsBefore).size).toBe(turnsBefore.length);
});
