/** What a token may see through GraphQL and the route: one rule, tried on everything that the schema has. */
import {
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { FIELD_INDEX, FIELDS, type Field } from '../../src/domain/fields.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { schema } from '../../src/graphql/schema.ts';
import { toCsv } from '../kit/canonical.ts';
import { nextOf } from '../kit/download.ts';
import { type Answer, ask } from '../kit/graphql.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

const PERSONAL_FIELDS = FIELDS.filter((field: Field) => field.personal).map(({ key }) => key);

/**
 * Everything personal in the schema. A new element whose name or meaning is personal has to be put here and marked in the program; one that is
 * marked there and isn't here fails, and so the other way round.
 */
const PERSONAL_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  Appointment: ['review', 'rating', 'interviewerName'],
  ExtractRow: PERSONAL_FIELDS,
  Interview: ['location'],
  TimeSlot: ['room'],
  Interviewer: ['firstName', 'lastName', 'name'],
  Candidate: ['firstName', 'lastName', 'name'],
  AppointmentWhere: ['review', 'rating', 'interviewerName'],
  ExtractRowWhere: PERSONAL_FIELDS,
  InterviewWhere: ['location'],
  TimeSlotWhere: ['room'],
  InterviewerWhere: ['firstName', 'lastName', 'name'],
  CandidateWhere: ['firstName', 'lastName', 'name'],
  InterviewOrderField: ['CANDIDATE_LAST_NAME', 'CANDIDATE_FIRST_NAME'],
  TimeSlotOrderField: ['ROOM'],
  InterviewerOrderField: ['LAST_NAME', 'FIRST_NAME'],
  CandidateOrderField: ['LAST_NAME', 'FIRST_NAME'],
  MetricValues: ['rating'],
  MetricKey: ['location', 'room'],
  MetricName: ['RATING_MEAN'],
  MetricDimension: ['LOCATION', 'ROOM'],
};

/** What needs the scope admin, and what can only be reached through it. */
const isAdministrative = (type: string, name: string): boolean =>
  type === 'Import' ||
  /^AuditEntry/.test(type) ||
  (type === 'Dataset' && name === 'imports') ||
  (type === 'Query' && name === 'audit');

const isPersonal = (type: string, name: string): boolean => PERSONAL_ATTRIBUTES[type]?.includes(name) ?? false;

let service: Service;
let reader: string;
let extract: string;

beforeAll(async () => {
  service = await startService();
  extract = [...generateExtract({ rows: 60, seed: 5 })].join('');
  await service.import(extract);
  reader = await createToken(service.db.prisma, 'reader', ['read']);
});
afterAll(() => service?.stop());

const asReader = (query: string, variables = {}): Promise<Answer> =>
  ask(service, query, variables, { 'x-smarttoken': reader });

/** A field that leads to things of a type, as an operation with a selection in it. */
function operationOn(type: string, selection: string): string {
  const roots: Record<string, string> = {
    Appointment: `{ appointments(first: 1) { nodes { ${selection} } } }`,
    ExtractRow: `{ appointments(first: 1) { nodes { row { ${selection} } } } }`,
    Interview: `{ interviews(first: 1) { nodes { ${selection} } } }`,
    TimeSlot: `{ interviews(first: 1) { nodes { timeSlots { ${selection} } } } }`,
    Interviewer: `{ interviewers(first: 1) { nodes { ${selection} } } }`,
    Candidate: `{ candidates(first: 1) { nodes { ${selection} } } }`,
    Job: `{ jobs(first: 1) { nodes { ${selection} } } }`,
    Application: `{ applications(first: 1) { nodes { ${selection} } } }`,
    PageInfo: `{ interviews(first: 1) { pageInfo { ${selection} } } }`,
    Dataset: `{ dataset { ${selection} } }`,
    Import: `{ dataset { imports { ${selection} } } }`,
    Viewer: `{ viewer { ${selection} } }`,
    RateBudget: `{ viewer { rateBudget { ${selection} } } }`,
    Metrics: `{ metrics(groupBy: [JOB]) { ${selection} } }`,
    MetricGroup: `{ metrics(groupBy: [JOB]) { groups { ${selection} } } }`,
    MetricKey: `{ metrics(groupBy: [JOB]) { groups { key { ${selection} } } } }`,
    MetricValues: `{ metrics { total { ${selection} } } }`,
    MetricDefinition: `{ metricDefinitions { ${selection} } }`,
    Period: `{ metrics(period: { from: "2026-01-01" }) { period { ${selection} } } }`,
    Rate: `{ metrics { total { feedback { ${selection} } } } }`,
    Statistics: `{ metrics { total { panelSize { ${selection} } } } }`,
    FeedbackTime: `{ metrics { total { timeToFeedback { ${selection} } } } }`,
    FeedbackBacklog: `{ metrics { total { feedbackBacklog { ${selection} } } } }`,
    InterviewerLoad: `{ metrics { total { interviewerLoad { ${selection} } } } }`,
    AuditEntry: `{ audit(first: 1) { nodes { ${selection} } } }`,
    AuditEntryEdge: `{ audit(first: 1) { edges { ${selection} } } }`,
    AuditEntryConnection: `{ audit(first: 1) { ${selection} } }`,
    Query: `{ ${selection} }`,
  };
  if (roots[type]) return roots[type];
  // Time slots have no list of their own.
  if (/^TimeSlot(Connection|Edge)$/.test(type))
    return operationOn(
      'Job',
      `timeSlots(first: 1) { ${type === 'TimeSlotEdge' ? `edges { ${selection} }` : selection} }`,
    );
  const connection = /^(\w+)Connection$/.exec(type)?.[1];
  const edge = /^(\w+)Edge$/.exec(type)?.[1];
  const plural = (name: string) => `${name[0]?.toLowerCase()}${name.slice(1)}s`;
  if (connection) return `{ ${plural(connection)}(first: 1) { ${selection} } }`;
  if (edge) return `{ ${plural(edge)}(first: 1) { edges { ${selection} } } }`;
  throw new Error(`the test knows no way to ${type}; give it one`);
}

/** A value that an input takes, as GraphQL text. */
function sampleOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return sampleOf(type.ofType);
  if (isListType(type)) return `[${sampleOf(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) && field.defaultValue === undefined,
    );
    return `{ ${needed.map((field) => `${field.name}: ${sampleOf(field.type)}`).join(', ')} }`;
  }
  return (
    {
      Int: '1',
      Float: '1',
      Boolean: 'true',
      UUID: '"3f2504e0-4f89-41d3-9a0c-0305e82c3301"',
      DateTime: '"2026-01-01T00:00:00Z"',
      LocalDate: '"2026-01-01"',
      LocalDateTime: '"2026-01-01T00:00:00"',
      ID: '"SW50ZXJ2aWV3Ong="',
    }[type.name] ?? '"x"'
  );
}

const argumentsOf = (args: readonly { name: string; type: GraphQLInputType }[]): string => {
  const needed = args.filter(({ type }) => isNonNullType(type));
  return needed.length === 0 ? '' : `(${needed.map(({ name, type }) => `${name}: ${sampleOf(type)}`).join(', ')})`;
};

const isForbidden = ({ errors }: Answer): boolean =>
  errors?.some(({ extensions }) => extensions.code === 'FORBIDDEN') ?? false;

describe('a token with the scope read alone', () => {
  const fields = Object.values(schema.getTypeMap())
    .filter(
      (type) => (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__') && type.name !== 'Node',
    )
    .flatMap((type) =>
      Object.values('getFields' in type ? type.getFields() : {}).map(
        (field) => [type.name, field.name, field] as const,
      ),
    );

  test.each(
    fields,
  )('%s.%s is answered, or refused where it is personal or administrative', async (type, name, field) => {
    const isRefused = isPersonal(type, name) || isAdministrative(type, name);
    const args = 'args' in field ? argumentsOf(field.args) : '';
    const inner =
      isObjectType(getNamedType(field.type)) || isInterfaceType(getNamedType(field.type)) ? ' { __typename }' : '';
    const answer = await asReader(operationOn(type, `${name}${args}${inner}`));
    expect(isForbidden(answer), JSON.stringify(answer)).toBe(isRefused);
    if (isRefused) expect(answer.data ?? null).toBeNull();
    else expect(answer.errors).toBeUndefined();
  });

  const wheres = Object.values(schema.getTypeMap())
    .filter(isInputObjectType)
    .filter(({ name }) => name.endsWith('Where'))
    .flatMap((type) => Object.values(type.getFields()).map((field) => [type.name, field.name, field.type] as const));

  test.each(
    wheres,
  )('%s.%s filters, or is refused where it is personal, written out and in a variable', async (type, name, input) => {
    const of = type.replace(/Where$/, '');
    const list = { TimeSlot: 'interviews', ExtractRow: 'appointments' }[of] ?? `${of[0]?.toLowerCase()}${of.slice(1)}s`;
    const [before, after] = { TimeSlot: ['{ timeSlots: { some: ', ' } }'], ExtractRow: ['{ row: ', ' }'] }[of] ?? [
      '',
      '',
    ];
    const filter = `{ ${name}: ${sampleOf(input)} }`;
    const written = await asReader(`{ ${list}(where: ${before}${filter}${after}) { totalCount } }`);
    expect(isForbidden(written), JSON.stringify(written)).toBe(isPersonal(type, name));
    const variable = await asReader(
      `query ($where: ${type}) { ${list}(where: ${before}$where${after}) { totalCount } }`,
      {
        where: { [name]: isListType(getNullableType(input)) ? [] : {} },
      },
    );
    expect(isForbidden(variable), JSON.stringify(variable)).toBe(isPersonal(type, name));
  });

  const orders = Object.values(schema.getTypeMap())
    .filter(isEnumType)
    .filter(({ name }) => name.endsWith('OrderField'))
    .flatMap((type) => type.getValues().map((value) => [type.name, value.name] as const));

  test.each(orders)('%s.%s orders, or is refused where it is personal', async (type, name) => {
    const of = type.replace(/OrderField$/, '');
    const list = `${of[0]?.toLowerCase()}${of.slice(1)}s`;
    const asked = (orderBy: string) =>
      of === 'TimeSlot'
        ? `{ jobs(first: 1) { nodes { timeSlots(orderBy: ${orderBy}) { totalCount } } } }`
        : `{ ${list}(orderBy: ${orderBy}) { totalCount } }`;
    for (const [query, variables] of [
      [asked(`[{ field: ${name} }]`), {}],
      [`query ($by: [${of}OrderBy!]) ${asked('$by')}`, { by: [{ field: name }] }],
      [`query ($by: ${type}!) ${asked('{ field: $by }')}`, { by: name }],
    ] as const) {
      const answer = await asReader(query, variables);
      expect(isForbidden(answer), JSON.stringify(answer)).toBe(isPersonal(type, name));
    }
  });

  const measured = ['MetricName', 'MetricDimension'].flatMap((name) => {
    const type = schema.getType(name);
    return isEnumType(type) ? type.getValues().map((value) => [name, value.name] as const) : [];
  });

  test.each(measured)('%s.%s measures or groups, or is refused where it is personal', async (type, name) => {
    const isMetric = type === 'MetricName';
    const args = (value: string) =>
      isMetric
        ? `groupBy: [JOB], having: [{ metric: ${value}, isNull: false }], orderBy: [{ metric: ${value} }]`
        : `groupBy: [${value}], orderBy: [{ dimension: ${value} }]`;
    for (const [query, variables] of [
      [`{ metrics(${args(name)}) { groupCount } }`, {}],
      [`query ($value: ${type}!) { metrics(${args('$value')}) { groupCount } }`, { value: name }],
    ] as const) {
      const answer = await asReader(query, variables);
      expect(isForbidden(answer), JSON.stringify(answer)).toBe(isPersonal(type, name));
      if (!isPersonal(type, name)) expect(answer.errors).toBeUndefined();
    }
  });

  test('is refused before anything is read, and told the field and the scope', async () => {
    const answer = await asReader('{ interviews { nodes { ...f } } } fragment f on Interview { candidate { name } }');
    expect(answer).toEqual({
      errors: [
        expect.objectContaining({
          message: 'Candidate.name requires the scope personal; the token has read.',
          extensions: { code: 'FORBIDDEN', scope: 'personal' },
        }),
      ],
    });
  });

  test('is told 20 such places, and not a thousand, with the last of them saying that there are more', async () => {
    const refused = async (places: number) => {
      const where = { or: Array.from({ length: places }, () => ({ location: {} })) };
      const query = 'query ($where: InterviewWhere) { interviews(where: $where) { totalCount } }';
      return (await asReader(query, { where })).errors?.map(({ message }) => message) ?? [];
    };
    const place = 'InterviewWhere.location requires the scope personal; the token has read.';
    const more = 'More fields require the scope personal; they are not listed.';
    expect(await refused(19)).toEqual(Array(19).fill(place));
    for (const places of [20, 1_000]) expect(await refused(places)).toEqual([...Array(19).fill(place), more]);
  });

  test.each([
    'csv',
    'json',
    'ndjson',
  ])('gets the whole extract as %s, with the personal cells empty', async (format) => {
    const response = await service.get(`/analytics/interviews?format=${format}`, {
      headers: { 'x-smarttoken': reader },
    });
    const body = await response.text();
    const all = await service.export('json');
    const rows = (JSON.parse(all).content as Record<string, unknown>[]).map((row) =>
      Object.fromEntries(FIELDS.map((field: Field) => [field.key, field.personal ? null : (row[field.key] ?? null)])),
    );
    // Without `room` the order of rows that agree on all before it may be another.
    const sorted = (texts: readonly string[]) => [...texts].sort();
    if (format === 'csv') {
      const cells = rows.map((row) => FIELDS.map(({ key }) => (row[key] === null ? null : String(row[key]))));
      expect(sorted(body.split('\n'))).toEqual(sorted(toCsv(cells).split('\n')));
    } else {
      const given =
        format === 'json'
          ? JSON.parse(body).content
          : body
              .trimEnd()
              .split('\n')
              .map((line) => JSON.parse(line));
      // JSON leaves out what has no value.
      const missing = format === 'json' ? undefined : null;
      const expected = rows.map((row) => JSON.stringify(row, (_, value) => value ?? missing));
      expect(sorted(given.map((row: object) => JSON.stringify(row)))).toEqual(sorted(expected));
    }
    expect(FIELD_INDEX.room).toBe(27);
  });

  test('can’t try out by ids which room a slot is in, or who interviews without an id', async () => {
    const slot = {
      candidateProfileId: null,
      startTime: '2026-01-01T09:00:00',
      endTime: '2026-01-01T10:00:00',
      room: 'Kant',
    };
    const file = csvOf([
      ...['one', 'two'].map((interviewId) => rowWith({ ...slot, interviewId, interviewerEmployeeId: null })),
    ]);
    const seenIn = async (database: Service) => {
      await database.import(file);
      const token = await createToken(database.db.prisma, 'who tries', ['read']);
      const query =
        '{ appointments(where: { row: { interviewId: { in: ["one", "two"] } } }) { nodes { id timeSlot { id } } edges { cursor } } }';
      const { data } = await ask(database, query, {}, { 'x-smarttoken': token });
      const ids = data.appointments.nodes.flatMap((node: { id: string; timeSlot: { id: string } }) => [
        node.id,
        node.timeSlot.id,
      ]);
      return [...ids, ...data.appointments.edges.map(({ cursor }: { cursor: string }) => cursor)].map((id) =>
        Buffer.from(id, 'base64').toString(),
      );
    };
    const others = await startService();
    // The databases of the tests are copies of one, secret and all.
    await others.rows(`UPDATE dataset SET id_secret = '\\x00'`);
    try {
      const seen = await seenIn(service);
      expect(seen).toHaveLength(6);
      // Whoever knows all that is in the rows can make a database of them, or of what they guess.
      const guessed = await seenIn(others);
      expect(seen.filter((id) => guessed.includes(id))).toEqual([]);
      // Nor does an id say that two interviews are in the same room.
      const uuids = seen
        .flatMap((id) => id.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) ?? [])
        .filter((part) => part.length === 36);
      expect(new Set(uuids).size).toBe(4);
      // They stay what they are.
      expect(await service.import(file)).toMatchObject({ read: 2, unchanged: 2 });
    } finally {
      await others.stop();
    }
  });

  test('turns pages of the route without a word of what is personal', async () => {
    const rooms = new Set(extract.match(/\b[A-Z][a-zä]+ \d\b/g));
    let link: string | null = '/analytics/interviews?format=csv&limit=7';
    let rows = 0;
    while (link) {
      const response: Response = await service.get(link, { headers: { 'x-smarttoken': reader } });
      rows += (await response.text()).trimEnd().split('\n').length - 1;
      link = nextOf(response);
      const place = Buffer.from(new URLSearchParams(link?.split('?')[1]).get('after') ?? '', 'base64url').toString();
      for (const room of rooms) expect(place).not.toContain(room);
    }
    expect(rows).toBe(62);
  });
});
