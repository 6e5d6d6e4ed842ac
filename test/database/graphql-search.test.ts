/** People found by a part of their name. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toCsv } from '../kit/canonical.ts';
import { data, type Json } from '../kit/graphql.ts';
import { rowOf } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

/** Interviewers by their ids: first and last name. */
const PEOPLE: Readonly<Record<string, readonly [string | null, string | null]>> = {
  e1: ['Ann', 'Lee'],
  e2: ['Joanna', 'Kleemann'],
  e3: ['Čeněk', 'Ångström'],
  e4: ['100%', 'a_b'],
  e5: ['Bo\\', null],
  e6: [null, 'Leeds'],
  e7: [null, null],
};

let service: Service;
beforeAll(async () => {
  service = await startService();
  const rows = Object.entries(PEOPLE).map(([interviewerEmployeeId, [interviewerFirstName, interviewerLastName]]) =>
    rowOf({ interviewId: 'i1', interviewerEmployeeId, interviewerFirstName, interviewerLastName }),
  );
  expect(await service.import(toCsv(rows))).toMatchObject({ saved: true });
});
afterAll(() => service?.stop());

async function found(where: object): Promise<string[]> {
  const { interviewers } = await data(
    service,
    'query ($where: InterviewerWhere) { interviewers(where: $where) { totalCount nodes { employeeId } } }',
    { where },
  );
  expect(interviewers.totalCount).toBe(interviewers.nodes.length);
  return interviewers.nodes.map(({ employeeId }: Json) => employeeId);
}

test.each([
  ['ann', ['e1', 'e2']],
  ['LEE', ['e1', 'e2', 'e6']],
  ['n l', ['e1']],
  ['Ann Lee', ['e1']],
  ['Lee Ann', []],
  ['čeněk Å', ['e3']],
  ['ČENĚK å', ['e3']],
  ['%', ['e4']],
  ['_', ['e4']],
  ['a_B', ['e4']],
  ['\\', ['e5']],
  ['', Object.keys(PEOPLE).filter((id) => id !== 'e7')],
])('%j finds the interviewers %j', async (search, ids) => {
  expect(await found({ name: { contains: search } })).toEqual(ids);
});

test('a search joins with other filters, and can be denied', async () => {
  expect(await found({ name: { contains: 'lee' }, employeeId: { not: 'e2' } })).toEqual(['e1', 'e6']);
  expect(await found({ or: [{ name: { eq: 'Ann Lee' } }, { name: { startsWith: 'bo' } }] })).toEqual(['e1', 'e5']);
  expect(await found({ not: { name: { contains: 'e' } } })).toEqual(['e4', 'e5', 'e7']);
});

test('interviews are found by the names of those who hold them', async () => {
  const query =
    'query ($search: String) { interviews(where: { interviewers: { some: { name: { contains: $search } } } }) { totalCount } }';
  expect(await data(service, query, { search: 'joanna k' })).toEqual({ interviews: { totalCount: 1 } });
  expect(await data(service, query, { search: 'nobody' })).toEqual({ interviews: { totalCount: 0 } });
});

test('candidates are found by the names that were given to them', async () => {
  const [one, other] = ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', '3f2504e0-4f89-41d3-9a0c-0305e82c3302'];
  await service.rows(
    `INSERT INTO candidate (candidate_profile_id, first_name, last_name) VALUES ('${one}', 'Ines', 'Moreau'), ('${other}', NULL, NULL)`,
  );
  const { candidates } = await data(
    service,
    '{ candidates(where: { name: { contains: "NES mo" } }) { nodes { candidateProfileId } } }',
  );
  expect(candidates.nodes).toEqual([{ candidateProfileId: one }]);
});
