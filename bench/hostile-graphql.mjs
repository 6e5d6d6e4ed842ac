/** Requests of GraphQL at the limit of what is taken, and just beyond, each made to take long. */

const MOST_BYTES = 1_000_000;
/** Of a document (docs/graphql.md). */
const MOST_CHARACTERS = 100_000;
const MOST_LINES = 2_000;

const FILTERED = 'query ($where: InterviewWhere) { interviews(where: $where) { totalCount } }';
/** The filter is asked for 500 times. */
const FILTERED_BELOW =
  'query ($where: AppointmentWhere) { interviews(first: 500) { nodes { appointments(first: 1, where: $where) { totalCount } } } }';
const UUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

const posted = (name, make) => ({
  name,
  request: () => {
    const body = make();
    return {
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    };
  },
});
const asked = (name, query, variables = () => ({})) => posted(name, () => ({ query, variables: variables() }));
/** Each time another document: what is known already takes no time. */
let documents = 0;
const written = (name, make) => posted(name, () => ({ query: `${make()}#${documents++}` }));
/** One value of the greatest length, for a variable of a type. */
const long = (type, query, text) =>
  asked(`a ${type} of 1 MB`, query, () => ({
    value: text.repeat(Math.floor((MOST_BYTES - 1_000) / Buffer.byteLength(text))),
  }));

const times = (count, part) => Array.from({ length: count }, (_, at) => part(at));
const spaced = (count, part) => times(count, part).join(' ');
const keys = (count, key) => Object.fromEntries(times(count, (at) => [key(at), 1]));
const opaque = (text) => Buffer.from(text).toString('base64url');
/** As long as so many of them may be. */
const padded = (text, count) => text.padEnd(Math.floor((MOST_BYTES - 1_000) / count) - 8, 'x');

/** Fields of which each stands twice beside itself, so many levels deep. */
const doubled = (levels) => {
  const field = (level) =>
    level === levels ? 'id' : spaced(2, () => `${level % 2 ? 'interview' : 'timeSlots'} { ${field(level + 1)} }`);
  return `{ interviews { nodes { ${field(0)} } } }`;
};

/** Gives each as `{name, request}`, where `request()` makes what is sent. `ids`: of interviews that there are. */
export const graphqlRequests = (ids) => [
  asked('60,000 unknown keys of a variable', FILTERED, () => ({ where: keys(60_000, (at) => `f${at}`) })),
  asked('4,900 unknown keys, as long as they may be', FILTERED, () => ({
    where: keys(4_900, (at) => padded(`f${at}`, 4_900)),
  })),
  asked('300,000 empty conditions', FILTERED, () => ({ where: { and: Array(300_000).fill({}) } })),
  asked('2,400 empty conditions', FILTERED, () => ({ where: { and: Array(2_400).fill({}) } })),
  asked('24,000 UUIDs', FILTERED, () => ({ where: { jobId: { in: Array(24_000).fill(UUID) } } })),
  asked('4,900 wrong UUIDs', FILTERED, () => ({
    where: { jobId: { in: times(4_900, (at) => padded(`${at}`, 4_900)) } },
  })),
  asked('4,900 wrong values of an enumeration', FILTERED, () => ({
    where: { type: { in: times(4_900, (at) => padded(`X${at}`, 4_900)) } },
  })),
  asked('4,900 wrong dates', FILTERED, () => ({
    where: { startsAt: { in: times(4_900, (at) => padded(`2026-01-01T00:00:00.${at}`, 4_900)) } },
  })),
  asked('240,000 numbers as ids', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', () => ({
    ids: Array(240_000).fill(1),
  })),
  asked(
    '500 wrong ids, asked for 20 times, after 1,900 empty lines',
    `${'\n'.repeat(MOST_LINES - 100)}query ($ids: [ID!]!) { ${spaced(20, (at) => `a${at}: nodes(ids: $ids) { id }`)} }`,
    () => ({ ids: times(500, (at) => padded(`wrong${at}`, 520)) }),
  ),
  asked('variables that nobody uses', '{ viewer { name } }', () => keys(4_900, (at) => padded(`v${at}`, 4_900))),
  posted(
    'lists in each other, 500,000 deep',
    () => `{"query":"{ viewer { name } }","variables":{"a":${'['.repeat(499_000)}`,
  ),
  posted(
    'objects in each other, 140,000 deep',
    () => `{"query":"${FILTERED}","variables":${'{"where":'.repeat(110_000)}`,
  ),
  asked('objects in each other, 200 deep', FILTERED, () => ({
    where: times(200, () => 0).reduce((inner) => ({ not: inner }), {}),
  })),
  posted('a key 160,000 times', () => `{"query":"${FILTERED}","variables":{${times(160_000, () => '"a":1').join()}}}`),
  long('String', 'query ($value: String!) { interview(interviewId: $value) { id } }', 'a'),
  long('String beyond ASCII', 'query ($value: String!) { interview(interviewId: $value) { id } }', 'é'),
  long('UUID', 'query ($value: UUID!) { job(jobId: $value) { id } }', '3f25-'),
  long('DateTime', 'query ($value: DateTime!) { interviews(where: { startsAt: { eq: $value } }) { totalCount } }', '9'),
  long('Int', 'query ($value: Int!) { interviews(first: $value) { totalCount } }', '9'),
  long(
    'InterviewType',
    'query ($value: InterviewType!) { interviews(where: { type: { eq: $value } }) { totalCount } }',
    'X',
  ),
  long('ID', 'query ($value: ID!) { node(id: $value) { id } }', 'SW50ZXJ2aWV3'),
  posted(
    'a number of 1 MB',
    () =>
      `{"query":"query ($v: Int) { interviews(first: $v) { totalCount } }","variables":{"v":${'9'.repeat(990_000)}}}`,
  ),
  asked('a cursor of brackets', 'query ($after: String) { interviews(after: $after) { totalCount } }', () => ({
    after: opaque('['.repeat(740_000)),
  })),
  asked(
    'a cursor of 1 MB, 500 times',
    'query ($after: String) { interviews(first: 500) { nodes { appointments(first: 1, after: $after) { totalCount } } } }',
    () => ({ after: opaque(JSON.stringify(['starts_at+', 'a'.repeat(740_000)])) }),
  ),
  asked('a filter of 4,800 UUIDs, 500 times', FILTERED_BELOW, () => ({
    where: { or: Array(48).fill({ jobId: { in: Array(98).fill(UUID) } }) },
  })),
  asked('a text of 1 MB in a filter, 500 times', FILTERED_BELOW, () => ({
    where: { interviewId: { eq: 'a'.repeat(990_000) } },
  })),
  written(
    'a filter of 1,800 UUIDs in the document, 500 times',
    () =>
      `{ interviews(first: 500) { nodes { appointments(first: 1, where: { row: { jobId: { in: [${spaced(500, () => `"${UUID}"`)}] } }, or: [${spaced(13, () => `{ row: { jobId: { in: [${spaced(98, () => `"${UUID}"`)}] } } }`)}] }) { totalCount } } } }`,
  ),
  written('1 MB of brackets', () => '{'.repeat(990_000)),
  written('1 MB of line ends and an unknown field', () => `${'\n'.repeat(490_000)}{ nothing }`),
  written('a comment of 1 MB', () => `#${'x'.repeat(990_000)}\n{ viewer { name } }`),
  written('330,000 comments', () => `${'#\r'.repeat(330_000)}{ viewer { name } }`),
  written('a name of 1 MB', () => `{ ${'f'.repeat(990_000)} }`),
  written('a name as long as the document may be', () => `{ ${'f'.repeat(MOST_CHARACTERS - 10)} }`),
  written(
    'a text of the document, as long as that may be',
    () => `{ interview(interviewId: """${'a '.repeat(49_000)}""") { id } }`,
  ),
  written('1,900 unknown fields on as many lines', () => `{${times(1_900, (at) => `f${at}`).join('\n')}}`),
  written(
    '1,900 wrong values of an enumeration',
    () => `{ interviews(where: { type: { in: [${spaced(1_900, (at) => `X${at}`)}] } }) { totalCount } }`,
  ),
  written(
    'fragments that lead to each other',
    () =>
      `{ ...f0 } ${spaced(130, (at) => `fragment f${at} on Query { ...f${(at + 1) % 130} ...f${(at + 7) % 130} ...f${(at + 11) % 130} }`)}`,
  ),
  written(
    'fragments that fan out',
    () =>
      `{ ...f0 } ${spaced(110, (at) => `fragment f${at} on Query { ${at < 109 ? `...f${at + 1} ...f${Math.min(at + 2, 109)}` : ''} viewer { name } }`)}`,
  ),
  written(
    'fragments with the same fields',
    () =>
      `{ interviews { nodes { ${spaced(100, (at) => `...f${at}`)} } } } ${spaced(100, (at) => `fragment f${at} on Interview { timeSlots { id } job { id } id startsAt }`)}`,
  ),
  written('250 fields beside themselves', () => doubled(8)),
  written('100 fields beside themselves', () => doubled(6)),
  written(
    'all that can be asked of the schema',
    () =>
      `{ __schema { ${spaced(15, (at) => `a${at}: types { b${at}: fields { name description args { name description type { name kind } } type { name fields { name description args { name } } } } }`)} } }`,
  ),
  written(
    'a lesser part of it',
    () =>
      '{ __schema { types { name description fields { name description args { name description type { name kind } } type { name fields { name description args { name } } } } } } }',
  ),
  asked(
    '500 interviews by their ids with nearly all that an operation may cost',
    `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Interview { ${spaced(29, (at) => `a${at}: interviewId`)} job { id title }
      timeSlots { id startTime appointments { id status interviewer { employeeId } } }
      appointments(first: 8) { nodes { id status rating interviewer { employeeId firstName } } } } } }`,
    () => ({
      ids: ids.map((id) => Buffer.from(`Interview:${id}`).toString('base64')),
    }),
  ),
  asked(
    '500 interviews in one page with nearly all that an operation may cost',
    `{ interviews(first: 500) { nodes { ${spaced(29, (at) => `a${at}: interviewId`)} job { id title }
      timeSlots { id startTime appointments { id status interviewer { employeeId } } }
      appointments(first: 8) { nodes { id status rating interviewer { employeeId firstName } } } } } }`,
  ),
  asked(
    '500 interviews with 7 appointments each',
    '{ interviews(first: 500) { nodes { id interviewId startsAt appointments(first: 7) { nodes { id status interviewer { employeeId } } } } } }',
  ),
  asked(
    '500 interviews with 9 lists each',
    `{ interviews(first: 500) { nodes { ${spaced(9, (at) => `a${at}: appointments(first: 1) { totalCount }`)} } } }`,
  ),
  posted('1 MB of keys beside the query', () => ({
    query: '{ viewer { name } }',
    extensions: keys(4_900, (at) => padded(`e${at}`, 4_900)),
  })),
  posted('an id of 1 MB', () => ({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(990_000) } } })),
  posted('a query of 1 MB with a wrong hash', () => ({
    query: '#'.repeat(990_000),
    extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } },
  })),
  posted('an operation’s name of 1 MB', () => ({ query: '{ viewer { name } }', operationName: 'a'.repeat(990_000) })),
  {
    name: 'a form of 1 MB',
    request: () => ({
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: '+'.repeat(MOST_BYTES),
    }),
  },
  {
    name: 'an address of 15 kB with 3,500 empty conditions',
    request: () => ({
      method: 'GET',
      path: `/graphql?${new URLSearchParams({ query: FILTERED })}&variables={"where":{"and":[${times(3_500, () => '{}').join()}]}}`,
    }),
  },
];
