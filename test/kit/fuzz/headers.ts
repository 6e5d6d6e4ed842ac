/** Headers, right ones and others. */
import fc from 'fast-check';
import { noise, utf8 } from '../hostile-text.ts';

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
export const extras = fc.array(extra, { maxLength: 4 });

export const tokenHeader = (good: readonly string[]) =>
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

export const headersOf = (headers: readonly (readonly [string, string])[]): string =>
  headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
