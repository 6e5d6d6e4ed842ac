/** What the documents say of the program, compared with the program. */
import { parseEnv } from 'node:util';
import { fastify } from 'fastify';
import { type GraphQLInputObjectType, isInputObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { MAX_LOADED_CHARACTERS } from '../../src/db/connection/errors/result-size.ts';
import { maxConnections } from '../../src/db/connection/open.ts';
import { exportConnections } from '../../src/domain/configuration/export-limits.ts';
import { FAILURES } from '../../src/domain/errors.ts';
import { FIELDS, type Field, type FieldKind, type Subject } from '../../src/domain/fields.ts';
import type { ChangeCounts } from '../../src/domain/import/import-session.ts';
import { MAX_COLUMNS, MAX_RECORD_BYTES, MAX_VALUE_BYTES } from '../../src/domain/import/record-limits.ts';
import type { Removals } from '../../src/domain/import/removals.ts';
import { MAX_GROUP_CONDITIONS } from '../../src/domain/metrics/request.ts';
import { OPTIONAL_COLUMNS } from '../../src/domain/optional-columns.ts';
import { FILTERS } from '../../src/extract/filters.ts';
import { FORMATS } from '../../src/extract/formats.ts';
import { METRICS_PARAMETERS } from '../../src/extract/metrics/request.ts';
import { DIMENSION_WORDS } from '../../src/extract/metrics/words.ts';
import { EXTRACT_PARAMETERS } from '../../src/extract/request.ts';
import * as costs from '../../src/graphql/costs.ts';
import * as limits from '../../src/graphql/limits.ts';
import { schema } from '../../src/graphql/schema.ts';
import { allowOrigins } from '../../src/http/cors.ts';
import type { Finding, ImportReport, NamesReport } from '../../src/ingest/import/report.ts';
import { IMPORT_PARAMETER_OBJECTS } from '../../src/rest/openapi/parameters.ts';
import { SETTINGS } from '../../src/settings.ts';
import { blocksOf, codesIn, readDocument, sectionOf, sourceFiles, tableRows } from '../kit/documents.ts';

/** How docs/contract.md names a field's kind; enumerations list their words. */
const TYPES: Record<Exclude<FieldKind, 'enumeration'>, string> = {
  identifier: 'text of 1 to 255 characters',
  uuid: 'UUID',
  text: 'text',
  boolean: 'boolean',
  integer: 'integer',
  number: 'number',
  utc: 'date and time, UTC',
  local: 'date and time, local',
  zone: 'time zone',
};

const SUBJECTS: Record<Subject, string> = {
  interview: 'interview',
  timeSlot: 'time slot',
  creator: 'creator',
  interviewer: 'interviewer',
  appointment: 'appointment',
};

function typeWords({ kind, values = [] }: Field): string {
  return kind === 'enumeration' ? values.map((value) => `\`${value}\``).join(', ') : TYPES[kind];
}

/** The keys of a type: the compiler asks for each that is missing here, and refuses others. */
type KeysOf<T> = Record<keyof T, true>;

const CHANGE_KEYS: KeysOf<ChangeCounts> = {
  inserted: true,
  updated: true,
  unchanged: true,
  removed: true,
  refused: true,
};
const FINDING_KEYS: KeysOf<Finding> = { file: true, line: true, column: true, value: true, reason: true, count: true };
const REMOVALS_KEYS: KeysOf<Removals> = {
  stored: true,
  removed: true,
  moved: true,
  incomplete: true,
  incompleteCount: true,
};
const NAMES_KEYS: KeysOf<NamesReport> = {
  read: true,
  inserted: true,
  updated: true,
  unchanged: true,
  duplicates: true,
  erased: true,
  expired: true,
  refused: true,
  warned: true,
  refusedRows: true,
  warnings: true,
};
const REPORT_KEYS: KeysOf<ImportReport> = {
  ...NAMES_KEYS,
  saved: true,
  errors: true,
  unreadable: true,
  removed: true,
  moved: true,
  interviews: true,
  sampleRemoved: true,
  asOf: true,
  knownAt: true,
  seconds: true,
  jobs: true,
  candidates: true,
  removalsRefused: true,
};

/** The numbers in a text, which may have commas between thousands. */
const numbersIn = (text: string): number[] =>
  Array.from(text.matchAll(/\d[\d,]*/g), ([number]) => Number(number.replaceAll(',', '')));

describe('docs/contract.md', () => {
  const contract = readDocument('docs/contract.md');

  test('names the personal fields as the program has them', () => {
    const personal = FIELDS.filter((field: Field) => field.personal).map(({ key }) => key);
    expect(codesIn(sectionOf(contract, 'Personal fields'))).toEqual([...personal, 'personal', 'admin', 'room']);
  });

  test('lists the 30 fields as the program has them', () => {
    expect(tableRows(sectionOf(contract, 'One row'))).toEqual(
      FIELDS.map((field: Field, index) => [
        String(index + 1),
        `\`${field.key}\``,
        field.label,
        typeWords(field),
        SUBJECTS[field.subject],
      ]),
    );
  });

  test('lists the optional columns as the program has them', () => {
    const kinds = { text: 'text', instant: 'instant', uuid: 'UUID' };
    const section = sectionOf(contract, 'Optional columns');
    expect(tableRows(section).map((row) => row.slice(0, 3))).toEqual(
      OPTIONAL_COLUMNS.map(({ key, label, kind }) => [`\`${key}\``, label, kinds[kind]]),
    );
    const personal = OPTIONAL_COLUMNS.filter((column) => column.personal).map(({ key }) => `\`${key}\``);
    expect(section).toContain(`${personal.join(' and ')} are [personal]`);
  });

  test('lists every error code with its status, and no other', () => {
    const listed = tableRows(sectionOf(contract, 'Errors')).flatMap(([status, codes = '']) =>
      codesIn(codes).map((code) => [code, Number(status)]),
    );
    expect(listed.sort()).toEqual(
      Object.entries(FAILURES)
        .map(([code, { status }]) => [code, status])
        .sort(),
    );
  });

  test('lists the parameters of an export, and no other', () => {
    const named = tableRows(sectionOf(contract, 'Request'))
      .flatMap(([cell = '']) => codesIn(cell))
      // `format=csv`, `json` is one parameter and its values.
      .map((code) => code.split('=')[0] ?? '')
      .filter((name) => /^[a-z]/.test(name) && !['json', 'ndjson', 'xlsx', 'labels', 'omit'].includes(name));
    expect(named.sort()).toEqual([...EXTRACT_PARAMETERS].sort());
  });

  test('has every parameter of metrics', () => {
    const section = sectionOf(contract, 'Metrics');
    const own = METRICS_PARAMETERS.filter((name) => !FILTERS.includes(name));
    expect(own.filter((name) => !new RegExp(`\`${name}[=\`]`).test(section))).toEqual([]);
    const groupBy = tableRows(section).find(([cell = '']) => cell.startsWith('`groupBy'))?.[1] ?? '';
    expect(codesIn(groupBy).sort()).toEqual(Object.keys(DIMENSION_WORDS).sort());
  });

  test('lists the parameters of an import over HTTP, and no other', () => {
    const named = tableRows(sectionOf(contract, 'Import over HTTP')).flatMap(([cell = '']) => codesIn(cell));
    expect(named.sort()).toEqual(IMPORT_PARAMETER_OBJECTS.map(({ name }) => name).sort());
  });

  test('names every format and its media type', () => {
    const row = tableRows(sectionOf(contract, 'Request')).find(([cell = '']) => cell.startsWith('`format='));
    const named = codesIn(row?.[0] ?? '').map((code) => code.replace('format=', ''));
    expect(named.sort()).toEqual(FORMATS.map(({ name }) => name).sort());
    const response = sectionOf(contract, 'Response');
    for (const { mediaType } of FORMATS) expect(response).toContain(mediaType);
  });

  test('lists the keys of the report of an import, and no other', () => {
    const rows = tableRows(sectionOf(contract, 'Report'));
    expect(rows.flatMap(([cell = '']) => codesIn(cell)).sort()).toEqual(
      [...Object.keys(REPORT_KEYS), 'refusedFiles', 'message', 'refusedCsv'].sort(),
    );
    const within = (key: string) => codesIn(rows.find(([cell = '']) => codesIn(cell).includes(key))?.[1] ?? '').sort();
    expect(within('interviews')).toEqual(Object.keys(CHANGE_KEYS).sort());
    expect(within('jobs')).toEqual(Object.keys(NAMES_KEYS).sort());
    expect(within('removalsRefused')).toEqual(
      [...Object.keys(REMOVALS_KEYS), 'interviewId', 'reason', 'removed'].sort(),
    );
    expect(within('refusedRows')).toEqual(Object.keys(FINDING_KEYS).sort());
  });

  test('has the limits of an import', () => {
    const numbers = tableRows(sectionOf(contract, 'Limits')).flatMap(([, maximum = '']) => numbersIn(maximum));
    for (const limit of [MAX_COLUMNS, MAX_VALUE_BYTES, MAX_RECORD_BYTES]) expect(numbers).toContain(limit);
  });

  describe('lists every response header', () => {
    const rows = tableRows(sectionOf(contract, 'Headers'));
    const namesIn = (part: string[][]) =>
      part.flatMap(([cell = '']) => codesIn(cell)).map((name) => name.toLowerCase());

    test('that scripts of other origins may read, and marks no other as such', async () => {
      const app = fastify();
      allowOrigins(app, ['*']);
      app.get('/', async () => '');
      const { headers } = await app.inject({ url: '/', headers: { origin: 'https://app.example.org' } });
      const exposed = String(headers['access-control-expose-headers']).toLowerCase().split(', ');
      expect(namesIn(rows.filter(([, mark]) => mark === 'exposed')).sort()).toEqual(exposed.sort());
    });

    test('that the program sets, and no other', async () => {
      const folders = ['domain', 'http', 'rest', 'graphql', 'pages'];
      const sources = (await Promise.all(folders.map((folder) => sourceFiles(folder)))).flat();
      const set = sources.flatMap((text) => [
        ...Array.from(text.matchAll(/\.header\('([a-z-]+)'/g), ([, name = '']) => name),
        // The keys of objects of headers.
        ...Array.from(text.matchAll(/^\s+'([a-z]+(?:-[a-z]+)+)': /gm), ([, name = '']) => name),
        ...Array.from(text.matchAll(/'(retry-after)': /g), ([, name = '']) => name),
      ]);
      expect(namesIn(rows).sort()).toEqual([...new Set(set)].sort());
    });
  });
});

test('docs/configuration.md lists every environment variable with its default and its meaning, and no other', () => {
  const byName = ([one = '']: string[], [other = '']: string[]) => one.localeCompare(other, 'en');
  const rows = Object.entries(SETTINGS).map(([name, setting]) => [
    `\`${name}\``,
    setting.default === '' ? '' : `\`${setting.default}\``,
    setting.description,
  ]);
  expect(tableRows(readDocument('docs/configuration.md')).sort(byName)).toEqual(rows.sort(byName));
});

test('.env.example has every environment variable, in the order of the program', () => {
  const names = Array.from(readDocument('.env.example').matchAll(/^#?([A-Z_]+)=(.*)$/gm), ([, name, value]) => [
    name,
    value,
  ]);
  expect(names).toEqual(Object.entries(SETTINGS).map(([name, setting]) => [name, setting.default]));
});

test.each(['docs/recipes.md', 'docs/graphql.md'])('the lines for .env in %s are accepted by the program', (name) => {
  const settings = parseEnv(blocksOf(readDocument(name), 'dotenv')[0] ?? '') as Record<string, string>;
  expect(Object.keys(settings).length).toBeGreaterThan(1);
  for (const setting of Object.keys(settings)) expect(Object.keys(SETTINGS)).toContain(setting);
  expect(readConfig(settings).identityProvider).toMatchObject({ issuer: settings.JWT_ISSUER });
});

describe('docs/graphql.md', () => {
  const guide = readDocument('docs/graphql.md');
  const prose = guide.replace(/\s+/g, ' ');

  test('has every limit of the program', () => {
    const { DEFAULT_PAGE_SIZE, ...others } = limits;
    const { MAX_ERRORS, MAX_MESSAGE_CHARACTERS, MAX_ERROR_LOCATIONS, ...more } = others;
    const { REQUEST_POINTS, DOCUMENT_POINTS, MIN_OPERATIONS_IN_BUCKET, MAX_WAITING_OPERATIONS, ...tabulated } = more;
    const maximums = ['Limits', 'Sizes']
      .flatMap((heading) => tableRows(sectionOf(guide, heading)))
      .flatMap(([, maximum = '']) => numbersIn(maximum));
    const elsewhere = [MAX_GROUP_CONDITIONS, MAX_LOADED_CHARACTERS];
    expect(maximums.sort()).toEqual([...Object.values(tabulated), ...elsewhere].sort());
    expect(prose).toContain(`with ${DEFAULT_PAGE_SIZE} nodes by default and at most ${limits.MAX_PAGE_SIZE}.`);
    const number = (of: number | string) => Number(of).toLocaleString('en');
    const { RATE_LIMIT_POINTS, RATE_LIMIT_POINTS_PER_SECOND, RATE_LIMIT_GRAPHQL_CONCURRENT } = SETTINGS;
    for (const sentence of [
      `a bucket of ${number(RATE_LIMIT_POINTS.default)} points, to which ${number(RATE_LIMIT_POINTS_PER_SECOND.default)} come back per second`,
      `at least ${REQUEST_POINTS}, and a document that the instance has not validated yet takes ${number(DOCUMENT_POINTS)} more.`,
      `${['', 'one', 'two', 'three', 'four'][MIN_OPERATIONS_IN_BUCKET]} operations of the greatest cost always fit into a full bucket.`,
      `A token may have ${RATE_LIMIT_GRAPHQL_CONCURRENT.default} requests in progress on an instance`,
      `and cost at most ${number(limits.MAX_COST)} together, or one of them.`,
      `At most ${number(MAX_WAITING_OPERATIONS)} operations wait`,
    ])
      expect(prose).toContain(sentence);
    expect(prose).toContain(
      `**At most ${MAX_ERRORS} errors** are listed, with messages of at most ${MAX_MESSAGE_CHARACTERS.toLocaleString('en')} characters and at most ${MAX_ERROR_LOCATIONS} locations`,
    );
  });

  test('has every price of the program', () => {
    const { ASSUMED_LIST_SIZE, ASSUMED_TYPE_COUNT, ...prices } = costs;
    const told = tableRows(sectionOf(guide, 'Cost')).flatMap(([, cost = '']) => numbersIn(cost));
    expect(told.sort()).toEqual(Object.values(prices).sort());
    expect(prose).toContain(`and ${ASSUMED_LIST_SIZE} for lists without pagination;`);
    expect(prose).toContain(`the types of the schema count as ${ASSUMED_TYPE_COUNT}.`);
  });

  test('names every operator of a filter, and no other', () => {
    const operators = Object.values(schema.getTypeMap())
      .filter((type) => isInputObjectType(type) && /Filter$/.test(type.name))
      .flatMap((type) => Object.keys((type as GraphQLInputObjectType).getFields()));
    const named = tableRows(sectionOf(guide, 'Filters')).flatMap(([cell = '']) => codesIn(cell));
    expect(named.sort()).toEqual([...new Set(operators)].sort());
  });

  test('lists every error code that the contract doesn’t, and no other', async () => {
    const sources = await sourceFiles('graphql');
    const codes = sources.flatMap((text) =>
      Array.from(text.matchAll(/(?:code: |withCode\(\w+, )'([A-Z_]+)'/g), ([, code = '']) => code),
    );
    const own = new Set(codes.filter((code) => !Object.hasOwn(FAILURES, code)));
    const listed = tableRows(sectionOf(guide, 'Errors')).flatMap(([cell = '']) => codesIn(cell));
    expect(listed.sort()).toEqual([...own, 'PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_ONLY'].sort());
  });
});

test('docs/operations.md has the number of connections that an instance opens', () => {
  const operations = readDocument('docs/operations.md').replace(/\s+/g, ' ');
  const opened = (atOnce: number) => maxConnections({ maxExports: exportConnections({ maxConcurrent: atOnce }) });
  const most = opened(Number(SETTINGS.EXPORTS_AT_ONCE.default));
  const forEach = opened(1) - opened(0);
  expect(operations).toContain(
    `An instance opens at most ${opened(0)} to the database, and ${forEach} for each of \`EXPORTS_AT_ONCE\`: ${most}.`,
  );
  const [, pooled] = /`default_pool_size` \(20\): (\d+) is enough for an instance\./.exec(operations) ?? [];
  expect(Number(pooled)).toBe(most);
});
