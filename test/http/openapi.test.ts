/** The description of the routes at /openapi.json and /docs: right, whole, and of use to generators. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { GraphQLEnumType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/create-app.ts';
import { readConfig } from '../../src/config.ts';
import { FIELDS } from '../../src/domain/fields.ts';
import { schema as graphql } from '../../src/graphql/schema.ts';
import { createLog } from '../../src/log.ts';
import { PROGRAM_VERSION } from '../../src/package-info.ts';
import { extract } from '../kit/generated.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

interface Operation {
  readonly 'x-codeSamples'?: readonly { readonly source: string }[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Record<string, unknown>;
}
interface Document {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, { readonly properties: Record<string, unknown> }> };
}

let service: Service;
let document: Document;
beforeAll(async () => {
  service = await startService();
  await service.import(extract({ rows: 200, seed: 9 }));
  document = await (await fetch(`${service.url}/openapi.json`)).json();
});
afterAll(() => service?.stop());

test('is valid OpenAPI 3.1, of this version, for anybody', async () => {
  expect(await new Validator().validate(structuredClone(document) as never)).toMatchObject({ valid: true });
  expect([document.openapi, document.info.version]).toEqual(['3.1.1', PROGRAM_VERSION]);
});

test('describes every route with its methods, and none that isn’t there', async () => {
  const app = createApp({ config: readConfig({ ADMIN_TOKEN }), db: service.db, log: createLog('silent') });
  await app.ready();
  const served = routesIn(app.printRoutes({ commonPrefix: false }));
  await app.close();
  // CORS takes OPTIONS everywhere; what pages load has no names that anybody should know.
  const routes = [...served].filter(([url]) => !/^\/(graphql\/)?files\//.test(url) && url !== '*');
  const described = (url: string) => Object.keys(document.paths[url] ?? {}).map((method) => method.toUpperCase());
  expect(Object.keys(document.paths).sort()).toEqual(routes.map(([url]) => url).sort());
  for (const [url, methods] of routes) {
    // HEAD is what GET is, without the body; of the extract it is described because it differs.
    methods.delete('OPTIONS');
    if (!described(url).includes('HEAD')) methods.delete('HEAD');
    expect([url, described(url).sort()]).toEqual([url, [...methods].sort()]);
  }
});

/** The routes of Fastify's tree of them, in which each line stands under the beginning of its path. */
function routesIn(tree: string): Map<string, Set<string>> {
  const routes = new Map<string, Set<string>>();
  const above: string[] = [];
  for (const [, indent = '', part = '', methods] of tree.matchAll(/^([ │]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/gm)) {
    const depth = indent.length / 4;
    above[depth] = part;
    // What a wildcard stands for has a name in the description.
    const url = above
      .slice(0, depth + 1)
      .join('')
      .replace(/(?<=.)\*$/, '{resource}');
    if (methods) routes.set(url.replace(/(?<!\/)(?=\{)/, '/'), new Set(methods.split(', ')));
  }
  return routes;
}

test.each([
  ['get', '/analytics/interviews', ''],
  ['get', '/analytics/interviews/summary', ''],
  ['get', '/analytics/interviews/metrics', ''],
  ['get', '/analytics/interviews/metrics/definitions', ''],
  ['post', '/analytics/interviews', 'interviewId\n'],
])('%s %s takes the parameters that it says, and no others', async (method, url, body) => {
  const response = await service.get(`${url}?nonsense=1`, {
    method: method.toUpperCase(),
    ...(body && { body, headers: { 'content-type': 'text/csv' } }),
  });
  const accepted = /accepted: (.*)\.$/.exec((await response.json()).message)?.[1]?.split(', ') ?? [];
  const described = document.paths[url]?.[method]?.parameters?.filter((one) => one.in === 'query') ?? [];
  expect(described.map(({ name }) => name).sort()).toEqual(accepted.sort());
});

describe('what the service answers is as described:', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  /** What is wrong with a value by the schema of an answer. */
  function faults(url: string, method: string, status: number, value: unknown): unknown {
    const pointer = `openapi#/paths/${url.replaceAll('/', '~1')}/${method}/responses/${status}/content/application~1json/schema`;
    if (!ajv.getSchema('openapi')) ajv.addSchema({ ...document, $id: 'openapi' });
    const validate = ajv.compile({ $ref: pointer });
    validate(value);
    return validate.errors;
  }

  test.each([
    ['rows', '/analytics/interviews?format=json', 200],
    ['rows with nulls', '/analytics/interviews?format=json&nulls=include', 200],
    ['some columns of rows', '/analytics/interviews?format=json&fields=room,duration', 200],
    ['some columns with nulls', '/analytics/interviews?format=json&fields=room,duration&nulls=include', 200],
    ['a summary', '/analytics/interviews/summary', 200],
    ['metrics', '/analytics/interviews/metrics?metrics=slots,feedbackRate&groupBy=week,canceled&format=json', 200],
    [
      'metrics compared',
      '/analytics/interviews/metrics?metrics=slots&last=3-weeks&compareTo=previousYear&format=json',
      200,
    ],
    ['definitions', '/analytics/interviews/metrics/definitions', 200],
    ['a wrong parameter', '/analytics/interviews?format=xml', 400],
    ['health', '/healthz', 200],
    ['readiness', '/readyz', 200],
  ])('%s', async (_what, address, status) => {
    const response = await service.get(address);
    expect(response.status).toBe(status);
    expect(faults(address.split('?')[0] ?? '', 'get', status, await response.json())).toBeNull();
  });

  test.each([
    ['a report', extract({ rows: 20, seed: 3 }), 200],
    ['a refused import', 'interviewId,interviewType\na,LETTER\n', 422],
  ])('%s', async (_what, body, status) => {
    const response = await service.get('/analytics/interviews?dryRun=true&allowMissingColumns=true', {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body,
    });
    expect(response.status).toBe(status);
    expect(faults('/analytics/interviews', 'post', status, await response.json())).toBeNull();
  });

  test('and would not be with another type', () => {
    const row = { content: [{ interviewId: 'a', duration: 'half an hour' }] };
    const places = (faults('/analytics/interviews', 'get', 200, row) as { instancePath: string }[]).map(
      ({ instancePath }) => instancePath,
    );
    expect(places).toContain('/content/0/duration');
  });

  const validators = new Map<string, ValidateFunction>();
  /** What is wrong with a value by one of the named schemas. */
  function faultsOf(name: string, value: unknown): unknown {
    if (!ajv.getSchema('openapi')) ajv.addSchema({ ...document, $id: 'openapi' });
    const validate = validators.get(name) ?? ajv.compile({ $ref: `openapi#/components/schemas/${name}` });
    validators.set(name, validate);
    validate(value);
    return validate.errors;
  }

  test('rows are Row, without null, unless nulls are asked for, and then FullRow, with every key', async () => {
    const rowsOf = async (query: string): Promise<object[]> =>
      (await (await service.get(`/analytics/interviews?${query}`)).json()).content;
    const [rows, full] = [await rowsOf('format=json'), await rowsOf('format=json&nulls=include')];
    expect(faultsOf('Extract', { content: rows })).toBeNull();
    expect(faultsOf('FullExtract', { content: full })).toBeNull();
    expect(faultsOf('Extract', { content: full })).not.toBeNull();
    expect(faultsOf('FullExtract', { content: rows })).not.toBeNull();
    const ndjson = await (await service.get('/analytics/interviews?format=ndjson')).text();
    for (const line of ndjson.trimEnd().split('\n')) expect(faultsOf('FullRow', JSON.parse(line))).toBeNull();
    for (const key of FIELDS.map((field) => field.key)) {
      const fault = faultsOf('Row', { interviewId: 'a', [key]: null });
      expect([key, fault === null]).toEqual([key, false]);
      expect(faultsOf('FullRow', { ...full[0], [key]: null }) === null).toBe(key !== 'interviewId');
    }
    expect(faultsOf('Row', {})).toMatchObject([{ keyword: 'required', params: { missingProperty: 'interviewId' } }]);
  });

  test('an operation may be sent as itself, by its id, or by a hash', () => {
    const body = (document.paths['/graphql']?.post as unknown as { requestBody: { content: Record<string, object> } })
      .requestBody.content['application/json'] as { schema: object };
    const validate = ajv.compile({ ...body.schema, $id: 'operation' });
    for (const operation of [
      { query: '{ viewer { name } }' },
      { documentId: 'abc' },
      { documentId: 'abc', variables: { a: 1 }, operationName: null },
      { extensions: { persistedQuery: { version: 1, sha256Hash: 'abc' } } },
    ])
      expect([operation, validate(operation)]).toEqual([operation, true]);
    for (const operation of [{}, { variables: {} }, { query: 1 }, { documentId: 1 }])
      expect([operation, validate(operation)]).toEqual([operation, false]);
    const required = document.paths['/graphql']?.get?.parameters?.filter((one) => 'required' in one) ?? [];
    expect(required).toEqual([]);
  });

  test('enumerations have names, the same as in GraphQL', () => {
    const { schemas } = document.components as unknown as { schemas: Record<string, { enum?: string[] }> };
    for (const name of ['ApplicationStage', 'ResponseStatus', 'InterviewType']) {
      const values = (graphql.getType(name) as GraphQLEnumType).getValues().map((value) => value.name);
      expect([name, schemas[name]?.enum?.toSorted()]).toEqual([name, values.toSorted()]);
    }
    // And stand nowhere else.
    expect(JSON.stringify(document.paths)).not.toContain('"TENTATIVE"');
    expect(JSON.stringify(document).match(/"TENTATIVE"/g)).toHaveLength(1);
  });
});

test('the examples do what they say, run in a shell', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'interviews-examples-'));
  const lines = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).flatMap(({ 'x-codeSamples': samples = [] }) => samples.map(({ source }) => source)),
  );
  try {
    await writeFile(path.join(folder, 'jobs.csv'), 'jobId,title\n7d444840-9dc0-11d1-b245-5ffdce74fad2,Cook\n');
    await writeFile(
      path.join(folder, 'candidates.csv'),
      'candidateProfileId,firstName\n7d444840-9dc0-11d1-b245-5ffdce74fad2,Ann\n',
    );
    const answers: string[] = [];
    for (const line of lines) {
      const env = { ...process.env, URL: service.url, TOKEN: ADMIN_TOKEN };
      answers.push((await promisify(execFile)('sh', ['-c', line], { cwd: folder, env })).stdout);
    }
    const [saved, report, jobs, candidates, summary, metrics, definitions, odata, graph] = answers.map(
      (answer) => answer && JSON.parse(answer),
    );
    expect([saved, metrics, definitions]).toEqual(['', '', '']);
    // The second sends what the first saved.
    expect(report).toMatchObject({ saved: false, refused: 0 });
    expect(report.unchanged).toBeGreaterThan(0);
    expect([jobs.jobs.inserted, candidates.candidates.inserted]).toEqual([1, 1]);
    expect(summary.rows).toBeLessThan(summary.dataset.rows);
    expect(odata.value).toHaveLength(5);
    expect(graph.data.interviews.nodes).toHaveLength(3);
  } finally {
    await rm(folder, { recursive: true });
  }
});

describe('/docs', () => {
  test('begins with an overview whose every link leads somewhere, has the examples, the objects in objects, and units', async () => {
    const html = await (await fetch(`${service.url}/docs`)).text();
    const links = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(20);
    for (const id of links) expect(html).toContain(`id="${id}"`);
    for (const [url, methods] of Object.entries(document.paths))
      for (const method of Object.keys(methods))
        expect(html).toContain(`">${method.toUpperCase()} <code>${url}</code></a>`);
    expect(html).toContain('curl -f -H &#34;X-SmartToken: $TOKEN&#34;');
    for (const field of ['dataset.importedAt', 'errors[].code', 'interviews.inserted'])
      expect(html).toContain(`<code>${field}</code>`);
    expect(html).toContain('Hours from the end of the time slot to the review.');
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('shows every route, parameter, field and error code', async () => {
    const html = await (await fetch(`${service.url}/docs`)).text();
    const operations = Object.entries(document.paths).flatMap(([url, methods]) =>
      Object.entries(methods).map(([method, { parameters = [] }]) => ({ url, method, parameters })),
    );
    for (const { url, method, parameters } of operations) {
      expect(html).toContain(`<span class="method">${method.toUpperCase()}</span> <code>${url}</code>`);
      for (const { name } of parameters) expect(html).toContain(`<code>${name}</code>`);
    }
    for (const { key, label } of FIELDS) {
      expect(html).toContain(`<code>${key}</code>`);
      expect(html).toContain(label);
    }
    for (const code of ['EXPORTS_BUSY', 'INVALID_EXTRACT', 'RATE_LIMITED']) expect(html).toContain(code);
  });
});
