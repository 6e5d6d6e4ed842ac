/** URLs of OData: right ones, nearly right ones and hostile ones. */
import fc from 'fast-check';
import { ODATA_PATH } from '../../../src/domain/paths.ts';
import { inUrl, noise } from '../hostile-text.ts';
import { anyFilter, type ODataRow, written } from './filters.ts';

/** Values that filters compare with; no row has to have them. */
const ROWS: readonly ODataRow[] = [
  {
    interviewId: 'i',
    applicationStep: "'",
    room: '💥%_\\',
    interviewerEmployeeId: '',
    interviewerLastName: "O'Neill’s",
    applicationStage: 'HIRED',
    interviewType: 'VIDEO',
    startTime: '2026-03-29T02:30:00',
    jobId: '7d444840-9dc0-11d1-b245-5ffdce74fad2',
    duration: '1e308',
    interviewers: 3,
    interviewerRating: '-0.00001',
    timeToProvideFeedback: 99999999999,
    startsAt: '0001-01-01T00:00:00+14:00',
    reviewedAt: '9999-12-31T23:59:59.999999999999Z',
    interviewUpdateDate: '2026-02-30T00:00:00Z',
    interviewCanceled: true,
  },
  { duration: '1e99999', interviewers: '0.5', startsAt: '2026-01-01T24:00:00Z', room: '\0', startTime: '2026-03' },
];

const rightFilter = fc.gen().map((gen) => written(anyFilter(gen, ROWS)));

/** A text in which a piece is another, is missing or comes twice. */
const damaged = (texts: fc.Arbitrary<string>) =>
  fc
    .tuple(texts, fc.nat(), fc.nat(12), fc.oneof(noise, fc.constantFrom('', '(', ')', "'", ',', '/', ' not ', ' in ')))
    .map(([text, where, length, piece]) => {
      const at = where % (text.length + 1);
      return text.slice(0, at) + piece + text.slice(at + length);
    });

const deep = (depth: number) => `${'('.repeat(depth)}room eq 'a'${')'.repeat(depth)}`;
const many = (count: number) => Array(count).fill("room eq 'a'").join(' or ');
const members = (count: number) => `room in (${Array(count).fill("'a'").join(',')})`;

/** Filters at their bounds and beyond them, and of what isn't served. */
const oddFilter = fc.constantFrom(
  ...[49, 50, 51, 3000].map(deep),
  ...[490, 501].map(many),
  ...[499, 501].map(members),
  `${'not '.repeat(50)}interviewCanceled`,
  `${'not '.repeat(1900)}interviewCanceled`,
  `${'contains('.repeat(400)}room`,
  `room eq '${"''".repeat(3900)}'`,
  `room eq '${'💥'.repeat(3900)}'`,
  `room eq '${'a'.repeat(9000)}'`,
  `duration eq ${'9'.repeat(7000)}`,
  `duration lt 1e${'9'.repeat(300)}`,
  `interviewers lt ${'9'.repeat(19)}`,
  "room eq 'a",
  'room eq "a"',
  'room eq room',
  '1 eq 1',
  'null',
  'null eq null',
  'room',
  'true',
  '__proto__ eq 1',
  'constructor(room)',
  "contains(room,room)',",
  "contains('a','b')",
  "startswith(interviewStartDate,'%')",
  'interviewers/any(i:i eq 1)',
  "cast(room,'Edm.Int32') eq 1",
  "geo.distance(room,geography'POINT(0 0)') lt 1",
  "$it/room eq 'a'",
  'startsAt lt now()',
  'startsAt gt 2026-13-01T00:00:00Z',
  'startsAt gt -0001-01-01T00:00:00Z',
  'startsAt gt 2026-01-01T00:00:00-14:59',
  'week eq null and from lt 2026-01-01 and slots gt 0',
  'heldSlots ge 1e400 or feedbackRate lt 0.5',
  "id eq '2026-W01'",
);

const properties = fc.constantFrom(
  ...['rowId', 'interviewId', 'startsAt', 'reviewedAt', 'interviewCreateDate', 'room', 'duration', 'createdAt'],
  ...['week', 'id', 'slots', 'heldSlots', 'interviewerEmployeeId', '__proto__', 'ROOM', '*', 'room/x', ''],
);
const wholeNumber = fc.constantFrom(
  ...['0', '1', '7', '100000', '100001', '-1', '1.5', '1e3', ' 1', '٣', '9007199254740991', '9007199254740992'],
  ...['9'.repeat(400), '', 'null', '0x10'],
);

/** A token of a page, or nearly: an order and values of its keys. */
const skipToken = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('', 'startsAt', 'startsAt desc', 'interviewId', 'reviewedAt', '__proto__'),
      fc.array(
        fc.oneof(
          fc.jsonValue({ maxDepth: 2 }),
          fc.uuid(),
          fc.constantFrom('2026-01-01 00:00:00', '9999-12-31 23:59:59', 'infinity', '\0', '\ud800', 'x'.repeat(1000)),
        ),
        { maxLength: 5 },
      ),
    )
    .map((parts) => Buffer.from(JSON.stringify(parts.flat())).toString('base64url')),
  fc.constantFrom('bnVsbA', 'W10', 'e30', '!!!', 'a'.repeat(4001)),
);

/** Values that an option takes, or nearly. */
const OPTIONS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  $filter: fc.oneof({ weight: 3, arbitrary: rightFilter }, damaged(rightFilter), oddFilter),
  $select: fc.oneof(
    fc.array(properties, { maxLength: 4 }).map(String),
    fc.constantFrom('room,'.repeat(400), 'a,'.repeat(2000)),
  ),
  $orderby: fc
    .array(
      fc
        .tuple(properties, fc.constantFrom('', ' asc', ' desc', ' DESC', '  desc ', ' up'))
        .map((parts) => parts.join('')),
      { maxLength: 3 },
    )
    .map(String),
  $top: wholeNumber,
  $skip: wholeNumber,
  $count: fc.constantFrom('true', 'false', 'TRUE', '1', ''),
  $skiptoken: skipToken,
  $format: fc.constantFrom(
    ...['json', 'xml', 'atom', 'application/json;odata.metadata=none', 'application/json;odata.metadata=full', '*/*'],
    ...['application/json;IEEE754Compatible=true;metadata=minimal', 'application/json;'.repeat(200), ';', ''],
  ),
};
const NAMES = Object.keys(OPTIONS);

/** An option of a request; a few are written as they aren't, or don't exist. */
const option = fc
  .oneof(
    { weight: 9, arbitrary: fc.constantFrom(...NAMES) },
    fc.constantFrom('$expand', '$apply', 'top', '$$top', '$'),
    noise,
  )
  .chain((name) => {
    const values = (Object.hasOwn(OPTIONS, name) && OPTIONS[name]) || noise;
    const value = fc.oneof({ weight: 6, arbitrary: values }, noise).chain(inUrl);
    return fc.tuple(fc.oneof({ weight: 9, arbitrary: fc.constant(name) }, inUrl(name)), value);
  })
  .map((parts) => parts.join('='));

const sets = fc.constantFrom('Appointments', 'Interviews', 'MetricsByWeek', 'MetricsByInterviewerAndWeek');

/** What is in the parentheses of a key. */
const key = fc.oneof(
  fc.uuid(),
  fc.constantFrom("'i'", "'i", "'a''b'", "interviewId='i'", "interviewId='i',x=1", 'rowId=', '', '(', 'null', "'\0'"),
  fc.constantFrom("'2026-W01'", "'2026-W99'", "'-'", "'e-1/2026-W01'", "'//'", `'${'x'.repeat(4000)}'`),
  noise,
);

const path = fc.oneof(
  { weight: 8, arbitrary: sets.map((set) => `/${set}`) },
  { weight: 3, arbitrary: sets.map((set) => `/${set}/$count`) },
  { weight: 3, arbitrary: fc.tuple(sets, key.chain(inUrl)).map(([set, text]) => `/${set}(${text})`) },
  fc.constantFrom(
    '',
    '/',
    '/$metadata',
    '/%24metadata',
    '//',
    '/$batch',
    '/$entity',
    '/appointments',
    '/Appointment%73',
  ),
  fc.constantFrom(
    '/Appointments/room',
    '/Appointments()/$count',
    '/Appointments/',
    '/../v4/',
    '/%',
    '/%00',
    '/__proto__',
  ),
  noise.chain(inUrl).map((text) => `/${text}`),
);

/** The target of a request below the root of OData, or near it. */
export const odataUrl: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(
      { weight: 12, arbitrary: fc.constant(ODATA_PATH) },
      fc.constantFrom('/odata', '/odata/v3', '/ODATA/v4', '/odata//v4'),
    ),
    path,
    fc.array(option, { maxLength: 4 }),
  )
  .map(([root, at, options]) => root + at + (options.length > 0 ? `?${options.join('&')}` : ''));
