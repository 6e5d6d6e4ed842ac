/** Which caller gets what at each route. */
import {
  CANDIDATES_PATH,
  ERASURES_PATH,
  EXTRACT_PATH,
  FILES_PATH,
  GRAPHIQL_FILES_PATH,
  GRAPHQL_PATH,
  JOBS_PATH,
  METRICS_PATH,
  ODATA_PATH,
  REVOKE_PATH,
  ROTATE_PATH,
  SUMMARY_PATH,
  TOKENS_PATH,
} from '../../../src/domain/paths.ts';
import { PAGE_FILES } from '../../../src/pages/files.ts';
import { GRAPHIQL_FILES } from '../../../src/pages/graphiql/files.ts';
import type { Json } from '../graphql.ts';
import type { Service } from '../service.ts';
import { CALLERS, type Caller, countsIn, EXTRACT, IDS, type Signs, shownIn, type Tokens } from './callers.ts';

/** A request that shows who may make it. */
interface Sample {
  /** What follows the path. */
  readonly rest?: string;
  readonly type?: string;
  readonly body?: string | ((caller: Caller) => string);
  readonly signs?: Signs;
}

const json = (body: object): Sample => ({ type: 'application/json', body: JSON.stringify(body) });
const csv = (body: string): Sample => ({ rest: '?dryRun=true', type: 'text/csv', body });
/** An id that no row has. */
const NOBODY = 'cccccccc-0000-4000-8000-000000000009';
const LIST = '{ appointments { nodes { row { interviewId } } } }';

/** A route without one of its own is asked as it is. */
const SAMPLES: Readonly<Record<string, Sample>> = {
  [`GET ${METRICS_PATH}`]: { rest: '?metrics=appointments&groupBy=job&format=json' },
  [`GET ${SUMMARY_PATH}`]: { signs: countsIn('rows') },
  [`GET ${ODATA_PATH}/MetricsByWeek`]: { signs: countsIn('appointments') },
  [`GET ${GRAPHQL_PATH}`]: { rest: `?query=${encodeURIComponent(LIST)}` },
  [`POST ${GRAPHQL_PATH}`]: json({ query: LIST }),
  [`POST ${EXTRACT_PATH}`]: csv(EXTRACT),
  [`POST ${JOBS_PATH}`]: csv(`jobId,title\n${NOBODY},a title\n`),
  [`POST ${CANDIDATES_PATH}`]: csv(`candidateProfileId,firstName\n${NOBODY},a name\n`),
  [`POST ${ERASURES_PATH}`]: json({ candidates: [NOBODY], dryRun: true }),
  [`POST ${TOKENS_PATH}`]: {
    type: 'application/json',
    body: (caller) => JSON.stringify({ name: `made with ${caller}`, scopes: ['read'] }),
  },
  [`POST ${ROTATE_PATH}`]: json({ name: 'restricted' }),
  [`POST ${REVOKE_PATH}`]: json({ name: 'writer' }),
};

/** Those that end a token of the callers, after all others. */
const isLast = (route: string): boolean => /\/(rotate|revoke)$/.test(route);

/** The routes of the description, with what there is below OData's path, and the files of the pages. */
async function routesOf(service: Service, admin: string): Promise<string[]> {
  const [document, odata] = await Promise.all([
    fetch(`${service.url}/openapi.json`).then((response) => response.json()),
    fetch(`${service.url}${ODATA_PATH}/`, { headers: { 'x-smarttoken': admin } }).then((response) => response.json()),
  ]);
  const sets = [...odata.value.map(({ name }: Json) => name), '$metadata'];
  const described = Object.entries<Json>(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).flatMap((method) =>
      (path.endsWith('{resource}') ? sets.map((set) => path.replace('{resource}', set)) : [path]).map(
        (url) => `${method.toUpperCase()} ${url}`,
      ),
    ),
  );
  return [...described.filter((route) => !isLast(route)), ...described.filter(isLast)];
}

async function ask(service: Service, route: string, sample: Sample, caller: Caller, token: string) {
  const [method = '', path = ''] = route.split(' ');
  const { rest = '', type, body } = sample;
  const response = await fetch(service.url + path + rest, {
    method,
    headers: { ...(token !== '' && { 'x-smarttoken': token }), ...(type !== undefined && { 'content-type': type }) },
    ...(body !== undefined && { body: typeof body === 'string' ? body : body(caller) }),
  });
  return { status: response.status, text: await response.text() };
}

/** Returns a line for each route: what each caller gets there. */
export async function accessToRoutes(service: Service, tokens: Tokens): Promise<string[][]> {
  const lines: string[][] = [];
  for (const route of await routesOf(service, tokens.admin)) {
    const sample = SAMPLES[route] ?? {};
    const answers = new Map<Caller, { status: number; text: string }>();
    // An administrator's goes last: it may change what the others would find.
    for (const caller of [...CALLERS.filter((one) => one !== 'admin'), 'admin'] as const)
      answers.set(caller, await ask(service, route, sample, caller, tokens[caller]));
    const whole = answers.get('admin')?.text ?? '';
    const cells = CALLERS.map((caller) => {
      const { status, text } = answers.get(caller) ?? { status: 0, text: '' };
      if (status === 401 || status === 403) return String(status);
      if (status < 200 || status >= 500) throw new Error(`${route}, ${caller}: ${status} ${text.slice(0, 500)}`);
      return shownIn(text, whole, sample.signs ?? IDS);
    });
    lines.push([`\`${route}\``, ...cells]);
  }
  return [...lines, ...(await accessToFiles(service))];
}

/** The files of the pages have no names that anybody should know: a line for each folder. */
async function accessToFiles(service: Service): Promise<string[][]> {
  const lines: string[][] = [];
  for (const [folder, files] of [
    [FILES_PATH, PAGE_FILES],
    [GRAPHIQL_FILES_PATH, GRAPHIQL_FILES],
  ] as const) {
    for (const { name } of files) {
      const response = await fetch(`${service.url}${folder}/${name}`, { method: 'HEAD' });
      if (response.status !== 200) throw new Error(`${folder}/${name}: ${response.status}`);
    }
    lines.push([`\`GET ${folder}/…\``, ...CALLERS.map(() => 'yes')]);
  }
  return lines;
}
