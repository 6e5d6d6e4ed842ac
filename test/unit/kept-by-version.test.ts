import { expect, test } from 'vitest';
import { KeptByVersion } from '../../src/db/kept/by-version.ts';

test('what is kept of older rows is given up once something of newer ones is kept', () => {
  const kept = new KeptByVersion<number>({ max: 10 });
  kept.set('999', 'slots', 1);
  kept.set('999', 'jobs', 2);
  expect([kept.get('999', 'slots'), kept.get('1000', 'slots'), kept.has('999', 'jobs')]).toEqual([1, undefined, true]);
  kept.set('1000', 'slots', 3);
  expect([kept.get('999', 'slots'), kept.has('999', 'jobs'), kept.get('1000', 'slots')]).toEqual([undefined, false, 3]);
});

test('what a replica that lags answers is kept beside it', () => {
  const kept = new KeptByVersion<number>({ max: 10 });
  kept.set('1000', 'slots', 3);
  kept.set('999', 'slots', 1);
  expect([kept.get('999', 'slots'), kept.get('1000', 'slots')]).toEqual([1, 3]);
});
