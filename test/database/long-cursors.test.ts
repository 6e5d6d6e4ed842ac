/** Pages of rows and things whose texts are too long for an address: the way to the next page is short, and leads exactly there. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeBase64UrlJson } from '../../src/domain/base64url-json.ts';
import { toCsv } from '../kit/canonical.ts';
import { nextOf } from '../kit/download.ts';
import { ask, data } from '../kit/graphql.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { rowWith } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

const EXTRACT = '/analytics/interviews';
/** Longer than any address may be. */
const LONG = 'Konferenzraum „Ærø“ '.repeat(1_000);

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

/** Ends of texts that are otherwise the same. */
const end = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '😀', '"', '\u0001'), maxLength: 8 });
const size = fc.integer({ min: 1, max: 3 });

describe('pages of the extract', () => {
  const employee = (at: number) => `e-${at}`;
  /** One row for each room, all in one time slot. */
  const extractOf = (rooms: readonly string[]) =>
    toCsv(
      rooms.map((room, at) =>
        rowWith({
          interviewId: 'i'.repeat(255),
          interviewerEmployeeId: employee(at),
          room,
          interviewers: null,
          interviewDuration: null,
        }),
      ),
    );
  const inOrder = (rooms: readonly string[]) =>
    rooms
      .map((room, at) => ({ room: Buffer.from(room), id: employee(at) }))
      .sort(
        (one, other) =>
          Buffer.compare(one.room, other.room) || Buffer.compare(Buffer.from(one.id), Buffer.from(other.id)),
      )
      .map(({ id }) => id);

  /** The employees of all pages; `between` is called after each. */
  async function read(limit: number, between: (given: readonly string[]) => Promise<void> = async () => {}) {
    const given: string[] = [];
    for (let path: string | null = `${EXTRACT}?fields=interviewerEmployeeId&limit=${limit}`; path; ) {
      const response: Response = await service.get(path);
      const { content, message } = await response.json();
      expect([response.status, message]).toEqual([200, undefined]);
      given.push(...content.map((row: { interviewerEmployeeId: string }) => row.interviewerEmployeeId));
      path = nextOf(response);
      expect((path ?? '').length).toBeLessThan(2_000);
      if (path) await between(given);
    }
    return given;
  }

  test('give every row once, in order, whatever their long rooms have in common', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(end, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('', LONG, LONG.slice(0, 290)),
        size,
        async (ends, common, limit) => {
          const rooms = ends.map((text) => common + text);
          await service.import(extractOf(rooms), { replaceAll: true, allowMissingColumns: true });
          expect(await read(limit)).toEqual(inOrder(rooms));
        },
      ),
      { numRuns: propertyRuns(5) },
    );
  }, 120_000);

  test('give every row that stays once, while others come, change and go', async () => {
    const changes = fc.array(fc.record({ of: fc.nat(7), to: fc.option(end) }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(end, { minLength: 3, maxLength: 8 }), changes, size, async (ends, changes, limit) => {
        const rooms = ends.map((text) => LONG + text);
        // An import takes a row for unchanged by its hash, and the changes below pass that by.
        await service.rows('DELETE FROM appointment');
        await service.import(extractOf(rooms), { replaceAll: true });
        const moved = new Set<string>();
        const waiting = [...changes];
        const given = await read(limit, async (sofar) => {
          // The row that the page ended with, and another one.
          for (const id of [sofar.at(-1) ?? '', employee(waiting[0]?.of ?? 0)]) {
            const change = waiting.shift();
            if (!change) return;
            moved.add(id);
            const to =
              change.to === null ? 'DELETE FROM appointment' : `UPDATE appointment SET room = '${LONG}${change.to}'`;
            await service.rows(`${to} WHERE interviewer_employee_id = '${id}'`);
          }
        });
        const stays = (id: string) => !moved.has(id);
        expect(given.filter(stays)).toEqual(inOrder(rooms).filter(stays));
      }),
      { numRuns: propertyRuns(5) },
    );
  }, 120_000);

  test('go on where the row of the last one, and every other with such a text, is gone', async () => {
    const rooms = [`${LONG}a`, `${LONG}b`, 'Z'];
    await service.import(extractOf(rooms), { replaceAll: true });
    const first = await service.get(`${EXTRACT}?fields=interviewerEmployeeId&limit=1`);
    await service.rows(`DELETE FROM appointment WHERE room <> 'Z'`);
    const next = await service.get(nextOf(first) ?? '');
    expect(await next.json()).toEqual({ content: [{ interviewerEmployeeId: 'e-2' }] });
  });

  test('say so where nobody can tell any more on which side of the last one the rows are', async () => {
    const rooms = [`${LONG}a`, `${LONG.slice(0, 500)}b`];
    await service.import(extractOf(rooms), { replaceAll: true });
    const first = await service.get(`${EXTRACT}?fields=interviewerEmployeeId&limit=1`);
    await service.rows(`DELETE FROM appointment WHERE room = '${LONG}a'`);
    const next = await service.get(nextOf(first) ?? '');
    expect([next.status, (await next.json()).message]).toEqual([
      400,
      'after: the rows at this cursor have changed, so its position is lost; start again without after.',
    ]);
  });

  test('of ids that are as long as ids may be', async () => {
    const ids = ['😀'.repeat(255), `${'😀'.repeat(254)}a`, `${'\u0001'.repeat(254)}b`, '\u0001'.repeat(200)];
    await service.import(
      toCsv(ids.map((interviewId) => rowWith({ interviewId, interviewerEmployeeId: interviewId, room: LONG }))),
      {
        replaceAll: true,
      },
    );
    expect(await read(1)).toEqual(ids.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))));
  });

  test('are found by a place that has its texts at full length, as links had them before', async () => {
    const rooms = ['b', 'a', 'c'].map((letter) => 'x'.repeat(2_000) + letter);
    await service.import(extractOf(rooms), { replaceAll: true });
    const after = writeBase64UrlJson([
      '2024-02-29 23:59:59',
      'i'.repeat(255),
      '2024-03-05 09:00:00',
      '2024-03-05 10:30:00',
      rooms[0],
      'e-0',
      '00000000-0000-0000-0000-000000000000',
    ]);
    const response = await service.get(`${EXTRACT}?fields=interviewerEmployeeId&limit=5&after=${after}`);
    expect((await response.json()).content.map((row: object) => Object.values(row)[0])).toEqual(['e-0', 'e-2']);
  });
});

describe('pages of GraphQL', () => {
  const QUERY = `query ($first: Int, $last: Int, $after: String, $before: String, $order: [InterviewerOrderBy!]) {
    interviewers(first: $first, last: $last, after: $after, before: $before, orderBy: $order) {
      nodes { employeeId } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`;
  const names = [`${LONG}b`, LONG, `${LONG}a`, `${LONG.slice(0, 300)}z`, 'Lovelace', `${LONG}b`];
  const order = [{ field: 'LAST_NAME' }, { field: 'FIRST_NAME', direction: 'DESC' }];

  beforeEach(async () => {
    await service.import(
      toCsv(
        names.map((name, at) =>
          rowWith({
            interviewId: `n-${at}`,
            creatorEmployeeId: null,
            interviewerEmployeeId: `e-${at}`,
            interviewerLastName: name,
            interviewerFirstName: `${LONG}${at}`,
          }),
        ),
      ),
      { replaceAll: true },
    );
  });

  const sorted = ['e-3', 'e-1', 'e-2', 'e-5', 'e-0', 'e-4'].sort((one, other) => {
    const [a, b] = [one, other].map((id) => Buffer.from(names[Number(id.slice(2))] ?? ''));
    return Buffer.compare(a as Buffer, b as Buffer) || (one < other ? 1 : -1);
  });

  test.each([1, 2, 5])('of %i give everybody once, in both directions, by short cursors', async (size) => {
    const forth: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { interviewers } = await data(service, QUERY, { first: size, after, order });
      forth.push(...interviewers.nodes.map((node: { employeeId: string }) => node.employeeId));
      for (const { cursor } of interviewers.edges) expect(cursor.length).toBeLessThan(1_500);
      expect(interviewers.pageInfo.hasPreviousPage).toBe(after !== null);
      ({ endCursor: after, hasNextPage: more } = interviewers.pageInfo);
    }
    expect(forth).toEqual(sorted);
    const back: string[] = [];
    for (let before: string | null = null, more = true; more; ) {
      const { interviewers } = await data(service, QUERY, { last: size, before, order });
      back.unshift(...interviewers.nodes.map((node: { employeeId: string }) => node.employeeId));
      ({ startCursor: before, hasPreviousPage: more } = interviewers.pageInfo);
    }
    expect(back).toEqual(sorted);
  });

  test('go on from a cursor whose row has another name by now', async () => {
    const { interviewers } = await data(service, QUERY, { first: 2, order });
    const [, given = ''] = sorted;
    await service.rows(`UPDATE employee SET last_name = 'A' WHERE employee_id = '${given}'`);
    const next = await data(service, QUERY, { first: 10, after: interviewers.pageInfo.endCursor, order });
    expect(next.interviewers.nodes.map((node: { employeeId: string }) => node.employeeId)).toEqual(sorted.slice(2));
  });

  test('say so where a cursor’s place can’t be found any more', async () => {
    const { interviewers } = await data(service, QUERY, { first: 2, order });
    await service.rows(`UPDATE employee SET last_name = left(last_name, 200) || employee_id`);
    for (const [name, variables] of [
      ['after', { first: 1, after: interviewers.pageInfo.endCursor, order }],
      ['before', { last: 1, before: interviewers.pageInfo.endCursor, order }],
    ] as const)
      expect((await ask(service, QUERY, variables)).errors).toEqual([
        expect.objectContaining({
          message: `${name}: the rows at this cursor have changed, so its position is lost; start again without ${name}.`,
          extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }),
        }),
      ]);
  });
});
