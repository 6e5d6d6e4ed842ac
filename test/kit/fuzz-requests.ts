/** Requests of every kind, right ones and hostile ones, as bytes. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { FIELD_KEYS } from '../../src/domain/fields.ts';
import { METRICS_DEFINITIONS_PATH, METRICS_PATH } from '../../src/domain/paths.ts';
import { METRICS_PARAMETERS } from '../../src/extract/metrics/request.ts';
import { EXTRACT_PARAMETERS } from '../../src/extract/request.ts';
import { inUrl, noise, utf8 } from './hostile-text.ts';
import { METRICS_VALUES } from './metrics/fuzz-parameters.ts';
import { odataUrl } from './odata/fuzz-urls.ts';
import type { Ending } from './raw-http.ts';
import { csvCell } from './rows.ts';

/** What is sent on one connection. */
export interface Sent {
  readonly kind: string;
  readonly pieces: readonly Buffer[];
  readonly ending: Ending;
  /** The methods of the requests where all of them are well-formed. Then as many answers must come, but to a client that leaves. */
  readonly methods?: readonly string[];
  /** A body may still be under way when the answer has been sent, whose end the client then may not see. */
  readonly mayReset?: boolean;
}

/** Tokens by what they may do. */
export interface Tokens {
  readonly reader: string;
  readonly writer: string;
  readonly admin: string;
}

const PATH = '/analytics/interviews';
const KEYS: string[] = [...FIELD_KEYS];
const HEADER = KEYS.join(',');

const date = fc.oneof(
  fc.constantFrom(
    '2026-01-01',
    '2026-02-30',
    '0001-01-01T00:00',
    '9999-12-31T23:59:59Z',
    '10000-01-01',
    '2026-01-01T24:00',
  ),
  fc.constantFrom('2026-03-29T02:30', '2026-01-01T00:00+14:00', '0001-01-01T00:00+14:00', '9999-12-31T23:59-12:00'),
  fc.constantFrom('2026-01-01 00:00:00.123456789', '-2026-01-01', 'now', 'infinity', '-infinity', 'epoch'),
);
/** A long text as a place has it, or nearly. */
const shortened = fc.tuple(
  fc.constantFrom<unknown>(1, 936, 2 ** 31 - 1, 2 ** 31, 0.5, -1, '936'),
  fc.constantFrom('x'.repeat(96), 'x', '😀'.repeat(20), '\0'.repeat(20)),
  fc.constantFrom('0'.repeat(32), 'f'.repeat(31), ''),
  fc.constantFrom('', 'end', '\ud800'),
);
const place = fc.oneof(
  fc
    .array(
      fc.oneof(
        fc.tuple(fc.oneof(fc.constant(null), fc.constantFrom('2026-01-01 00:00:00', 'i'), fc.uuid())),
        shortened,
      ),
      { minLength: 6, maxLength: 8 },
    )
    .map((values) => Buffer.from(JSON.stringify(values.flat())).toString('base64url')),
  fc.constantFrom('bnVsbA', 'W10', '!!!', 'e30'),
  fc
    .array(fc.oneof(fc.constant(null), date, fc.uuid(), fc.string({ maxLength: 5 })), { minLength: 6, maxLength: 8 })
    .map((values) => Buffer.from(JSON.stringify(values)).toString('base64url')),
);
const uuid = fc.oneof(
  fc.uuid(),
  fc.constantFrom('7D444840-9DC0-11D1-B245-5FFDCE74FAD2', '7d4448409dc011d1b2455ffdce74fad2'),
);
const fieldList = fc.oneof(
  fc.subarray(KEYS, { minLength: 1 }).map((keys) => keys.join(',')),
  fc.constantFrom('room,room', 'room,', ' room , duration', 'ROOM', '*', KEYS.concat(KEYS).join(',')),
);
const pattern = fc.oneof(
  fc.constantFrom('yyyy', "yyyy-MM-dd'T'HH:mm", "'", "''", "'''", 'E', 'EEEE', 'S'.repeat(40), 'y'.repeat(2000), 'QQ'),
  fc.string({ unit: fc.constantFrom(...'yMdHhmsSaE\'"%\\ ./:-'), maxLength: 40 }),
);

/** Values that a parameter takes, or nearly. */
const VALUES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  ...METRICS_VALUES,
  format: fc.constantFrom('csv', 'json', 'ndjson', 'xlsx', 'CSV', 'xml'),
  fields: fieldList,
  header: fc.constantFrom('keys', 'labels', 'both'),
  dateFormat: pattern,
  excel: fc.constantFrom('true', 'false', 'TRUE', '1'),
  nulls: fc.constantFrom('include', 'omit', 'OMIT', 'null'),
  limit: fc.constantFrom(
    '1',
    '7',
    '1000',
    '1000000',
    '1000001',
    '0',
    '-1',
    '1.5',
    '1e3',
    ' 1',
    '٣',
    '99999999999999999999',
  ),
  after: place,
  updatedSince: date,
  startsFrom: date,
  startsBefore: date,
  interviewCanceled: fc.constantFrom('true', 'false', 'TRUE', 'yes'),
  applicationStage: fc.constantFrom('NEW', 'new', 'HIRED', 'OLD'),
  candidateStatus: fc.constantFrom('PENDING', 'accepted', ' TENTATIVE '),
  interviewType: fc.constantFrom('VIDEO', 'onsite', 'Phone', 'FAX'),
  interviewerStatus: fc.constantFrom('DECLINED', 'declined'),
  applicationId: uuid,
  jobId: uuid,
  candidateProfileId: uuid,
};

const valuesOf = (name: string) => (Object.hasOwn(VALUES, name) && VALUES[name]) || noise;

const oneOf = (names: readonly string[]) =>
  fc
    .oneof({ weight: 12, arbitrary: fc.constantFrom(...names) }, noise)
    .chain((name) => fc.tuple(inUrl(name), fc.oneof({ weight: 4, arbitrary: valuesOf(name) }, noise).chain(inUrl)))
    .chain(([name, value]) =>
      fc.constantFrom(
        `${name}=${value}`,
        `${name}=${value}`,
        `${name}=${value}`,
        name,
        `${name}[]=${value}`,
        `&${name}==${value}`,
      ),
    );

const parameters = (names: readonly string[], most: number) => fc.array(oneOf(names), { maxLength: most });

const queryOf = (parts: readonly string[]): string => (parts.length > 0 ? `?${parts.join('&')}` : '');

const query = (names: readonly string[], most: number) => parameters(names, most).map(queryOf);

/** Parameters that a request has in any case, without which it would be refused whatever the others are. */
const required = (names: readonly string[]) =>
  fc.tuple(...names.map((name) => valuesOf(name).map((value) => `${name}=${encodeURIComponent(value)}`)));

const path = fc.oneof(
  { weight: 6, arbitrary: fc.constant(PATH) },
  fc.constantFrom(
    `${PATH}/`,
    `/${PATH}`,
    `//analytics///interviews//`,
    '/graph%71l/',
    '/docs//',
    PATH.toUpperCase(),
    `${PATH}/1`,
    '/analytics/interview%73',
    '/analytics%2Finterviews',
    `${PATH};a=1`,
  ),
  fc.constantFrom(
    '/',
    '/healthz',
    '/readyz',
    '/analytics',
    '/../analytics/interviews',
    '/%',
    '/%00',
    '*',
    `http://x${PATH}`,
    '//',
    `${PATH}#x`,
  ),
  fc.constantFrom(METRICS_PATH, METRICS_DEFINITIONS_PATH, `${METRICS_DEFINITIONS_PATH}?format=csv`, `${METRICS_PATH}/`),
  fc.constantFrom('/metrics', '/.env', '/__proto__', '/healthz/', '/healthz?x=%', '/constructor'),
  noise.chain(inUrl).map((text) => `/${text}`),
);

/** A header value that Node's parser takes: no control character but the tab; it refuses fewer than these. */
const headerValue = noise.map((text) => utf8(text).replace(/(?!\t)\p{Cc}/gu, ''));

const accept = fc.oneof(
  fc.constantFrom(
    '*/*',
    'text/csv',
    'application/json',
    'application/x-ndjson',
    'text/html',
    '',
    ',',
    'text/*;q=0.1, */*;q=0',
  ),
  fc.constantFrom(
    'text/csv;q=2',
    'text/csv;q=x',
    ';',
    '/',
    'text',
    'text/csv;'.repeat(300),
    'a/b,'.repeat(500),
    'text/csv;charset="a,b;q=0"',
  ),
  headerValue,
);
const coding = fc.oneof(
  fc.constantFrom(
    'gzip',
    'br',
    'zstd',
    'identity',
    'identity;q=0',
    '*',
    '*;q=0',
    'gzip;q=0, br;q=0.5',
    '',
    ';;',
    'gzip, '.repeat(500),
  ),
  headerValue,
);
const tag = fc.oneof(fc.constantFrom('*', '"x"', 'W/"x"', '"', 'W/', '""', `${'"a",'.repeat(2000)}"b"`), headerValue);

const preference = fc.oneof(
  fc.constantFrom(
    'odata.maxpagesize=1',
    'maxpagesize="2"',
    'odata.maxpagesize=0',
    'odata.maxpagesize=',
    'maxpagesize=1e9',
  ),
  fc.constantFrom(
    '4.0',
    '4.01',
    '3.0',
    '4',
    '',
    '4.0;x',
    '999.999',
    'snapshot',
    'Snapshot',
    'return=minimal,'.repeat(500),
  ),
  headerValue,
);

const extra = fc.oneof(
  fc.tuple(fc.constant('Accept'), accept),
  fc.tuple(fc.constant('Accept-Encoding'), coding),
  fc.tuple(fc.constant('If-None-Match'), tag),
  fc.tuple(fc.constantFrom('Prefer', 'OData-Version', 'OData-MaxVersion', 'Isolation'), preference),
  fc.tuple(
    fc.constantFrom(
      'If-Match',
      'Range',
      'TE',
      'Cookie',
      'X-Forwarded-For',
      'Origin',
      'Accept-Charset',
      'If-Modified-Since',
      'X-A',
    ),
    fc.oneof(headerValue, fc.constantFrom('bytes=0-10', 'trailers', '*')),
  ),
  fc.constantFrom<[string, string]>(
    ['Upgrade', 'websocket'],
    ['Upgrade', 'h2c'],
    ['Expect', '100-continue'],
    ['Expect', 'x'],
  ),
  fc.constantFrom<[string, string]>(['Access-Control-Request-Method', 'POST'], ['X-HTTP-Method-Override', 'DELETE']),
);
const extras = fc.array(extra, { maxLength: 4 });

const tokenHeader = (good: readonly string[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...good.map((token) => `X-SmartToken: ${token}\r\n`)) },
    fc.constantFrom(...good).map((token) => `Authorization: Bearer ${token}\r\n`),
    fc.constantFrom(
      '',
      'X-SmartToken:\r\n',
      'X-SmartToken: nobodys\r\n',
      'Authorization: Basic YTpi\r\n',
      'Authorization: Bearer\r\n',
    ),
    fc.constantFrom(...good).map((token) => `X-SmartToken: ${token}\r\nX-SmartToken: ${token}\r\n`),
    fc.constantFrom(...good).map((token) => `X-SmartToken: x\r\nAuthorization: Bearer ${token}\r\n`),
    fc.constant(`X-SmartToken: ${'t'.repeat(8000)}\r\n`),
    headerValue.map((value) => `X-SmartToken: ${value}\r\n`),
  );

const headersOf = (headers: readonly (readonly [string, string])[]): string =>
  headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

const CLOSE = 'Connection: close\r\n';

const withRequired = (at: string, needed: readonly string[], names: readonly string[], most: number) =>
  fc.tuple(required(needed), parameters(names, most)).map(([first, others]) => at + queryOf([...first, ...others]));

/** The URL of a request for rows, for metrics, for the rows behind a metric, or of OData. */
const readingUrl = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(path, query(EXTRACT_PARAMETERS, 4)).map(([at, asked]) => at + asked) },
  { weight: 2, arbitrary: withRequired(METRICS_PATH, ['metrics'], METRICS_PARAMETERS, 4) },
  { weight: 1, arbitrary: withRequired(PATH, ['metric', 'at'], EXTRACT_PARAMETERS, 3) },
  { weight: 3, arbitrary: odataUrl },
);

/** The URL and headers of such a request; `CLOSE` or nothing goes in between. */
const readingHead = (tokens: Tokens) =>
  fc
    .tuple(
      fc.oneof({ weight: 7, arbitrary: fc.constant('GET') }, fc.constant('HEAD')),
      readingUrl,
      tokenHeader([tokens.reader, tokens.reader, tokens.admin]),
      extras,
    )
    .map(([method, url, token, more]) => ({
      method,
      head: `${method} ${url} HTTP/1.1\r\nHost: x\r\n${token}${headersOf(more)}`,
    }));

/** Whether Node's parser takes it; where it doesn't, the answer can't know the method. */
const isTaken = ({ head }: { head: string }) => /^\w+ [\x21-\x7e]+ HTTP/.test(head) && head.length < 14_000;

/** Whether it is about as long as Node's parser takes: then it isn't known whether the answer to HEAD knows the method. */
const isAboutTooLong = ({ head }: { head: string }) => head.length >= 14_000 && head.length < 20_000;

const reading = (tokens: Tokens): fc.Arbitrary<Sent> =>
  readingHead(tokens)
    .filter((asked) => asked.method === 'GET' || !isAboutTooLong(asked))
    .map((asked) => ({
      kind: 'reading',
      pieces: [latin1(`${asked.head}${CLOSE}\r\n`)],
      ending: { kind: 'waits' },
      ...((asked.method === 'GET' || isTaken(asked)) && { methods: [asked.method] }),
    }));

const otherMethods = (tokens: Tokens): fc.Arbitrary<Sent> =>
  fc
    .tuple(
      fc.constantFrom(
        'PUT',
        'PATCH',
        'DELETE',
        'OPTIONS',
        'TRACE',
        'PROPFIND',
        'SEARCH',
        'MKCOL',
        'LOCK',
        'REPORT',
        'QUERY',
      ),
      path,
      tokenHeader([tokens.reader]),
      extras,
      fc.constantFrom('', '{', '{"a":1}', 'a,b\n'),
      fc.constantFrom('', 'Content-Type: application/json\r\n', 'Content-Type: text/plain\r\n', 'Content-Type: ;\r\n'),
    )
    .map(([method, at, token, more, body, type]) => ({
      kind: 'other methods',
      pieces: [
        latin1(
          `${method} ${at} HTTP/1.1\r\nHost: x\r\n${token}${headersOf(more)}${type}${CLOSE}Content-Length: ${body.length}\r\n\r\n${body}`,
        ),
      ],
      ending: { kind: 'waits' },
      methods: [method],
    }));

/** Rows that stay apart from those that are compared: their ids begin with fuzz-. */
const row = fc
  .tuple(fc.nat(50), fc.array(fc.tuple(fc.integer({ min: 1, max: 29 }), fc.oneof(noise, date, uuid)), { maxLength: 3 }))
  .map(([id, values]) => {
    const cells = Array<string | null>(KEYS.length).fill(null);
    cells[0] = `fuzz-${id}`;
    // Without line ends, so that these rows can be told by their lines.
    for (const [at, value] of values) cells[at] = value.replace(/[\r\n\uD800-\uDFFF]/g, '');
    return cells;
  });

const deep = (open: string, close: string) => (depth: number) => open.repeat(depth) + close.repeat(depth);

const json = fc.oneof(
  fc.array(row, { maxLength: 5 }).map((rows) =>
    JSON.stringify({
      content: rows.map((cells) => Object.fromEntries(KEYS.map((key, at) => [key, cells[at] ?? null]))),
    }),
  ),
  fc.constantFrom(
    '{',
    '[]',
    '{"content":[]}',
    '{"content":{}}',
    'null',
    '[1]',
    '[[]]',
    '{"content":[',
    '\0',
    '{"content":[{}]}',
  ),
  fc.constantFrom(deep('[', ']')(100_000), deep('{"a":', '}')(20_000), `[{"interviewId":${deep('[', ']')(50_000)}}]`),
  fc.constantFrom(
    `[{"interviewId":"fuzz-1","duration":1${'0'.repeat(100_000)}}]`,
    '[{"interviewId":"fuzz-1","duration":1e999999999,"interviewers":99999999999}]',
    '[{"interviewId":"fuzz-1","interviewId":"fuzz-2","__proto__":{"a":1}}]',
    '[{"interviewId":"fuzz-\\ud800"},{"interviewId":"fuzz-\\u0000"}]',
  ),
  noise,
);
const csv = fc.oneof(
  fc
    .array(row, { maxLength: 5 })
    .map((rows) => `${[HEADER, ...rows.map((cells) => cells.map(csvCell).join(','))].join('\n')}\n`),
  fc.constantFrom(
    '',
    HEADER,
    `${HEADER}\n"`,
    `${HEADER}\nfuzz-1`,
    `${HEADER}\n${','.repeat(5000)}`,
    'interviewId\nfuzz-1\n',
    `${HEADER}\n\n\n`,
  ),
  fc.constantFrom(
    `${HEADER}\n"${'x'.repeat(100_000)}`,
    `${'a,'.repeat(20_000)}b\n`,
    `interviewId,${HEADER}\n`,
    HEADER.toUpperCase(),
  ),
  noise,
);

const packed = (text: string): string => gzipSync(Buffer.from(text, 'latin1')).toString('latin1');

/** Bytes by the dozen from few: within what the service takes, and beyond it. */
const bombs = [1_500_000, 12_000_000].map((size) => packed(`${HEADER}\n${'\n'.repeat(size)}`));

const body = fc.oneof(
  fc
    .oneof(csv, json)
    .chain((text) => fc.constantFrom(utf8(text), utf8(text), packed(utf8(text)), packed(utf8(text)).slice(0, -9))),
  { weight: 1, arbitrary: fc.oneof({ weight: 9, arbitrary: fc.constant('\xff\xfe') }, fc.constantFrom(...bombs)) },
);

const IMPORT_PARAMETERS = ['skipInvalid', 'allowMissingColumns', 'dryRun', 'dateFormat', 'replaceAl'];

const posting = (tokens: Tokens): fc.Arbitrary<Sent> =>
  fc
    .tuple(
      fc.oneof({ weight: 6, arbitrary: fc.constant(PATH) }, path),
      query(IMPORT_PARAMETERS, 3),
      fc.constantFrom('', '', '&allowMissingColumns=true', '&dryRun=true&replaceAll=true', '&skipInvalid=true'),
      tokenHeader([tokens.reader, tokens.writer, tokens.writer, tokens.writer]),
      fc.constantFrom(
        'text/csv',
        'application/json',
        'application/x-ndjson',
        'text/csv; charset=utf-8',
        'text/plain',
        '',
        ';',
        'text/csv;;=',
      ),
      fc.constantFrom(
        '',
        '',
        'Content-Encoding: gzip\r\n',
        'Content-Encoding: br\r\n',
        'Content-Encoding: gzip, gzip\r\n',
      ),
      extras,
      body,
      fc.constantFrom('length', 'length', 'chunks', 'short'),
    )
    .map(([at, asked, options, token, type, coded, more, text, framing]) => {
      const url = at + (asked === '' ? options.replace('&', '?') : asked + options);
      const head = `POST ${url} HTTP/1.1\r\nHost: x\r\n${token}Content-Type: ${type}\r\n${coded}${headersOf(more)}${CLOSE}`;
      const short = framing === 'short' ? 10 : 0;
      const framed =
        framing === 'chunks'
          ? [`Transfer-Encoding: chunked\r\n\r\n`, text && `${text.length.toString(16)}\r\n${text}\r\n`, '0\r\n\r\n']
          : [`Content-Length: ${text.length + short}\r\n\r\n`, text];
      return {
        kind: 'posting',
        pieces: [head + framed[0], ...framed.slice(1)].filter((piece) => piece !== '').map(latin1),
        ending: short > 0 ? { kind: 'leaves when quiet', after: 100 } : { kind: 'waits' },
        ...(short === 0 && { methods: ['POST'] }),
        mayReset: text.length > 1000,
      };
    });

/** A right request in which some bytes are others, are missing, or are too many; it can't import, nor be a HEAD. */
const mutated = (tokens: Tokens): fc.Arbitrary<Sent> =>
  fc
    .tuple(
      fc.constantFrom(
        `GET ${PATH}?format=csv&limit=2 HTTP/1.1\r\nHost: x\r\nX-SmartToken: ${tokens.reader}\r\nAccept: text/csv\r\n${CLOSE}\r\n`,
        `POST ${PATH} HTTP/1.1\r\nHost: x\r\nX-SmartToken: ${tokens.reader}\r\nContent-Type: text/csv\r\n${CLOSE}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
        `POST ${PATH}?dryRun=true HTTP/1.1\r\nHost: x\r\nX-SmartToken: ${tokens.reader}\r\nContent-Type: text/csv\r\n${CLOSE}Content-Length: 5\r\n\r\nhello`,
      ),
      fc.array(
        fc.tuple(
          fc.nat(10_000),
          fc.constantFrom('put', 'drop', 'add', 'cut'),
          fc.nat(255),
          fc.integer({ min: 1, max: 12 }),
        ),
        { minLength: 1, maxLength: 3 },
      ),
      fc.boolean(),
    )
    .map(([text, changes, half]) => {
      const bytes = [...latin1(text)];
      for (const [where, how, byte, count] of changes) {
        const at = where % Math.max(1, bytes.length);
        if (how === 'put') bytes[at] = byte;
        else if (how === 'add') bytes.splice(at, 0, ...Array<number>(count).fill(byte));
        else if (how === 'drop') bytes.splice(at, count);
        else bytes.length = at;
      }
      return {
        kind: 'mutated',
        pieces: [Buffer.from(bytes)],
        ending: half ? { kind: 'half-closes' } : { kind: 'leaves when quiet', after: 50 },
      };
    });

/** What intermediaries and servers have disagreed about, and what is too much. */
const framing = (tokens: Tokens): fc.Arbitrary<Sent> => {
  const token = `X-SmartToken: ${tokens.reader}\r\n`;
  const get = (version: string, headers: string) => `GET ${PATH}?limit=1 HTTP/${version}\r\n${headers}${token}\r\n`;
  const post = (headers: string, text: string) => `POST ${PATH} HTTP/1.1\r\nHost: x\r\n${token}${headers}\r\n${text}`;
  return fc
    .constantFrom(
      get('1.0', ''),
      get('1.0', 'Connection: keep-alive\r\n'),
      get('1.0', 'Transfer-Encoding: chunked\r\n'),
      get('1.1', CLOSE),
      get('1.1', `Host: a\r\nHost: b\r\n${CLOSE}`),
      get('1.1', `Host: ${'x'.repeat(3000)}\r\n${CLOSE}`),
      get('1.1', `Host:\r\n${CLOSE}`),
      get('1.1', `Host: x\r\n folded\r\n${CLOSE}`),
      get('1.1', `Host: x\r\nX-A : b\r\n${CLOSE}`),
      get('1.1', `Host: x\r\nX-A: a\rb\r\n${CLOSE}`),
      get('1.1', `Host: x\r\n${'X-A: b\r\n'.repeat(1500)}${CLOSE}`),
      get('1.1', `Host: x\r\nX-A: ${'b'.repeat(20_000)}\r\n${CLOSE}`),
      get('1.1', `Host: x\r\nConnection: upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n`),
      get('2.0', ''),
      get('0.9', ''),
      `GET ${PATH}\r\n`,
      `GET ${PATH}?${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n${token}\r\n`,
      `GET ${PATH} HTTP/1.1\nHost: x\n${CLOSE.trim()}\n${token.trim()}\n\n`,
      `\r\n\r\n\r\nGET ${PATH}?limit=1 HTTP/1.1\r\nHost: x\r\n${token}${CLOSE}\r\n`,
      `CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n`,
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      '\0'.repeat(1000),
      post('Content-Length: 1\r\nContent-Length: 1\r\n', 'a'),
      post('Content-Length: 1\r\nContent-Length: 2\r\n', 'ab'),
      post('Content-Length: 1, 1\r\n', 'a'),
      post('Content-Length: -1\r\n', 'a'),
      post('Content-Length: 1e3\r\n', 'a'),
      post('Content-Length: 99999999999999999999999\r\n', 'a'),
      post('Content-Length: 0x1\r\n', 'a'),
      post('Content-Length: 1\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
      post('Transfer-Encoding: chunked, chunked\r\n', '0\r\n\r\n'),
      post('Transfer-Encoding: gzip, chunked\r\n', '0\r\n\r\n'),
      post('Transfer-Encoding: chunked, identity\r\n', '0\r\n\r\n'),
      post('Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'),
      post('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n', '0\r\n\r\n'),
      post('Transfer-Encoding: chunked\r\n', `${'f'.repeat(20)}\r\nab`),
      post('Transfer-Encoding: chunked\r\n', `1;${'x'.repeat(30_000)}\r\na\r\n0\r\n\r\n`),
      post('Transfer-Encoding: chunked\r\n', `0\r\n${'X-A: b\r\n'.repeat(3000)}\r\n`),
      post(`Transfer-Encoding: chunked\r\n${CLOSE}`, '1\r\na\r\n0\r\nX-Trailer: b\r\n\r\n'),
      post(`Expect: 100-continue\r\nContent-Length: 5\r\n${CLOSE}`, 'hello'),
    )
    .chain((text) => fc.tuple(fc.constant(text), fc.boolean(), fc.array(fc.nat(text.length), { maxLength: 2 })))
    .map(([text, half, cuts]) => ({
      kind: 'framing',
      pieces: [0, ...cuts.sort((a, b) => a - b)].map((from, at, all) => latin1(text.slice(from, all[at + 1]))),
      ending: half ? { kind: 'half-closes' } : { kind: 'leaves when quiet', after: 50 },
    }));
};

const pipelined = (tokens: Tokens): fc.Arbitrary<Sent> =>
  // One that Node refuses would end the connection before the answers to the others.
  fc.array(readingHead(tokens).filter(isTaken), { minLength: 2, maxLength: 6 }).map((heads) => ({
    kind: 'pipelined',
    pieces: [latin1(heads.map(({ head }, at) => `${head}${at === heads.length - 1 ? CLOSE : ''}\r\n`).join(''))],
    ending: { kind: 'waits' },
    methods: heads.map(({ method }) => method),
  }));

const leaving = (tokens: Tokens): fc.Arbitrary<Sent> =>
  fc
    .tuple(
      fc.oneof(
        reading(tokens).filter(({ methods }) => methods !== undefined),
        posting(tokens),
        pipelined(tokens),
      ),
      fc.nat(15),
      fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    )
    .map(([{ pieces, methods }, after, part]) => {
      const all = Buffer.concat(pieces);
      return {
        kind: 'leaving',
        pieces: [part === null ? all : all.subarray(0, Math.floor(all.length * part))],
        ending: { kind: 'leaves', after },
        methods: methods ?? [],
      };
    });

/** All kinds, in shares in which they find something. */
export function fuzzRequests(tokens: Tokens): fc.Arbitrary<Sent> {
  return fc.oneof(
    { weight: 40, arbitrary: reading(tokens) },
    { weight: 20, arbitrary: posting(tokens) },
    { weight: 8, arbitrary: otherMethods(tokens) },
    { weight: 12, arbitrary: mutated(tokens) },
    { weight: 10, arbitrary: framing(tokens) },
    { weight: 5, arbitrary: pipelined(tokens) },
    { weight: 5, arbitrary: leaving(tokens) },
  );
}
