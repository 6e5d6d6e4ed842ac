/** Requests that read, and those with a method that nothing has. */
import fc from 'fast-check';
import { METRICS_PATH } from '../../../src/domain/paths.ts';
import { METRICS_PARAMETERS } from '../../../src/extract/metrics/request.ts';
import { EXTRACT_PARAMETERS } from '../../../src/extract/request.ts';
import { odataUrl } from '../odata/fuzz-urls.ts';
import { extras, headersOf, tokenHeader } from './headers.ts';
import { parameters, path, query, queryOf, required } from './parameters.ts';
import { CLOSE, latin1, PATH, type Sent, type Tokens } from './sent.ts';

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

export const reading = (tokens: Tokens): fc.Arbitrary<Sent> =>
  readingHead(tokens)
    .filter((asked) => asked.method === 'GET' || !isAboutTooLong(asked))
    .map((asked) => ({
      kind: 'reading',
      pieces: [latin1(`${asked.head}${CLOSE}\r\n`)],
      ending: { kind: 'waits' },
      ...((asked.method === 'GET' || isTaken(asked)) && { methods: [asked.method] }),
    }));

export const otherMethods = (tokens: Tokens): fc.Arbitrary<Sent> =>
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

export const pipelined = (tokens: Tokens): fc.Arbitrary<Sent> =>
  // One that Node refuses would end the connection before the answers to the others.
  fc.array(readingHead(tokens).filter(isTaken), { minLength: 2, maxLength: 6 }).map((heads) => ({
    kind: 'pipelined',
    pieces: [latin1(heads.map(({ head }, at) => `${head}${at === heads.length - 1 ? CLOSE : ''}\r\n`).join(''))],
    ending: { kind: 'waits' },
    methods: heads.map(({ method }) => method),
  }));
