/** `POST /admin/erasures`: people are forgotten over HTTP (docs/erasure.md). */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { beginImport } from '../../src/db/import/import-session.ts';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { FROM_COMMAND } from '../../src/domain/import/import-record.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

const PATH = '/admin/erasures';
const CANDIDATE = '0b9d5d36-5c3f-4f57-8a3a-6a3c1f0e9d11';

const log = memoryLog();
let service: Service;
beforeAll(async () => {
  service = await startService({}, log.log);
});
afterAll(() => service?.stop());
beforeEach(async () => {
  await service.clear();
  await service.rows('DELETE FROM erasure');
  await service.import(
    csvOf([rowWith({ interviewId: 'a', candidateProfileId: CANDIDATE }), rowWith({ interviewId: 'b' })]),
  );
});

async function post(body: unknown, headers: Record<string, string> = {}) {
  const response = await service.get(PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('administrators forget people, after a look at what that would change', async () => {
  const people = { candidates: [CANDIDATE], employees: ['nobody'] };
  const before = await service.export('csv');
  expect(await post({ ...people, dryRun: true })).toEqual({
    status: 200,
    body: { saved: false, people: 2, rows: 1, names: 0, unknown: ['nobody'], vacuumed: false },
  });
  expect(await service.export('csv')).toBe(before);
  expect(await post(people)).toEqual({
    status: 200,
    body: { saved: true, people: 2, rows: 1, names: 0, unknown: ['nobody'], vacuumed: true },
  });
  expect(await service.export('csv')).not.toContain(CANDIDATE);
  expect(log.lines()).toContainEqual(
    expect.objectContaining({ msg: 'people were erased', people: 2, rows: 1, by: 'ADMIN_TOKEN' }),
  );
  expect(log.text()).not.toContain(CANDIDATE);
});

test('nobody else may, and nothing is changed', async () => {
  const token = await createToken(service.db.prisma, 'writer', ['write', 'personal']);
  expect(await post({ candidates: [CANDIDATE] }, { 'x-smarttoken': token })).toMatchObject({
    status: 403,
    body: { errors: [{ code: 'FORBIDDEN' }] },
  });
  expect(await service.export('csv')).toContain(CANDIDATE);
});

test('it doesn’t wait for an import', async () => {
  const session = await beginImport(service.db.streams, FROM_COMMAND, () => {});
  try {
    expect(await post({ candidates: [CANDIDATE] })).toMatchObject({
      status: 409,
      body: { errors: [{ code: 'CONFLICT' }] },
    });
  } finally {
    await session.rollback();
  }
  expect(await post({ candidates: [CANDIDATE] })).toMatchObject({ status: 200 });
});

test.each([
  [{}, 'Whom to forget is missing: candidates or employees.'],
  [{ candidates: 'a' }, 'candidates: "\\"a\\"" is not accepted; it is a list of texts.'],
  [
    { candidates: ['a'] },
    'candidates: "a" is not a UUID; it has 32 hexadecimal digits in the form 3f2504e0-4f89-41d3-9a0c-0305e82c3301.',
  ],
  [
    { employees: Array.from({ length: 1001 }, (_, at) => `${at}`) },
    '1001 people are too many at once; at most 1000 are accepted.',
  ],
  [{ employees: ['a'], dryRun: 'yes' }, 'dryRun: "\\"yes\\"" is not accepted; it is true or false.'],
  [{ people: ['a'] }, '"people" is not accepted; accepted are candidates, employees, dryRun.'],
  ['[', 'The body is not a JSON object with the members candidates, employees, dryRun.'],
])('%j is refused', async (body, message) => {
  expect(await post(body)).toMatchObject({
    status: 400,
    body: { message, errors: [{ code: 'BAD_USER_INPUT', message }] },
  });
});
