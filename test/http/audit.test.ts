/** The audit log: what has an entry, what it says, what is never in it, and who reads it. */
import fastify from 'fastify';
import {
  type GraphQLArgument,
  getNamedType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isScalarType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { schema } from '../../src/graphql/schema.ts';
import { auditRequests } from '../../src/http/audit/audit-requests.ts';
import { RequestLog } from '../../src/http/request-log/request-log.ts';
import { auditText, type Entry, entryOf } from '../kit/audit.ts';
import { ask, type Json } from '../kit/graphql.ts';
import { untilBlocked, whileLocked } from '../kit/locked.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

const CANDIDATE = '0b9d5d36-5c3f-4f57-8a3a-6a3c1f0e9d11';
const JOB = '7d444840-9dc0-11d1-b245-5ffdce74fad2';

let service: Service;
let reader = '';
beforeAll(async () => {
  service = await startService({ AUDIT: 'continue' });
  await service.import(
    csvOf([
      rowWith({ interviewId: 'a', candidateProfileId: CANDIDATE, jobId: JOB, interviewerEmployeeId: 'e-1' }),
      rowWith({ interviewId: 'b', jobId: JOB }),
    ]),
  );
  reader = await createToken(service.db.prisma, 'reader', ['read']);
});
afterAll(() => service?.stop());

const withToken = (token: string): RequestInit => ({ headers: { 'x-smarttoken': token } });
const graphql = (query: string, variables: object = {}, headers: Record<string, string> = {}) =>
  service.get('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
const post = (path: string, body: unknown) =>
  service.get(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('is complete:', () => {
  test('every operation of the description that needs a token has an entry', async () => {
    const document = (await (await fetch(`${service.url}/openapi.json`)).json()) as Json;
    const operations = Object.entries<Json>(document.paths).flatMap(([path, methods]) =>
      Object.entries<Json>(methods)
        .filter(([, { security }]) => security?.length !== 0)
        .map(([method]) => [method.toUpperCase(), path.replace('{resource}', '$metadata')] as const),
    );
    expect(operations.length).toBeGreaterThan(15);
    for (const [method, path] of operations) {
      const response = await service.get(path, { method });
      const entry = await entryOf(service, response);
      expect([method, path, entry.actor, entry.status]).toEqual([method, path, 'ADMIN_TOKEN', response.status]);
    }
  });

  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});

  /** A value that an argument takes. */
  const sampleFor = ({ type }: GraphQLArgument): string => {
    const bare = isNonNullType(type) ? type.ofType : type;
    const name = getNamedType(type).name;
    const one = name === 'Int' ? '1' : name === 'UUID' ? JSON.stringify(JOB) : '"a"';
    return isListType(bare) ? `[${isScalarType(getNamedType(type)) ? one : ''}]` : one;
  };

  test.each(fields.map((field) => [field.name, field] as const))('a GraphQL operation with %s', async (name, field) => {
    const given = field.args.filter(isRequiredArgument).map((argument) => `${argument.name}: ${sampleFor(argument)}`);
    // Of one caller, only the first operation with the same error has an entry of its own.
    const token = await createToken(service.db.prisma, `asks ${name}`, ['admin']);
    const response = await graphql(
      `query With_${name} { ${name}${given.length > 0 ? `(${given.join(', ')})` : ''} { __typename } }`,
      {},
      { 'x-smarttoken': token },
    );
    expect(await entryOf(service, response)).toMatchObject({
      target: `GraphQL With_${name}`,
      action: name === 'audit' ? 'AUDIT_READ' : 'READ',
      operation: expect.stringMatching(/^[\da-f]{64}$/),
    });
  });

  test('a route that nobody has said what it does is refused at the start', async () => {
    const app = fastify();
    const audit = { log: { note() {}, async commit() {} }, policy: 'continue', noteFilter() {} } as const;
    auditRequests(app, audit, new RequestLog(false));
    expect(() => app.get('/new', async () => 'all rows')).toThrow(
      'GET /new has no action in the audit log; give it one in src/http/audit/actions.ts',
    );
    await app.close();
  });
});

describe('an entry says', () => {
  test('who downloaded what, how many rows, and whether personal fields', async () => {
    const query = `format=csv&candidateProfileId=${CANDIDATE}&interviewType=ONSITE&fields=interviewId,room&startsFrom=2020-01-01`;
    const entry = await entryOf(service, await service.get(`/analytics/interviews?${query}`));
    expect(entry).toMatchObject({
      ...{ actor: 'ADMIN_TOKEN', actor_kind: 'ADMIN_TOKEN', address: '127.0.0.1', action: 'EXPORT' },
      ...{ target: 'GET /analytics/interviews', outcome: 'SUCCESS', status: 200, code: null, personal: true },
      attributes: {
        ...{ format: 'csv', fields: 'interviewId,room', interviewType: 'ONSITE', startsFrom: '2020-01-01' },
        candidateProfileId: null,
      },
      subjects: [`candidate:${CANDIDATE}`],
      rows: expect.stringMatching(/^[01]$/),
      data_version: expect.stringMatching(/^\d+$/),
      requests: 1,
    });
    expect(entry.duration_ms).toBeGreaterThanOrEqual(0);
  });

  test('that a token without the scope got no personal fields', async () => {
    const entry = await entryOf(service, await service.get('/analytics/interviews', withToken(reader)));
    expect(entry).toMatchObject({ actor: 'reader', actor_kind: 'TOKEN', personal: false, rows: '2' });
  });

  test('the ids, enumerations and numbers of a GraphQL operation, but none of its texts', async () => {
    const response = await graphql(
      `query Seen($id: UUID!, $text: String) {
        candidate(candidateProfileId: $id) { candidateProfileId }
        interviews(first: 3, where: { type: { eq: VIDEO }, job: { title: { contains: $text } } }) { nodes { location } }
      }`,
      { id: CANDIDATE, text: 'Canary' },
    );
    expect(await entryOf(service, response)).toMatchObject({
      target: 'GraphQL Seen',
      subjects: [`candidate:${CANDIDATE}`],
      personal: true,
      attributes: {
        fields: ['candidate', 'interviews'],
        'candidate.candidateProfileId': null,
        'interviews.first': 3,
        'interviews.where.type.eq': 'VIDEO',
        'interviews.where.job.title.contains': null,
      },
    });
  });

  test('which item of OData was asked for', async () => {
    const entry = await entryOf(service, await service.get("/odata/v4/Interviews('a')"));
    expect(entry).toMatchObject({ target: 'GET /odata/v4/*', subjects: ['interview:a'], rows: '1', personal: true });
    const filtered = `/odata/v4/Appointments?$filter=candidateProfileId eq ${CANDIDATE} and interviewLocation ne 'Canary'`;
    expect(await entryOf(service, await service.get(filtered))).toMatchObject({
      subjects: [`candidate:${CANDIDATE}`],
      attributes: { $filter: null, set: 'Appointments' },
    });
  });

  test.each([
    [`candidateProfileId in (${CANDIDATE},${JOB})`, [`candidate:${CANDIDATE}`, `candidate:${JOB}`]],
    [`${CANDIDATE} eq candidateProfileId`, [`candidate:${CANDIDATE}`]],
    [`not (candidateProfileId ne ${CANDIDATE}) or interviewId in ('a')`, [`candidate:${CANDIDATE}`, 'interview:a']],
    [`(jobId eq ${JOB}) eq true`, [`job:${JOB}`]],
    [`interviewId ge 'a' and interviewId le 'a'`, ['interview:a']],
    [`interviewLocation eq 'jobId eq ${JOB}'`, []],
  ])('the ids of a filter of OData: %s', async (filter, subjects) => {
    const response = await service.get(`/odata/v4/Appointments?$filter=${encodeURIComponent(filter)}`);
    expect(response.status).toBe(200);
    expect(await entryOf(service, response)).toMatchObject({ subjects, attributes: { $filter: null } });
  });

  test.each([
    ["Appointments?$filter=interviewLocation eq 'x'&$select=interviewId", true],
    ["Appointments/$count?$filter=not startswith(interviewLocation,'x')", true],
    ["MetricsByInterviewerAndWeek?$filter=interviewerName eq 'x'&$select=slots", true],
    ["MetricsByInterviewerAndWeek/$count?$filter=interviewerName eq 'x'", true],
    ['Appointments/$count', false],
    ["Appointments?$filter=interviewId eq 'a'&$select=interviewId", false],
  ])('whether OData compares personal fields: %s', async (path, personal) => {
    const response = await service.get(`/odata/v4/${path}`);
    expect(response.status).toBe(200);
    expect(await entryOf(service, response)).toMatchObject({ personal });
  });

  test('which token was created, and what was imported', async () => {
    const created = await post('/admin/tokens', { name: 'board', scopes: ['read'] });
    const { token } = (await created.clone().json()) as { token: string };
    expect(await entryOf(service, created)).toMatchObject({
      action: 'TOKEN_CREATE',
      attributes: { token: 'board', scopes: 'read' },
    });
    const imported = await service.get('/analytics/interviews?dryRun=true', {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: csvOf([rowWith({ interviewId: 'c' })]),
    });
    expect(await entryOf(service, imported)).toMatchObject({
      ...{ action: 'IMPORT', rows: '1', personal: true, attributes: { dryRun: 'true' } },
    });
    expect(await auditText(service)).not.toContain(token);
  });
});

test('neither names nor texts nor tokens are in it, wherever they were sent', async () => {
  const secret = 'canary-token-0123456789abcdef';
  const sent = [
    await service.get(
      '/analytics/interviews?fields=Canary&period=Canary&timeZone=Canary&Canary=1&dateFormat=%27Canary%27',
    ),
    await service.get('/analytics/interviews?applicationStage=Canary+Bird&interviewerEmployeeId=Canary+Bird'),
    await service.get("/odata/v4/Appointments?$filter=contains(interviewLocation,'Canary')&$select=interviewId"),
    await service.get('/analytics/interviews', withToken(secret)),
    await service.get('/analytics/interviews', { headers: { authorization: `Bearer ${secret}` } }),
    await graphql('{ candidates(where: { name: { contains: "Canary" } }, after: "Canary") { nodes { name } } }'),
    await graphql('query ($t: String!) { interviews(where: { location: { eq: $t } }) { totalCount } }', {
      t: 'Canary',
    }),
    await post('/admin/erasures', { candidates: ['Canary Bird'] }),
  ];
  expect(sent.length).toBe(8);
  // Entries are written in their order.
  await entryOf(service, await service.get('/analytics/interviews/summary'));
  expect(await auditText(service)).not.toMatch(/canary/i);
});

describe('what is refused', () => {
  test('has an entry, with the reason', async () => {
    const address = '/analytics/interviews/metrics/definitions';
    const unknown = await entryOf(service, await service.get(address, withToken('no-such-token-here')));
    expect(unknown).toMatchObject({
      ...{
        actor: '',
        actor_kind: 'UNKNOWN',
        outcome: 'DENIED',
        status: 401,
        code: 'NOT_AUTHENTICATED',
        address: '127.0.0.1',
      },
    });
    const forbidden = await entryOf(service, await service.get('/admin/tokens', withToken(reader)));
    expect(forbidden).toMatchObject({
      actor: 'reader',
      outcome: 'DENIED',
      status: 403,
      code: 'FORBIDDEN',
      requests: 1,
    });
  });

  test('is counted where it comes again and again, so that it fills no disk', async () => {
    const instance = await service.another({ AUDIT: 'continue' });
    for (let n = 0; n < 30; n++) await instance.get('/admin/tokens', withToken(`wrong-token-of-many-${n}`));
    await instance.stop();
    const entries = await service.rows(
      `SELECT requests FROM audit_entry WHERE target = 'GET /admin/tokens' AND code = 'NOT_AUTHENTICATED' ORDER BY at`,
    );
    expect(entries).toEqual([{ requests: 1 }, { requests: 29 }]);
  });

  test('of one caller hides nothing of others, however different it is', async () => {
    const names = ['hidden', 'hiding'];
    const [hidden = '', hiding = ''] = await Promise.all(
      names.map((name) => createToken(service.db.prisma, name, ['read'])),
    );
    const instance = await service.another({ AUDIT: 'continue', TRUST_PROXY: '127.0.0.1' });
    const from = (n: number, token: string, path = '/admin/tokens') =>
      instance.get(path, { headers: { 'x-smarttoken': token, 'x-forwarded-for': `192.0.2.${n}` } });
    for (let n = 0; n < 65; n++) {
      await from(n, 'no-token-of-anybody');
      await from(1, hiding, `/graphql?query=${encodeURIComponent(`query A${n} { audit { totalCount } }`)}`);
      await from(n, hiding);
    }
    await from(1, hidden);
    await instance.stop();
    const told = await service.rows(
      `SELECT actor, target, code, count(*)::int AS entries, sum(requests)::int AS requests FROM audit_entry
      WHERE address LIKE '192.0.2.%' OR address IS NULL GROUP BY actor, target, code ORDER BY actor, target`,
    );
    expect(told).toEqual([
      { actor: '', target: '(several)', code: 'NOT_AUTHENTICATED', entries: 1, requests: 5 },
      { actor: '', target: 'GET /admin/tokens', code: 'NOT_AUTHENTICATED', entries: 60, requests: 60 },
      { actor: 'hidden', target: 'GET /admin/tokens', code: 'FORBIDDEN', entries: 1, requests: 1 },
      { actor: 'hiding', target: '(several)', code: 'FORBIDDEN', entries: 1, requests: 6 },
      { actor: 'hiding', target: 'GET /admin/tokens', code: 'FORBIDDEN', entries: 59, requests: 59 },
      { actor: 'hiding', target: 'GraphQL', code: 'FORBIDDEN', entries: 1, requests: 64 },
      { actor: 'hiding', target: 'GraphQL A0', code: 'FORBIDDEN', entries: 1, requests: 1 },
    ]);
  });

  test('is counted, too, if the client leaves before it is known whose it is, and nothing of it is kept', async () => {
    const log = memoryLog();
    const instance = await service.another({ AUDIT: 'continue' }, log.log);
    await whileLocked(service, 'access_token', async () => {
      const leaving = new AbortController();
      const requests = [1, 2, 3].map((n) =>
        instance
          .get(`/analytics/interviews/metrics?metrics=Canary&last=%00`, {
            headers: { 'x-smarttoken': `unknown-token-that-leaves-${n}` },
            signal: leaving.signal,
          })
          .catch(() => 'left'),
      );
      await untilBlocked(instance, 3);
      leaving.abort();
      expect(await Promise.all(requests)).toEqual(['left', 'left', 'left']);
      await expect.poll(() => log.lines().filter(({ isCut }) => isCut).length).toBe(3);
    });
    await instance.stop();
    expect(
      await service.rows(`SELECT requests, actor_kind, attributes FROM audit_entry WHERE outcome = 'CUT' ORDER BY at`),
    ).toEqual([
      { requests: 1, actor_kind: 'UNKNOWN', attributes: { metrics: null, last: null } },
      { requests: 2, actor_kind: 'UNKNOWN', attributes: {} },
    ]);
  });
});

describe('is read', () => {
  const lines = async (query: string): Promise<Entry[]> => {
    const response = await service.get(`/admin/audit?format=ndjson&${query}`);
    expect(response.status).toBe(200);
    return (await response.text()).split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  };

  test('by what is asked, the newest first', async () => {
    await entryOf(service, await service.get(`/analytics/interviews?jobId=${JOB}`, withToken(reader)));
    const found = await lines(`subject=${JOB}&actor=reader&since=1h`);
    expect(found[0]).toMatchObject({ actor: 'reader', subjects: `job:${JOB}`, rows: 2, personal: false });
    const all = await lines('since=1d');
    expect(all.map(({ at }) => at)).toEqual(
      all
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    expect(await lines('until=2020-01-01')).toEqual([]);
    expect(
      (await lines('action=EXPORT&personal=true')).every(({ action, personal }) => action === 'EXPORT' && personal),
    ).toBe(true);
    expect(await lines('limit=1')).toHaveLength(1);
  });

  test('as CSV and JSON, by administrators alone, and that is an entry, too', async () => {
    const csv = await service.get('/admin/audit?format=csv&since=1h');
    expect((await csv.clone().text()).split('\n')[0]).toBe(
      'at,actor,actorKind,issuer,address,action,outcome,target,subjects,attributes,rows,personal,status,code,dataVersion,durationMs,requests,operation,requestId,id',
    );
    expect(await entryOf(service, csv)).toMatchObject({
      action: 'AUDIT_READ',
      attributes: { format: 'csv', since: '1h' },
    });
    expect(((await (await service.get('/admin/audit')).json()) as Json).content.length).toBeGreaterThan(5);
    const refused = await service.get('/admin/audit', withToken(reader));
    expect(refused.status).toBe(403);
    const answer = await ask(service, '{ audit { totalCount } }', {}, { 'x-smarttoken': reader });
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('a name that looks like a formula is guarded for spreadsheets', async () => {
    const token = await createToken(service.db.prisma, '=1+1', ['read']);
    await entryOf(service, await service.get('/analytics/interviews/summary', withToken(token)));
    const read = async (excel: string) => await (await service.get(`/admin/audit?format=csv${excel}`)).text();
    expect(await read('&excel=true')).toContain(",'=1+1,");
    expect(await read('')).toContain(',=1+1,');
  });

  test('page by page in GraphQL, whatever comes meanwhile', async () => {
    const page = async (after: string | null) =>
      (
        await ask(
          service,
          `query ($after: String) { audit(first: 3, after: $after, until: "2100-01-01T00:00:00Z") {
            totalCount edges { cursor node { at actor requests } } nodes { target subjects } pageInfo { hasNextPage hasPreviousPage endCursor }
          } }`,
          { after },
        )
      ).data.audit;
    const first = await page(null);
    expect([first.nodes.length, first.pageInfo.hasNextPage, first.pageInfo.hasPreviousPage]).toEqual([3, true, false]);
    const second = await page(first.pageInfo.endCursor);
    expect(second.pageInfo.hasPreviousPage).toBe(true);
    const cursors = [...first.edges, ...second.edges].map(({ cursor }: Json) => cursor);
    expect(new Set(cursors).size).toBe(6);
    expect(second.totalCount).toBeGreaterThan(6);
  });

  test.each([
    ['action=NONSENSE', /^action: "NONSENSE" is not accepted; accepted are READ, EXPORT, /],
    ['since=yesterday', /^since: "yesterday" is not accepted; it is a time back from now, such as 12h or 90d/],
    ['since=1h&until=2h', /^since: .* it must be before until/],
    ['format=xlsx', /^format: "xlsx" is not accepted here; accepted are json, csv, ndjson\.$/],
    ['subject=%00', /^subject: "\\u0000" is not accepted; no entry has NUL or half of a surrogate pair\.$/],
    ['actor=a%00', /^actor: "a\\u0000" is not accepted/],
    ['limit=0', /^limit: "0" is not accepted/],
  ])('%s is refused', async (query, message) => {
    const response = await service.get(`/admin/audit?${query}`);
    expect([response.status, ((await response.json()) as Json).message]).toEqual([400, expect.stringMatching(message)]);
  });
});

test('with AUDIT=off nothing is written', async () => {
  const silent = await service.another({ AUDIT: 'off' });
  const response = await silent.get('/analytics/interviews/summary');
  await silent.stop();
  const id = response.headers.get('x-request-id');
  expect(await service.rows(`SELECT FROM audit_entry WHERE request_id = '${id}'`)).toEqual([]);
});

test('an answer that is streamed has the rows that were sent', async () => {
  const response = await service.get('/analytics/interviews?format=ndjson');
  expect(await entryOf(service, response)).toMatchObject({ outcome: 'SUCCESS', rows: '2' });
});
