/** Relay with the component of examples/clients/relay, compiled and rendered, against the service. */
import { createRequire } from 'node:module';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { FIELD_INDEX } from '../../src/domain/fields.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { readCanonical, toCsv } from '../kit/canonical.ts';
import { exampleFolder, prepareExample } from '../kit/example.ts';
import { data, type Json } from '../kit/graphql.ts';
import { recordingFetch } from '../kit/graphql-clients.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const EXTRACT = [...generateExtract({ rows: 300, seed: 4 })].join('');
const FOLDER = exampleFolder('clients/relay');
/** Until the component shows what it has. */
const WAIT = { timeout: 30_000 };

let service: Service;
let createEnvironment: Json;
let component: Json;
/** What Relay's compiler made of `@refetchable`. */
let refetch: Json;
let react: Json;
let relay: Json;
let render: Json;
/** A job with a few pages of interviews. */
let job: Json;

beforeAll(async () => {
  prepareExample('clients/relay', true);
  const ofExample = createRequire(`${FOLDER}package.json`);
  [react, relay, { create: render }] = ['react', 'react-relay', 'react-test-renderer'].map((name) => ofExample(name));
  ({ createEnvironment } = await import(`${FOLDER}build/environment.js`));
  refetch = (await import(`${FOLDER}build/__generated__/interviewsOfJobMoreQuery.graphql.js`)).default;
  ({ InterviewsOfJob: component } = await import(`${FOLDER}build/interviews-of-job.js`));
  service = await startService();
  await service.import(EXTRACT);
  const { jobs } = await data(
    service,
    `{ jobs(first: 100) { nodes { id jobId interviews(first: 12, orderBy: [{ field: STARTS_AT, direction: DESC }]) {
         totalCount nodes { id interviewId startsAt canceled } } } } }`,
  );
  job = jobs.nodes.find(({ interviews: { totalCount } }: Json) => totalCount > 6 && totalCount < 13);
}, 600_000);
afterAll(() => service?.stop());

let environment: Json;
let bodies: Json[];
let shown: Json;
/** What React and Relay complain of on the console. */
let complaints: string[];
beforeEach(() => {
  const recording = recordingFetch();
  bodies = recording.bodies;
  environment = createEnvironment({ service: service.url, token: ADMIN_TOKEN, fetch: recording.fetch });
  complaints = [];
  for (const name of ['warn', 'error'] as const)
    vi.spyOn(console, name).mockImplementation((...words) => void complaints.push(String(words[0])));
  const { createElement, Suspense } = react;
  shown = render(
    createElement(
      relay.RelayEnvironmentProvider,
      { environment },
      createElement(Suspense, { fallback: 'Loading' }, createElement(component, { jobId: job.jobId })),
    ),
  );
});
afterEach(() => {
  shown.unmount();
  vi.restoreAllMocks();
  expect(complaints.filter((text) => !text.includes('react-test-renderer is deprecated'))).toEqual([]);
});

/** What the component shows by elements of a type; nothing before it has rendered. */
const elements = (type: string): Json[] => [shown.toJSON() ?? []].flat().filter((one: Json) => one.type === type);
/** The starts that the list shows. */
const starts = (): Json[] => elements('li').map(({ children }) => children[0]);
const button = (): Json => elements('button')[0];
const expected = (count: number): Json[] =>
  job.interviews.nodes.slice(0, count).map(({ startsAt }: Json) => startsAt ?? 'no date');

test('a pagination fragment of Relay shows a page, and loads the next ones through node', async () => {
  await vi.waitUntil(() => starts().length > 0, WAIT);
  expect(starts()).toEqual(expected(3));
  for (let count = 6; button(); count += 3) {
    button().props.onClick();
    await vi.waitUntil(() => starts().length === Math.min(count, job.interviews.totalCount), WAIT);
  }
  expect(starts()).toEqual(expected(job.interviews.totalCount));
  const [first, ...more] = bodies;
  expect(first.variables).toEqual({ jobId: job.jobId });
  expect(more).toHaveLength(Math.ceil(job.interviews.totalCount / 3) - 1);
  for (const { query, variables } of more) {
    expect(query).toContain('node(id: $id)');
    expect(variables).toMatchObject({ id: job.id, first: 3, after: expect.any(String) });
  }
});

test('what Relay has in its store has the ids of the service, each thing once', async () => {
  await vi.waitUntil(() => starts().length > 0, WAIT);
  const records = environment.getStore().getSource().toJSON();
  for (const { id, startsAt } of job.interviews.nodes.slice(0, 3))
    expect(records[id]).toMatchObject({ __typename: 'Interview', startsAt });
  expect(records[job.id]).toMatchObject({ __typename: 'Job' });
});

test('what Relay asks for again by node shows in the list', async () => {
  await vi.waitUntil(() => starts().length > 0, WAIT);
  const [{ interviewId, canceled }] = job.interviews.nodes;
  const shownAs = () => elements('li')[0].children.join('').endsWith('(canceled)');
  expect(shownAs()).toBe(canceled);
  const changed = readCanonical(EXTRACT).map((row) =>
    row[FIELD_INDEX.interviewId] === interviewId
      ? row.map((cell, place) => (place === FIELD_INDEX.interviewCanceled ? String(!canceled) : cell))
      : row,
  );
  expect(await service.import(toCsv(changed))).toMatchObject({ saved: true });
  await relay.fetchQuery(environment, refetch, { id: job.id, first: 3 }).toPromise();
  await vi.waitUntil(() => shownAs() === !canceled, WAIT);
  await service.import(EXTRACT);
});
