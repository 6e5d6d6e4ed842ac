/** Requests of every kind, right ones and hostile ones, as bytes. */
import fc from 'fast-check';
import { framing, mutated } from './framing.ts';
import { posting } from './posting.ts';
import { otherMethods, pipelined, reading } from './reading.ts';
import type { Sent, Tokens } from './sent.ts';

const leaving = (tokens: Tokens): fc.Arbitrary<Sent> =>
  fc
    .tuple(
      fc.oneof(
        reading(tokens).filter(({ methods }) => methods !== undefined),
        posting(tokens),
        pipelined(tokens),
      ),
      fc.nat(15),
      fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    )
    .map(([{ pieces, methods }, after, part]) => {
      const all = Buffer.concat(pieces);
      return {
        kind: 'leaving',
        pieces: [part === null ? all : all.subarray(0, Math.floor(all.length * part))],
        ending: { kind: 'leaves', after },
        methods: methods ?? [],
      };
    });

/** All kinds, in shares in which they find something. */
export function fuzzRequests(tokens: Tokens): fc.Arbitrary<Sent> {
  return fc.oneof(
    { weight: 40, arbitrary: reading(tokens) },
    { weight: 20, arbitrary: posting(tokens) },
    { weight: 8, arbitrary: otherMethods(tokens) },
    { weight: 12, arbitrary: mutated(tokens) },
    { weight: 10, arbitrary: framing(tokens) },
    { weight: 5, arbitrary: pipelined(tokens) },
    { weight: 5, arbitrary: leaving(tokens) },
  );
}
