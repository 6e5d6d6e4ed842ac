/** What a client may give as an argument: whatever it gives, the answer is what it asked for or says what is wrong with it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeBase64UrlJson } from '../../src/domain/base64url-json.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { ask } from '../kit/graphql.ts';
import { type Service, startService } from '../kit/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.import([...generateExtract({ rows: 10, seed: 2 })].join(''));
});
afterAll(() => service?.stop());

const UUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

const refusal = (message: unknown) => [
  expect.objectContaining({ message, extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }) }),
];

describe('text that no database can hold', () => {
  const unkeepable = (name: string) =>
    `${name} has a character that can’t be stored (NUL or half of a surrogate pair).`;
  test.each([
    ['interviewId', 'query ($text: String!) { interview(interviewId: $text) { id } }'],
    ['employeeId', 'query ($text: String!) { interviewer(employeeId: $text) { id } }'],
    ['where: name', 'query ($text: String!) { interviewers(where: { name: { contains: $text } }) { totalCount } }'],
    [
      'where: interviewId',
      'query ($text: String!) { interviews(where: { interviewId: { eq: $text } }) { totalCount } }',
    ],
    [
      'where: location',
      'query ($text: String!) { interviews(where: { location: { contains: $text } }) { totalCount } }',
    ],
    ['where: timeZone', 'query ($text: String!) { interviews(where: { timeZone: { in: [$text] } }) { totalCount } }'],
  ])('is refused as %s', async (name, query) => {
    for (const text of ['\0', 'a\0b', '\ud800', '\udc00\ud800x'])
      expect((await ask(service, query, { text })).errors).toEqual(refusal(unkeepable(name)));
    expect((await ask(service, query, { text: '😀' })).errors).toBeUndefined();
  });

  test('is refused written out in the document, too', async () => {
    expect((await ask(service, '{ interview(interviewId: "\\u0000") { id } }')).errors).toEqual(
      refusal(unkeepable('interviewId')),
    );
  });
});

describe('ids', () => {
  test.each([
    'Interview:\0',
    'Interviewer:a\0b',
    'Candidate:zzz',
    `Candidate:${UUID.toUpperCase()}`,
    'Job:\0',
    `Job:${UUID} `,
    'Application:1',
    'TimeSlot:1',
    `TimeSlot:${UUID}`,
    `TimeSlot:${UUID}:\0`,
    `Appointment:${UUID}:`,
    `Appointment:${UUID}:a\0`,
    'Employee:1',
    'Query:1',
    'Node:1',
    'InterviewConnection:1',
    'constructor:1',
    'Interview:',
    '',
  ])('%j in the form of an id is none of this API', async (text) => {
    const id = Buffer.from(text).toString('base64');
    const message = (argument: string) =>
      `${argument}: ${JSON.stringify(id)} is not an ID of this API; use the value of a field named id.`;
    expect((await ask(service, 'query ($id: ID!) { node(id: $id) { id } }', { id })).errors).toEqual(
      refusal(message('id')),
    );
    expect((await ask(service, 'query ($id: ID!) { nodes(ids: [$id]) { id } }', { id })).errors).toEqual(
      refusal(message('ids[0]')),
    );
  });

  test('beside one that is none still give what they are of', async () => {
    const { interviews } = (await ask(service, '{ interviews(first: 2) { nodes { id } } }')).data;
    const [first, second] = interviews.nodes;
    const answer = await ask(service, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: [first.id, 'what?', second.id, btoa('Interview:gone'), btoa('Nothing:1')],
    });
    expect(answer.data.nodes).toEqual([first, null, second, null, null]);
    expect(answer.errors?.map(({ message, path, extensions: { code } }) => [code, path, message])).toEqual([
      ['BAD_USER_INPUT', ['nodes', 1], 'ids[1]: "what?" is not an ID of this API; use the value of a field named id.'],
      ['BAD_USER_INPUT', ['nodes', 4], expect.stringContaining('ids[4]: ')],
    ]);
  });

  test.each([
    ['candidate(candidateProfileId: $id)'],
    ['job(jobId: $id)'],
    ['application(applicationId: $id)'],
  ])('of %s are UUIDs', async (field) => {
    const query = `query ($id: UUID!) { ${field} { id } }`;
    for (const id of ['', '\0', '\ud800', 'zzz', `${UUID}0`, ` ${UUID}`])
      expect((await ask(service, query, { id })).errors).toEqual(refusal(expect.stringContaining('is not a UUID')));
    expect((await ask(service, query, { id: UUID.toUpperCase() })).errors).toBeUndefined();
  });
});

describe('cursors', () => {
  const of = (...place: unknown[]) => writeBase64UrlJson(['starts_at+,interview_id+', ...place]);
  test.each([
    ['a day that is none', of('2026-02-30 00:00:00+00', 'a')],
    ['the year 0', of('0000-01-01 00:00:00+00', 'a')],
    ['an hour that is none', of('2026-01-01 25:00:00+00', 'a')],
    ['a NUL', of(null, '\0')],
    ['half of a surrogate pair', of(null, '\ud800')],
    ['too little', of(null)],
    ['a number', of(1, 'a')],
    ['no id', of(null, null)],
  ])('with %s are refused', async (_what, cursor) => {
    for (const name of ['after', 'before'])
      expect(
        (await ask(service, `query ($cursor: String!) { interviews(${name}: $cursor) { nodes { id } } }`, { cursor }))
          .errors,
      ).toEqual(
        refusal(
          `${name}: ${JSON.stringify(cursor.length > 80 ? `${cursor.slice(0, 79)}…` : cursor)} is not a cursor of this connection.`,
        ),
      );
  });

  test('with a stage that there isn’t are refused', async () => {
    const query =
      'query ($cursor: String!) { applications(after: $cursor, orderBy: { field: STAGE }) { nodes { id } } }';
    const cursor = (stage: string) => writeBase64UrlJson(['stage+,application_id+', stage, UUID]);
    expect((await ask(service, query, { cursor: cursor('NONE') })).errors).toEqual(
      refusal(expect.stringContaining('is not a cursor')),
    );
    expect((await ask(service, query, { cursor: cursor('OFFER') })).errors).toBeUndefined();
  });

  test('of the extract with a day that is none are refused', async () => {
    const after = writeBase64UrlJson(['2026-02-30T00:00:00', 'a', null, null, null, null, UUID]);
    const response = await service.get(`/analytics/interviews?limit=1&after=${after}`);
    expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ code: 'BAD_USER_INPUT' }] }]);
  });
});

test('long texts are only long', async () => {
  const text = 'x'.repeat(500_000);
  expect(await ask(service, 'query ($text: String!) { interview(interviewId: $text) { id } }', { text })).toMatchObject(
    {
      data: { interview: null },
    },
  );
  expect(
    await ask(
      service,
      'query ($text: String!) { interviews(where: { location: { contains: $text } }) { totalCount } }',
      { text },
    ),
  ).toMatchObject({ data: { interviews: { totalCount: 0 } } });
  const [error] =
    (await ask(service, 'query ($text: String!) { interviews(after: $text) { totalCount } }', { text })).errors ?? [];
  expect(error?.message.length).toBeLessThan(200);
});
