/** People and jobs found by a part of their name, however it is written. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuild, verifyTables } from '../../src/db/derived/verify.ts';
import { toCsv } from '../kit/canonical.ts';
import { ask, data, type Json } from '../kit/graphql.ts';
import { importNames } from '../kit/import-names.ts';
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
  e8: ['Gülşah', 'Yıldız'],
  e9: ['İbrahim', 'Straße'],
  f1: ['Jose\u0301', 'Mu\u0308ller'],
  f2: ['José', 'Müller'],
  f3: ['Ελένη', 'Παπαδόπουλος'],
  f4: ['', 'de la Cruz'],
  f5: ['Siobhán', 'O’Brien'],
};
const everybody = (...others: string[]) => Object.keys(PEOPLE).filter((id) => !['e7', ...others].includes(id));

/** One interview with these interviewers. */
const extractOf = (ids: readonly string[]): string =>
  toCsv(
    ids.map((interviewerEmployeeId) => {
      const [interviewerFirstName = null, interviewerLastName = null] = PEOPLE[interviewerEmployeeId] ?? [];
      return rowOf({
        interviewId: 'i1',
        creatorLastName: 'Ärlig',
        interviewerEmployeeId,
        interviewerFirstName,
        interviewerLastName,
        interviewerReview: 'Müde.',
      });
    }),
  );

let service: Service;
beforeAll(async () => {
  service = await startService();
  expect(await service.import(extractOf(Object.keys(PEOPLE)))).toMatchObject({ saved: true });
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
  ['Ann Lee', ['e1', 'e2']],
  ['Lee Ann', ['e1', 'e2']],
  ['Leeds Ann', []],
  ['  lee   ann  ', ['e1', 'e2']],
  ['čeněk Å', ['e3']],
  ['ČENĚK å', ['e3']],
  ['cenek angstrom', ['e3']],
  ['gul', ['e8']],
  ['GÜL', ['e8']],
  ['yildiz', ['e8']],
  ['YILDIZ', ['e8']],
  ['ibrahim', ['e9']],
  ['İBRAHİM', ['e9']],
  ['ıbrahım', ['e9']],
  ['strasse', ['e9']],
  ['STRAẞE', ['e9']],
  ['muller', ['f1', 'f2']],
  ['Müller'.normalize('NFC'), ['f1', 'f2']],
  ['Müller'.normalize('NFD'), ['f1', 'f2']],
  ['josé', ['f1', 'f2']],
  ['ΠΑΠΑΔΟΠΟΥΛΟΣ', ['f3']],
  ['παπαδοπουλος ελενη', ['f3']],
  ["o'brien", ['f5']],
  ['cruz de', ['f4']],
  ['%', ['e4']],
  ['_', ['e4']],
  ['a_B', ['e4']],
  ['\\', ['e5']],
  ['', everybody()],
  [' ', everybody()],
  ['\u00ad', everybody()],
])('%j finds the interviewers %j', async (search, ids) => {
  expect(await found({ name: { contains: search } })).toEqual(ids);
});

test('a search joins with other filters, and can be denied', async () => {
  expect(await found({ name: { contains: 'lee' }, employeeId: { not: 'e2' } })).toEqual(['e1', 'e6']);
  expect(await found({ or: [{ name: { eq: 'Ann Lee' } }, { name: { startsWith: 'bo' } }] })).toEqual(['e1', 'e5']);
  expect(await found({ not: { name: { contains: 'e' } } })).toEqual(['e4', 'e5', 'e7', 'e8', 'f3']);
});

test.each([
  ['ann l', ['e1']],
  ['ANN', ['e1']],
  ['lee', ['e6']],
  ['cenek ang', ['e3']],
  ['gul', ['e8']],
  ['jose mu', ['f1', 'f2']],
  ['müller', []],
  ['de la', ['f4']],
  ['de la cruz', ['f4']],
  ['siobhan o', ['f5']],
  ['', everybody()],
])('%j is the beginning of the names of the interviewers %j', async (search, ids) => {
  expect(await found({ name: { startsWith: search } })).toEqual(ids);
});

test('first names, last names and those in rows are found alike; what is equal stays exact', async () => {
  expect(await found({ lastName: { contains: 'muller' } })).toEqual(['f1', 'f2']);
  expect(await found({ firstName: { startsWith: 'JOSE' } })).toEqual(['f1', 'f2']);
  expect(await found({ lastName: { eq: 'Müller'.normalize('NFC') } })).toEqual(['f2']);
  expect(await found({ name: { in: ['José Müller'.normalize('NFD')] } })).toEqual(['f1']);
  const rows = async (where: object) => {
    const { appointments } = await data(
      service,
      'query ($where: AppointmentWhere) { appointments(where: $where) { nodes { row { interviewerEmployeeId } } } }',
      { where },
    );
    return appointments.nodes.map(({ row }: Json) => row.interviewerEmployeeId).sort();
  };
  expect(await rows({ interviewerName: { contains: 'MULLER jose' } })).toEqual(['f1', 'f2']);
  expect(await rows({ interviewerName: { startsWith: 'gul' } })).toEqual(['e8']);
  expect(await rows({ row: { interviewerLastName: { contains: 'yildiz' } } })).toEqual(['e8']);
  expect(await rows({ row: { creatorLastName: { contains: 'aerlig' } } })).toEqual([]);
  expect(await rows({ row: { creatorLastName: { contains: 'arlig' } } })).toHaveLength(Object.keys(PEOPLE).length);
});

test('a review is searched letter by letter', async () => {
  const reviewed = async (contains: string) =>
    (
      await data(
        service,
        'query ($contains: String) { appointments(where: { review: { contains: $contains } }) { totalCount } }',
        { contains },
      )
    ).appointments.totalCount;
  expect(await reviewed('MÜDE')).toBe(Object.keys(PEOPLE).length);
  expect(await reviewed('mude')).toBe(0);
});

test('a search with too many words is refused', async () => {
  const query = 'query ($text: String) { interviewers(where: { name: { contains: $text } }) { totalCount } }';
  const words = (count: number) => Array.from({ length: count }, (_, at) => `w${at}`).join(' ');
  expect((await ask(service, query, { text: words(20) })).errors).toBeUndefined();
  expect((await ask(service, query, { text: words(21) })).errors).toMatchObject([
    { message: 'where: name.contains has 21 words; at most 20 are allowed.', extensions: { code: 'BAD_USER_INPUT' } },
  ]);
});

test('interviews are found by the names of those who hold them', async () => {
  const query =
    'query ($search: String) { interviews(where: { interviewers: { some: { name: { contains: $search } } } }) { totalCount } }';
  expect(await data(service, query, { search: 'joanna k' })).toEqual({ interviews: { totalCount: 1 } });
  expect(await data(service, query, { search: 'nobody' })).toEqual({ interviews: { totalCount: 0 } });
});

const [C1, C2, J1] = [
  '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  '3f2504e0-4f89-41d3-9a0c-0305e82c3302',
  'dddddddd-0000-4000-8000-000000000001',
];

async function candidatesFound(contains: string): Promise<string[]> {
  const { candidates } = await data(
    service,
    'query ($contains: String) { candidates(where: { name: { contains: $contains } }) { nodes { candidateProfileId } } }',
    { contains },
  );
  return candidates.nodes.map(({ candidateProfileId }: Json) => candidateProfileId);
}

async function jobsFound(contains: string): Promise<string[]> {
  const { jobs } = await data(
    service,
    'query ($contains: String) { jobs(where: { or: [{ title: { contains: $contains } }, { department: { contains: $contains } }] }) { nodes { jobId } } }',
    { contains },
  );
  return jobs.nodes.map(({ jobId }: Json) => jobId);
}

test('candidates and jobs are found by the names that were given to them', async () => {
  await importNames(service, {
    candidates: `candidateProfileId,firstName,lastName\n${C1},Inès,Moreau\n${C2},,\n`,
    jobs: `jobId,title,department\n${J1},Küchenchefin (m/w/d),Gaststätte\n`,
  });
  expect(await candidatesFound('NES mo')).toEqual([C1]);
  expect(await candidatesFound('moreau ines')).toEqual([C1]);
  expect(await jobsFound('chefin kuche')).toEqual([J1]);
  expect(await jobsFound('gaststatte')).toEqual([J1]);
  await importNames(service, { candidates: `candidateProfileId,firstName,lastName\n${C1},Zoë,Moreau\n` });
  expect([await candidatesFound('ines'), await candidatesFound('zoe')]).toEqual([[], [C1]]);
  expect(await service.rows("SELECT text FROM spelling WHERE text IN ('Inès', 'Zoë')")).toEqual([{ text: 'Zoë' }]);
});

test('names that somebody wrote into the database are found letter by letter, and like others once they are spelled', async () => {
  await service.rows(
    `INSERT INTO candidate (candidate_profile_id, first_name, last_name) VALUES ('${C2}', 'Çağla', 'Nowak')
     ON CONFLICT (candidate_profile_id) DO UPDATE SET first_name = excluded.first_name, last_name = excluded.last_name`,
  );
  expect(await candidatesFound('nowak ÇAĞ')).toEqual([C2]);
  expect(await candidatesFound('cagla')).toEqual([]);
  await rebuild(service.db, new AbortController().signal, () => {});
  expect(await candidatesFound('NOWAK cagla')).toEqual([C2]);
});

test('names that are too long for a spelling are found letter by letter', async () => {
  const long = 'Ö'.repeat(600);
  await importNames(service, { candidates: `candidateProfileId,firstName,lastName\n${C2},${long},Kuçuk\n` });
  expect(await candidatesFound('ö'.repeat(550))).toEqual([C2]);
  expect(await candidatesFound('ööö KUÇUK')).toEqual([C2]);
  expect(await candidatesFound('ooo')).toEqual([]);
});

test('what a removed row has named is not kept', async () => {
  const kept = Object.keys(PEOPLE).filter((id) => id !== 'e8');
  expect(await service.rows("SELECT text FROM spelling WHERE text = 'Gülşah'")).toHaveLength(1);
  expect(await service.import(extractOf(kept))).toMatchObject({ saved: true, removed: 1 });
  expect(await service.rows("SELECT text FROM spelling WHERE text IN ('Gülşah', 'Yıldız')")).toEqual([]);
  const { tables } = await verifyTables(service.db, new AbortController().signal);
  expect(tables.find(({ table }) => table === 'spelling')).toMatchObject({ missing: 0, surplus: 0, different: 0 });
});
