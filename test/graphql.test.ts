/** The GraphQL API through its front door. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateExtract } from '../src/generate/generate-extract.ts';
import { ask, data } from './kit/graphql.ts';
import { type Service, startService } from './kit/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
  expect(await service.import([...generateExtract({ rows: 400, seed: 11 })].join(''))).toMatchObject({ saved: true });
});
afterAll(() => service?.stop());

describe('the graph', () => {
  test('leads from interviews to everything that hangs together with them, and back', async () => {
    const { interviews } = await data(
      service,
      `{ interviews(first: 5) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
         edges { cursor node { id interviewId type location timeZone createdAt startDate startsAt duration canceled candidateStatus
           application { applicationId stage step } candidate { candidateProfileId interviews(first: 2) { nodes { interviewId } } }
           job { jobId title interviewers { employeeId } candidates(first: 3) { totalCount nodes { candidateProfileId } } }
           creator { employeeId name createdInterviews(first: 1) { totalCount } }
           timeSlots { id startTime startsAt room appointments { id status rating review reviewedAt interviewer { employeeId name } interview { interviewId } } }
           interviewers { employeeId } appointments(first: 10) { totalCount nodes { status timeSlot { startTime } } } } } } }`,
    );
    console.log(JSON.stringify(interviews, null, 1).slice(0, 3000));
    expect(interviews.edges).toHaveLength(5);
  });
  test('node gives back what has an id', async () => {
    const { appointments } = await data(service, `{ appointments(first: 1) { nodes { id timeSlot { id } interview { id } } } }`);
    const [one] = appointments.nodes;
    const { nodes } = await data(service, `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }`, {
      ids: [one.id, one.timeSlot.id, one.interview.id],
    });
    expect(nodes.map(({ __typename }: any) => __typename)).toEqual(['Appointment', 'TimeSlot', 'Interview']);
  });
  test('what is wrong is named', async () => {
    console.log(JSON.stringify(await ask(service, '{ node(id: "xx") { id } }')));
    console.log(JSON.stringify(await ask(service, '{ interviews(first: 1000) { totalCount } }')));
    console.log(JSON.stringify(await ask(service, '{ interviews(after: "x") { nodes { id } } }')));
    console.log(JSON.stringify(await ask(service, '{ job(jobId: "1") { id } }')));
    console.log(JSON.stringify(await ask(service, '{ interviews { foo } }')));
    console.log(JSON.stringify(await data(service, '{ dataset { version appointments interviews firstStart } viewer { name scopes } }')));
  });
});
