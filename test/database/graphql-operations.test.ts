/** How an operation runs: in one snapshot, with an end, and no longer than somebody waits for it. */
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIELD_INDEX } from '../../src/domain/fields.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { operationQueue } from '../../src/graphql/operation/operation-queue.ts';
import { createServer } from '../../src/graphql/server.ts';
import { readCanonical, toCsv } from '../kit/canonical.ts';
import { eventually } from '../kit/command.ts';
import { ask, data } from '../kit/graphql.ts';
import { whileLocked } from '../kit/locked.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';
import { walk } from '../kit/walk.ts';

/** Operations of the one end after two seconds, of the other not before the tests do. */
let service: Service;
let patient: Service;
beforeAll(async () => {
  const extract = [...generateExtract({ rows: 400, seed: 4 })].join('');
  patient = await startService({ GRAPHQL_TIMEOUT_SECONDS: '600' });
  service = await patient.another({ GRAPHQL_TIMEOUT_SECONDS: '2' });
  await patient.import(extract);
});
afterAll(async () => {
  await service?.stop();
  await patient?.stop();
});

/** The cells that decide an interview’s place in every order. */
const MOVED = [
  FIELD_INDEX.interviewCreateDate,
  FIELD_INDEX.interviewUpdateDate,
  FIELD_INDEX.interviewStartDate,
  FIELD_INDEX.interviewTimeZone,
];

/** An operation of many statements. */
const DEEP =
  '{ interviews { nodes { job { title } candidate { id } timeSlots { appointments { interviewer { name createdInterviews(first: 1) { nodes { id } } } } } } } }';

const COUNTED = '{ interviews(first: 3) { totalCount nodes { interviewId } } }';

/** Statements of GraphQL operations that the database works on, or waits with. */
const running = async (of: Service): Promise<number> => {
  const [row] = await of.rows(
    `SELECT count(*)::int AS running FROM pg_stat_activity
     WHERE datname = current_database() AND state <> 'idle' AND query ~ '/\\* (page|pages|count|snapshot)'`,
  );
  return Number(row?.running);
};

/** Waits until the database works for so many operations; not so long that it would have given up those of `service` by itself. */
const works = (of: Service, operations: number) =>
  eventually(async () => expect(await running(of)).toBe(operations), 5_000);

/** A request with an operation, as it is sent. */
function sending(query: string): string {
  const body = JSON.stringify({ query });
  return `POST /graphql HTTP/1.1\r\nHost: x\r\nX-SmartToken: ${ADMIN_TOKEN}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

/** A client that sends an operation and can leave. */
function sendCounted(of: Service) {
  const socket = connect(Number(new URL(of.url).port), '127.0.0.1');
  socket.write(sending(COUNTED));
  return socket;
}

/** Sends bytes and leaves: at once, or when the service has answered so many other requests since. */
async function leaveAfter(of: Service, bytes: string, others: number | 'at once'): Promise<void> {
  const socket = connect(Number(new URL(of.url).port), '127.0.0.1');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.write(bytes, () => resolve());
  });
  for (let count = 0; others !== 'at once' && count < others; count++) await fetch(`${of.url}/healthz`);
  socket.removeAllListeners('error').on('error', () => {});
  socket.resetAndDestroy();
}

test('an operation that takes too long is stopped, in the database too, and says so', async () => {
  await whileLocked(service, 'interview', async () => {
    const { errors, data: nothing } = await ask(service, COUNTED);
    expect(nothing).toBeUndefined();
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.message).toBe('The operation took longer than 2 seconds and was stopped.');
    expect(errors?.[0]?.extensions.code).toBe('TIMEOUT');
    await works(service, 0);
  });
  expect((await data(service, COUNTED)).interviews.nodes).toHaveLength(3);
});

test('the database stops working for a client that has left', async () => {
  await whileLocked(patient, 'interview', async () => {
    const socket = sendCounted(patient);
    await works(patient, 1);
    socket.destroy();
    await works(patient, 0);
  });
  expect((await data(patient, COUNTED)).interviews.nodes).toHaveLength(3);
});

test('whoever leaves, at whatever moment, makes no error in the log', async () => {
  const { log, lines } = memoryLog();
  const logged = await patient.another({ GRAPHQL_TIMEOUT_SECONDS: '600' }, log);
  try {
    const operation = sending(DEEP);
    // In the middle of its body, and while its answer is made.
    for (let bytes = 0; bytes < operation.length; bytes += 40)
      await leaveAfter(logged, operation.slice(0, bytes), 'at once');
    for (let piece = 0; piece < 20; piece++) await leaveAfter(logged, operation, piece);
    // While the database works on it, and while it waits for its turn.
    await whileLocked(logged, 'interview', async () => {
      const sockets = Array.from({ length: 15 }, () => sendCounted(logged));
      await works(logged, 5);
      for (const socket of sockets) socket.destroy();
      await works(logged, 0);
    });
    // The log has had time to say what it says.
    expect((await data(logged, COUNTED)).interviews.nodes).toHaveLength(3);
    expect(lines().filter(({ level, err }) => Number(level) > 30 || err !== undefined)).toEqual([]);
  } finally {
    await logged.stop();
  }
});

test('an operation that no connection becomes free for is told so, and the next ones are answered', async () => {
  const held = await Promise.all(Array.from({ length: 10 }, () => patient.db.operations.connect()));
  const { errors } = await ask(patient, COUNTED);
  expect(errors?.[0]?.message).toBe('All database connections are busy. Try again shortly.');
  expect(errors?.[0]?.extensions.code).toBe('DATABASE_UNAVAILABLE');
  for (const client of held) client.release();
  const answers = await Promise.all(Array.from({ length: 15 }, () => data(patient, COUNTED)));
  for (const { interviews } of answers) expect(interviews.nodes).toHaveLength(3);
});

test('a failure of the program before an operation begins is masked, and logged under the request’s id', async () => {
  const { log, lines } = memoryLog();
  const context = {
    log,
    requestId: 'request-1',
    record: {},
    points: { take: async () => {} },
    get viewer() {
      throw new Error('secret');
    },
  };
  const { yoga } = createServer({
    timeout: 1_000,
    inTurn: operationQueue(10, 1_000).inTurn,
    bucketSize: 0,
    persisted: null,
    fast: false,
  });
  const response = await yoga.fetch(
    'http://x/graphql',
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: COUNTED }) },
    context as never,
  );
  expect(await response.json()).toEqual({
    errors: [
      {
        message: 'Something went wrong. The log has the details under request request-1.',
        extensions: { code: 'INTERNAL_ERROR', requestId: 'request-1' },
      },
    ],
  });
  expect(lines()).toMatchObject([{ msg: 'a GraphQL operation failed', err: { message: 'secret' } }]);
});

test('the schema is told without the database', async () => {
  await whileLocked(service, 'interview', async () => {
    expect((await data(service, '{ __typename __schema { queryType { name } } }')).__typename).toBe('Query');
  });
});

describe('while imports are saved', () => {
  test('an answer is of one state: its page, its count and what hangs on it agree', async () => {
    const few = [...generateExtract({ rows: 100, seed: 8 })].join('');
    const many = [...generateExtract({ rows: 300, seed: 9 })].join('');
    let over = false;
    const importing = (async () => {
      for (let round = 0; round < 6; round++) await patient.import(round % 2 ? few : many, { replaceAll: true });
      over = true;
    })();
    const query = `{ dataset { appointments interviews }
      appointments { totalCount } interviews(first: 20) { totalCount nodes { appointments { totalCount nodes { interviewer { employeeId } } } job { jobId } } } }`;
    const seen = new Set<number>();
    while (!over) {
      const { dataset, appointments, interviews } = await data(patient, query);
      expect(appointments.totalCount).toBe(dataset.appointments);
      expect(interviews.totalCount).toBe(dataset.interviews);
      expect(interviews.nodes).toHaveLength(20);
      for (const one of interviews.nodes) expect(one.appointments.nodes.length).toBe(one.appointments.totalCount);
      seen.add(dataset.appointments);
    }
    await importing;
    expect(seen.size).toBeGreaterThan(1);
  });

  test('pages of any size, order and filter, forwards and backwards, give exactly once what was there all the time', async () => {
    const [stable = [], moving = []] = [5, 6].map((seed) =>
      readCanonical([...generateExtract({ rows: 250, seed })].join('')),
    );
    const staying = new Set(stable.map((row) => row[FIELD_INDEX.interviewId]));
    const whole = await patient.import(toCsv(stable), { replaceAll: true });
    expect(whole.saved).toBe(true);

    let over = false;
    let round = 0;
    let walkedOver = 0;
    /** Interviews come, go, and move to other places in every order, for as long as somebody reads. */
    const importing = (async () => {
      while (!over) {
        round++;
        const rows = moving
          .filter((row) => Number.parseInt(row[FIELD_INDEX.interviewId]?.slice(-2) ?? '', 16) % 3 !== round % 3)
          .map((row, at) => {
            const other = stable[(at * 7 + round) % stable.length] ?? row;
            return row.map((cell, place) => (MOVED.includes(place) ? (other[place] ?? null) : cell));
          });
        await patient.import(toCsv([...stable, ...rows]), { replaceAll: true });
      }
    })();

    const key = fc.record({
      field: fc.constantFrom('STARTS_AT', 'CREATED_AT', 'UPDATED_AT', 'INTERVIEW_ID'),
      direction: fc.constantFrom('ASC', 'DESC'),
      nulls: fc.constantFrom('FIRST', 'LAST'),
    });
    const orderBy = fc.uniqueArray(key, { selector: ({ field }) => field, minLength: 1, maxLength: 2 });
    const where = fc.constantFrom({}, { not: { canceled: { eq: true } } }, { type: { in: ['ONSITE', 'VIDEO'] } });
    try {
      await fc.assert(
        fc.asyncProperty(
          orderBy,
          where,
          fc.integer({ min: 5, max: 60 }),
          fc.boolean(),
          async (order, filter, size, backward) => {
            const expected = new Set(
              (await walk(patient, 'interviews', 'interviewId', { size: 500, type: 'Interview', where: filter }))
                .map(({ interviewId }) => interviewId)
                .filter((id) => staying.has(id)),
            );
            const before = round;
            const found = await walk(patient, 'interviews', 'interviewId', {
              size,
              backward,
              type: 'Interview',
              where: filter,
              orderBy: order,
            });
            const ids = found.map(({ interviewId }) => interviewId).filter((id) => staying.has(id));
            expect(ids).toHaveLength(new Set(ids).size);
            expect(new Set(ids)).toEqual(expected);
            walkedOver += round - before;
          },
        ),
        { numRuns: 15 },
      );
    } finally {
      over = true;
      await importing;
    }
    // Imports were saved while somebody was in the middle of the pages.
    expect(walkedOver).toBeGreaterThan(0);
  }, 120_000);
});
