/** How many operations are kept that clients sent: all together, and of one of them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AutomaticOperations } from '../../src/graphql/over-http/automatic-operations.ts';

/** As long as a document may be: about ten are what is kept for a caller, and 160 what is kept for all. */
const long = (name: string) => name.padEnd(99_000, '.');

test('where all have sent too many, those go that were asked for longest ago of the one who has the most', () => {
  const sent = new AutomaticOperations();
  for (let caller = 0; caller < 15; caller++)
    for (let at = 0; at < 10; at++) sent.keep(`greedy ${caller}`, `${caller} ${at}`, long(`${caller} ${at}`));
  sent.keep('modest', 'mine', long('mine'));
  for (let caller = 15; caller < 60; caller++)
    for (let at = 0; at < 10; at++) sent.keep(`greedy ${caller}`, `${caller} ${at}`, long(`${caller} ${at}`));
  expect(sent.find('mine')).toBe(long('mine'));
  const kept = Array.from({ length: 600 }, (_, at) => sent.find(`${Math.floor(at / 10)} ${at % 10}`)).filter(Boolean);
  expect(kept.length).toBeGreaterThan(140);
  expect(kept.length).toBeLessThan(165);
});

test('what is found is what was sent, and the last that somebody sent is always kept', () => {
  const hashes = fc.nat(30).map(String);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('one', 'other'), hashes, fc.boolean())), (steps) => {
      const sent = new AutomaticOperations();
      for (const [caller, hash, isAsked] of steps) {
        if (!isAsked) sent.keep(caller, hash, long(hash));
        expect(sent.find(hash)).toBeOneOf(isAsked ? [long(hash), undefined] : [long(hash)]);
      }
    }),
    { numRuns: 50 },
  );
});

test('what somebody sends that takes the place of all that they sent before is kept, and counted', () => {
  const sent = new AutomaticOperations();
  for (let at = 0; at < 50; at++) {
    const text = `${at}`.padEnd(900_000, '.');
    sent.keep('one', `hash ${at}`, text);
    expect(sent.find(`hash ${at}`) === text).toBe(true);
    expect(sent.find(`hash ${at - 1}`)).toBeUndefined();
  }
});
