/** URLs and parameters, right ones and others. */
import fc from 'fast-check';
import { FIELD_KEYS } from '../../../src/domain/fields.ts';
import { METRICS_DEFINITIONS_PATH, METRICS_PATH } from '../../../src/domain/paths.ts';
import { inUrl, noise } from '../hostile-text.ts';
import { METRICS_VALUES } from '../metrics/fuzz-parameters.ts';
import { PATH } from './sent.ts';

const KEYS: string[] = [...FIELD_KEYS];

export const date = fc.oneof(
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
export const uuid = fc.oneof(
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

export const parameters = (names: readonly string[], most: number) => fc.array(oneOf(names), { maxLength: most });

export const queryOf = (parts: readonly string[]): string => (parts.length > 0 ? `?${parts.join('&')}` : '');

export const query = (names: readonly string[], most: number) => parameters(names, most).map(queryOf);

/** Parameters that a request has in any case, without which it would be refused whatever the others are. */
export const required = (names: readonly string[]) =>
  fc.tuple(...names.map((name) => valuesOf(name).map((value) => `${name}=${encodeURIComponent(value)}`)));

export const path = fc.oneof(
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
