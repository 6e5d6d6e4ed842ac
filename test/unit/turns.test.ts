/** A large operation is completed and written in turns of the event loop; what it gives is the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonOf } from '../../src/graphql/operation/compiled/json-in-turns.ts';
import { COST_OF_TURN, inTurns, nextTurn, Turns } from '../../src/graphql/operation/compiled/turns.ts';

const LARGE = COST_OF_TURN + 1;

test('the JSON of a large result is what JSON.stringify gives', async () => {
  const extensions = { cost: { actual: LARGE } };
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), fc.constant(undefined))),
      fc.nat(60),
      async (data, copies) => {
        const result = { data: { ...data, list: Array(copies).fill(data.list ?? data) }, extensions };
        expect(await jsonOf(result)).toBe(JSON.stringify(result));
      },
    ),
  );
});

test('several large operations have one turn after another, and others come between them', async () => {
  const order: string[] = [];
  const large = async (name: string) => {
    for (let turn = 1; turn <= 3; turn++) {
      await nextTurn();
      order.push(`${name}${turn}`);
    }
  };
  let done = false;
  const small = (async () => {
    while (!done) {
      await new Promise((resolve) => setImmediate(resolve));
      order.push('-');
    }
  })();
  await Promise.all([large('a'), large('b')]);
  done = true;
  await small;
  expect(order.filter((one) => one !== '-')).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'b3']);
  expect(order.join('')).not.toMatch(/\d[ab]/);
});

test('a list of a large operation has all its items, a few in each turn', async () => {
  const items = Array.from({ length: 55 }, (_, index) => index);
  const turns = new Turns(LARGE, true);
  const paced = inTurns(items, { turns });
  expect(paced.filter((item) => item instanceof Promise).length).toBeGreaterThan(40);
  let started = false;
  turns.whenStarted(() => {
    started = true;
  });
  await paced.at(-2);
  expect(started).toBe(false);
  expect(await Promise.all(paced)).toEqual(items);
  await new Promise<void>((resolve) => turns.whenStarted(resolve));
  expect(started).toBe(true);
  expect(inTurns(items, { turns: new Turns(COST_OF_TURN, true) })).toBe(items);
});
