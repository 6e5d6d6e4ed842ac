/** What a client is told that writes a name from before, or a value where a filter belongs. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RENAMED } from '../../src/graphql/operation/hints.ts';
import { ask } from '../kit/graphql.ts';
import { type Service, startService } from '../kit/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

const LISTS: Readonly<Record<string, string>> = {
  AppointmentWhere: 'appointments',
  AppointmentOrderField: 'appointments',
  InterviewerWhere: 'interviewers',
  CandidateWhere: 'candidates',
};

describe.each(Object.entries(RENAMED))('%s', (old, now) => {
  const [type = '', name = ''] = old.split('.');
  const isOrder = type.endsWith('OrderField');
  const message = `"${name}" is no longer in ${type}; write ${now}.`;

  test('is answered with the new name, written out and in a variable', async () => {
    const list = LISTS[type];
    const written = isOrder ? `orderBy: [{ field: ${name} }]` : `where: { ${name}: { eq: "x" } }`;
    expect(await messagesOf(`{ ${list}(${written}) { totalCount } }`)).toEqual([message]);
    const [variable, value] = isOrder
      ? ['orderBy: [AppointmentOrderBy!]', [{ field: name }]]
      : [`where: ${type}`, { [name]: { eq: 'x' } }];
    const [argument = ''] = variable.split(':');
    const [told = '', ...others] = await messagesOf(
      `query ($${variable}) { ${list}(${argument}: $${argument}) { totalCount } }`,
      { [argument]: value },
    );
    expect(others).toEqual([]);
    expect(told).toContain(`; ${message}`);
  });

  test('stands in docs/schema-changes.md with the new name', async () => {
    const changes = await readFile(new URL('../../docs/schema-changes.md', import.meta.url), 'utf8');
    expect(changes).toContain(`| \`${type}.${name}\` | \`${now}\` |`);
  });
});

test.each([
  ['a value', '{ appointments(where: { status: ACCEPTED }) { totalCount } }', '{ eq: ACCEPTED }'],
  ['a text', '{ jobs(where: { title: "Engineer" }) { totalCount } }', '{ eq: "Engineer" }'],
  ['a list of values', '{ interviews(where: { type: [VIDEO, PHONE] }) { totalCount } }', '{ in: [VIDEO, PHONE] }'],
])('%s in place of a filter is answered with the filter', async (_, query, form) => {
  expect(await messagesOf(query)).toEqual([
    expect.stringMatching(/^Expected value of type "\w+Filter", found .*\. A filter is an object: /),
  ]);
  expect(await messagesOf(query)).toEqual([expect.stringContaining(`A filter is an object: ${form}.`)]);
});

test.each<[unknown, string]>([
  ['Engineer', '{ eq: "Engineer" }'],
  [7, '{ eq: 7 }'],
  [['Engineer'], '{ in: ["Engineer"] }'],
])('so is %j in a variable', async (title, form) => {
  expect(
    await messagesOf('query ($where: JobWhere) { jobs(where: $where) { totalCount } }', { where: { title } }),
  ).toEqual([expect.stringContaining(`A filter is an object: ${form}.`)]);
});

test('a filter on an item in place of one on a list is answered with that on a list', async () => {
  expect(await messagesOf('{ jobs(where: { interviews: { canceled: { eq: true } } }) { totalCount } }')).toEqual([
    expect.stringContaining('To filter by related items, write { some: { canceled: … } }.'),
  ]);
});

async function messagesOf(query: string, variables: object = {}): Promise<string[]> {
  const { errors } = await ask(service, query, variables);
  return (errors ?? []).map(({ message }) => message);
}
