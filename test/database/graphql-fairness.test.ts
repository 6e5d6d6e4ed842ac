/** GraphQL operations wait for a connection in a queue that is fair among callers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { MAX_WAITING_OPERATIONS } from '../../src/graphql/limits.ts';
import { extract } from '../kit/generated.ts';
import type { Answer } from '../kit/graphql.ts';
import { untilBlocked, whileLocked } from '../kit/locked.ts';
import { type Service, startService } from '../kit/service.ts';
import { recordStatements } from '../kit/statements.ts';

/** Connections of an instance for operations. */
const CONNECTIONS = 10;

let service: Service;
let tokens: string[];
beforeAll(async () => {
  service = await startService();
  await service.import(extract({ rows: 60, seed: 5 }));
  tokens = await Promise.all(
    Array.from({ length: CONNECTIONS + 2 }, (_, at) => createToken(service.db.prisma, `caller ${at}`, ['read'])),
  );
});
afterAll(() => service?.stop());

interface Sent {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly answer: Answer;
}

/** Sends an operation of a caller, by its number. */
async function send(caller: number, query: string, signal: AbortSignal | null = null, of = service): Promise<Sent> {
  const response = await of.get('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      'x-smarttoken': tokens[caller] ?? '',
    },
    body: JSON.stringify({ query }),
    signal,
  });
  const answer = (await response.json()) as Answer;
  return { status: response.status, retryAfter: response.headers.get('retry-after'), answer };
}

/** Needs the table `job`, which the tests lock, and can be told from others by its name. */
const needsJob = (name = 'none') => `{ jobs(where: { department: { eq: "${name}" } }) { nodes { jobId } } }`;
const NEEDS_INTERVIEW = '{ interviews(first: 1) { nodes { interviewId } } }';

const storm = (caller: number, size: number): Promise<Sent>[] =>
  Array.from({ length: size }, () => send(caller, needsJob()));

/** Waits until so many statements wait for the lock. */
const expectBlocked = (count: number) => untilBlocked(service, count);

/** Whether the values of a statement have the name that `needsJob` was given. */
const names = (values: readonly unknown[], name: string): boolean => JSON.stringify(values).includes(`"${name}`);

const statusesOf = async (sent: Promise<Sent>[]) => new Set((await Promise.all(sent)).map(({ status }) => status));

describe('while one token has sent many slow operations', () => {
  test('it holds half of the connections, another is answered, and then all of its own are', async () => {
    const slow = await whileLocked(service, 'job', async () => {
      const sent = storm(0, 30);
      await expectBlocked(CONNECTIONS / 2);
      for (let round = 0; round < 5; round++) expect((await send(1, NEEDS_INTERVIEW)).status).toBe(200);
      await expectBlocked(CONNECTIONS / 2);
      return sent;
    });
    expect(await statusesOf(slow)).toEqual(new Set([200]));
  });

  test('and a second and a third one too, there is still a connection for others', async () => {
    const slow = await whileLocked(service, 'job', async () => {
      const sent = [0, 1, 2].flatMap((caller) => storm(caller, 8));
      await expectBlocked(CONNECTIONS - 1);
      expect((await send(3, NEEDS_INTERVIEW)).status).toBe(200);
      return sent;
    });
    expect(await statusesOf(slow)).toEqual(new Set([200]));
  });

  test('the summary of the extract of another token is answered', async () => {
    const slow = await whileLocked(service, 'job', async () => {
      const sent = storm(0, 20);
      await expectBlocked(CONNECTIONS / 2);
      const headers = { 'x-smarttoken': tokens[1] ?? '' };
      expect((await service.get('/analytics/interviews/summary', { headers })).status).toBe(200);
      return sent;
    });
    expect(await statusesOf(slow)).toEqual(new Set([200]));
  });
});

test('a token has operations in progress that cost at most as much as one may', async () => {
  const dear =
    '{ jobs(first: 500) { nodes { interviews(first: 20) { nodes { interviewId type duration createdAt } } } } }';
  const slow = await whileLocked(service, 'job', async () => {
    const sent = Array.from({ length: 4 }, () => send(0, dear));
    await expectBlocked(2);
    const other = send(1, dear);
    await expectBlocked(3);
    return [...sent, other];
  });
  const requested = (await Promise.all(slow)).map(({ answer }) => Object(answer).extensions.cost.requested);
  expect(requested).toEqual(Array.from({ length: 5 }, () => 122_600));
});

test('who has had less goes first, though the other has waited for longer', async () => {
  const { result, statements } = await recordStatements(async () => {
    const sent = await whileLocked(service, 'job', async () => {
      const leaving = new AbortController();
      const gone = send(9, needsJob(), leaving.signal).catch(() => null);
      const held = Array.from({ length: CONNECTIONS - 1 }, (_, caller) => send(caller, needsJob()));
      await expectBlocked(CONNECTIONS);
      // Of the caller with an operation in progress, then of one that comes new.
      const first = send(0, needsJob('first'));
      const second = send(10, NEEDS_INTERVIEW);
      leaving.abort();
      await gone;
      expect((await second).status).toBe(200);
      return [...held, first];
    });
    return await statusesOf(sent);
  });
  expect(result).toEqual(new Set([200]));
  const order = statements.flatMap(({ text, values }) =>
    names(values, 'first') ? ['first'] : text.includes('interview_id') && !names(values, 'none') ? ['second'] : [],
  );
  expect(order).toEqual(['second', 'first']);
});

test('an operation whose client leaves while it waits is not executed', async () => {
  const { result, statements } = await recordStatements(async () => {
    const answered = await whileLocked(service, 'job', async () => {
      const sent = storm(0, CONNECTIONS / 2);
      await expectBlocked(CONNECTIONS / 2);
      const leaving = new AbortController();
      const left = send(0, needsJob('left'), leaving.signal).catch(() => null);
      const stays = send(0, needsJob('stays'));
      // Both have been received once an operation that is sent later has been answered.
      expect((await send(1, NEEDS_INTERVIEW)).status).toBe(200);
      leaving.abort();
      await left;
      expect((await send(1, NEEDS_INTERVIEW)).status).toBe(200);
      return [...sent, stays];
    });
    return await statusesOf(answered);
  });
  expect(result).toEqual(new Set([200]));
  const executed = ['left', 'stays'].filter((name) => statements.some(({ values }) => names(values, name)));
  expect(executed).toEqual(['stays']);
});

test('an operation that waits is stopped at the timeout, counted from its arrival', async () => {
  const impatient = await service.another({ GRAPHQL_TIMEOUT_SECONDS: '1' });
  try {
    const sent = await whileLocked(impatient, 'job', async () =>
      Promise.all(
        Array.from({ length: CONNECTIONS }, async () => {
          const response = await impatient.get('/graphql', {
            method: 'POST',
            headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
            body: JSON.stringify({ query: needsJob() }),
          });
          return { status: response.status, answer: (await response.json()) as Answer };
        }),
      ),
    );
    expect(sent.map(({ status }) => status)).toEqual(sent.map(() => 504));
    for (const { answer } of sent)
      expect(answer.errors?.[0]).toMatchObject({
        message: expect.stringMatching(
          /^The operation (took longer than 1 seconds and was stopped|waited for 1 seconds behind others and was not started)\.$/,
        ),
        extensions: { code: 'TIMEOUT' },
      });
  } finally {
    await impatient.stop();
  }
});

test('of too many that wait, some are refused and told when to try again; other tokens may still wait', async () => {
  const inProgress = CONNECTIONS / 2;
  const waiting = MAX_WAITING_OPERATIONS / 2;
  const sent = await whileLocked(service, 'job', async () => {
    const own = storm(0, inProgress + waiting + 1);
    const refused = await Promise.race(own);
    expect(refused).toMatchObject({
      status: 503,
      retryAfter: '2',
      answer: {
        errors: [
          {
            message: 'Too many operations are waiting already, of this token or in all. Try again shortly.',
            extensions: { code: 'OPERATIONS_BUSY' },
          },
        ],
      },
    });
    expect((await send(1, NEEDS_INTERVIEW)).status).toBe(200);
    return [...own, ...storm(1, inProgress)];
  });
  const statuses = (await Promise.all(sent)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 503)).toHaveLength(1);
  expect(statuses.filter((status) => status === 200)).toHaveLength(2 * inProgress + waiting);
}, 60_000);
