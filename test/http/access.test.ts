/**
 * docs/access.md, made by asking a running service with a token of each kind, so that it can't say what isn't so.
 * `npx vitest run --project database test/http/access.test.ts -u` writes it anew.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FIELDS, type Field } from '../../src/domain/fields.ts';
import { OPTIONAL_COLUMNS } from '../../src/domain/optional-columns.ts';
import { EXTRACT_PATH } from '../../src/domain/paths.ts';
import { CALLERS, prepare, type Tokens } from '../kit/access/callers.ts';
import { emptiedColumns } from '../kit/access/columns.ts';
import { accessToQueries, guardedFields } from '../kit/access/graphql.ts';
import { accessToRoutes } from '../kit/access/routes.ts';
import { type Service, startService } from '../kit/service.ts';

/** A link to another page of docs/. */
const page = (name: string, text = `${name}.md`, anchor = ''): string => `[${text}](${name}.md${anchor})`;

const INTRODUCTION = `# Who gets what

Found out by asking a running service, with a token of each kind: \`test/http/access.test.ts\` makes this page, and fails where it is out of
date. ${page('tokens')} explains scopes and restrictions; tokens of an identity provider are treated alike.

| Cell | Meaning |
|---|---|
| 401, 403 | refused: without a token that is valid, or for want of a scope |
| yes | answered, or done |
| all rows, own rows | answered from all rows, or as if only those of the token's department were stored |
| personal fields empty | the ${page('contract', 'personal fields', '#personal-fields')} of these rows are null |

The last column is a token with the scopes \`read\` and \`personal\` that is restricted to a department; one that is restricted to jobs is
treated alike. A token with the scope \`personal\` alone is refused like one with \`write\`, and may not import either.
`;

const ROUTES = `
## Routes

With \`METRICS_PORT\`, \`GET /metrics\` of that port needs a token of \`METRICS_TOKEN\`, if there is one, and takes no other.
`;

const QUERIES = `
## Query fields of GraphQL
`;

const PERSONAL = `
## What needs a scope besides \`read\`

In the rows of REST and OData it is null without that scope; in GraphQL an operation that asks for it is refused as a whole. Filters, orders and
groups by it are refused in both.
`;

const codes = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const rows = [head, head.map(() => '---'), ...lines];
  return `\n${rows.map((cells) => (cells[0] === '---' ? `|${cells.join('|')}|` : `| ${cells.join(' | ')} |`)).join('\n')}\n`;
}

const COLUMNS = CALLERS.map((caller) =>
  caller === '' ? 'no token' : caller.replace(/\w+/g, (word) => (word === 'restricted' ? word : `\`${word}\``)),
);

let service: Service;
let tokens: Tokens;
beforeAll(async () => {
  service = await startService();
  tokens = await prepare(service);
});
afterAll(() => service?.stop());

test('docs/access.md says who gets what of every route, query field and personal field', async () => {
  const [queries, guarded] = [await accessToQueries(service, tokens), await guardedFields(service, tokens)];
  const emptied = await emptiedColumns(service, tokens);
  // What the program marks as personal, and what is refused or left out, is the same.
  const personal = [...FIELDS, ...OPTIONAL_COLUMNS].filter(
    (one: Field | (typeof OPTIONAL_COLUMNS)[number]) => one.personal,
  );
  expect([...(emptied[EXTRACT_PATH] ?? [])].sort()).toEqual(personal.map(({ key }) => key).sort());
  const types = [...new Set(guarded.map(({ type }) => type))].sort();
  const scoped = types.flatMap((type) =>
    ['personal', 'admin'].flatMap((scope) => {
      const fields = guarded.filter((one) => one.type === type && one.scope === scope);
      if (fields.length === 0) return [];
      const names = fields.flatMap(({ field }) => field ?? []);
      return [[`GraphQL \`${type}\``, names.length === 0 ? 'all' : codes(names), `\`${scope}\``]];
    }),
  );
  const columns = Object.entries(emptied)
    .filter(([, keys]) => keys.length > 0)
    .map(([path, keys]) => [`\`${path}\``, codes(keys), '`personal`']);
  const routes = await accessToRoutes(service, tokens);
  const text = [
    INTRODUCTION,
    ROUTES,
    table(['Route', ...COLUMNS], routes),
    QUERIES,
    table(['Field', ...COLUMNS], queries),
    PERSONAL,
    table(['Of', 'Fields', 'Scope'], [...columns, ...scoped]),
  ].join('');
  await expect(text).toMatchFileSnapshot('../../docs/access.md');
}, 120_000);

test('a token with the scope personal alone reads nothing, and does nothing', async () => {
  const { token } = await (
    await service.get('/admin/tokens', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name": "personal alone", "scopes": ["personal"]}',
    })
  ).json();
  const headers = { 'x-smarttoken': token };
  const paths = [
    EXTRACT_PATH,
    `${EXTRACT_PATH}/summary`,
    '/odata/v4/Interviews',
    '/graphql?query={viewer{name}}',
    '/admin/tokens',
  ];
  for (const path of paths) expect([path, (await service.get(path, { headers })).status]).toEqual([path, 403]);
  const body = { method: 'POST', headers: { ...headers, 'content-type': 'text/csv' }, body: 'interviewId\n' };
  expect((await service.get(EXTRACT_PATH, body)).status).toBe(403);
});
