/** What the audit log keeps of parameters: of each something, and of what is refused nothing but ids. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Asked } from '../../src/domain/audit/asked.ts';
import { GRAPHQL_PATH } from '../../src/domain/paths.ts';
import { noteParameter } from '../../src/extract/audit/parameters.ts';
import { openapi } from '../../src/rest/openapi/document.ts';
import type { Json } from '../kit/graphql.ts';
import { propertyRuns } from '../kit/property-runs.ts';

const { paths } = openapi('0') as Json;
const names: string[] = Object.entries<Json>(paths)
  .filter(([path]) => path !== GRAPHQL_PATH)
  .flatMap(([, methods]) => Object.values<Json>(methods).flatMap(({ parameters = [] }) => parameters))
  .filter((parameter: Json) => parameter.in === 'query')
  .map(({ name }: Json) => name);
const parameters = [...new Set(names)].sort();

test.each(parameters)('the log says that %s was given', (name) => {
  const asked = new Asked();
  noteParameter(name, ['x'], asked);
  expect([...Object.keys(asked.attributes), ...asked.subjects]).not.toEqual([]);
});

test('of refused values it keeps ids, and nothing else', () => {
  const ID = /^(candidate|job|application|appointment):[\da-f-]{36}$|^(employee|interview):[\w.:@+/-]{1,100}$/;
  fc.assert(
    fc.property(fc.constantFrom(...parameters, 'unknown'), fc.string({ unit: 'binary' }), (name, text) => {
      const asked = new Asked();
      noteParameter(name, [text], asked, false);
      expect(Object.values(asked.attributes).every((value) => value === null)).toBe(true);
      for (const subject of asked.subjects) expect(subject).toMatch(ID);
    }),
    { numRuns: propertyRuns(300) },
  );
});
