/** The queries that GraphiQL opens with, on the sample. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { EXAMPLES, type Example } from '../../src/pages/graphiql/examples.ts';
import { ask } from '../kit/graphql.ts';
import { type Service, startService } from '../kit/service.ts';

/** A day in the middle of the sample. */
const DAY = Date.parse('2026-09-14T00:00:00Z');

let service: Service;
let tokens: { reader: string; personal: string };

beforeAll(async () => {
  service = await startService();
  await service.import(await readFile(new URL('../../prisma/sample/interviews-extract.csv', import.meta.url)));
  const { prisma } = service.db;
  tokens = {
    reader: await createToken(prisma, 'reader', ['read']),
    personal: await createToken(prisma, 'recruiter', ['read', 'personal']),
  };
});
afterAll(() => service?.stop());

const variablesOf = ({ days }: Example) =>
  Object.fromEntries(Object.entries(days).map(([name, day]) => [name, new Date(DAY + day * 86_400_000).toISOString()]));

const run = (example: Example, token: string) =>
  ask(service, example.query, variablesOf(example), { 'x-smarttoken': token });

const cases = EXAMPLES.map((example) => {
  const [, name = ''] = /^query (\w+)/m.exec(example.query) ?? [];
  const personal = example.query.includes('# Needs a token with the scope personal.');
  return { name, personal, example };
});

describe('an example of GraphiQL', () => {
  test.each(cases)('$name gives rows of the sample to a token that sees personal data', async ({ example }) => {
    const { data, errors } = await run(example, tokens.personal);
    expect(errors).toBeUndefined();
    const [found] = Object.values(data) as { nodes?: unknown[]; groups?: unknown[] }[];
    expect((found?.nodes ?? found?.groups)?.length).toBeGreaterThan(0);
  });

  test.each(cases)('$name says whether a token that may only read is enough', async ({ example, personal }) => {
    const { data, errors } = await run(example, tokens.reader);
    if (personal) expect(errors?.every(({ extensions }) => extensions.code === 'FORBIDDEN')).toBe(true);
    else expect([errors, Object.keys(data)]).toEqual([undefined, [expect.any(String)]]);
  });

  test('answers to tokens of both kinds, in a tab of its own name', () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(EXAMPLES.length);
    expect(new Set(cases.map(({ personal }) => personal))).toEqual(new Set([true, false]));
  });

  test('InterviewersWeek shows one person where the variables name one', async () => {
    const example = cases.find(({ name }) => name === 'InterviewersWeek')?.example as Example;
    const ids = async (variables: object) => {
      const { data } = await ask(service, example.query, { ...variablesOf(example), ...variables });
      return data.interviewers.nodes.map(({ employeeId }: { employeeId: string }) => employeeId);
    };
    const [, second, ...others] = await ids({});
    expect(others.length).toBeGreaterThan(0);
    expect(await ids({ employeeId: second })).toEqual([second]);
  });
});
