/** A service with rows of two departments, and a caller of each kind: what docs/access.md is found out with. */
import { issueToken } from '../../../src/db/tokens/tokens.ts';
import { FIELDS, type Field } from '../../../src/domain/fields.ts';
import type { Scope } from '../../../src/domain/viewer.ts';
import { importNames } from '../import-names.ts';
import { csvOf, rowOf, type Values } from '../rows.ts';
import { ADMIN_TOKEN, type Service } from '../service.ts';

/** The ids of what each department has. All other texts begin with its word, and those of personal fields have `secret` in them. */
export const OWN = { word: 'own', digit: 'a', department: 'Design', day: '2026-02-02' } as const;
export const OTHER = { word: 'other', digit: 'b', department: 'Sales', day: '2026-02-16' } as const;
type Side = typeof OWN | typeof OTHER;

export const idOf = ({ digit }: Side, number: number): string =>
  `${digit.repeat(8)}-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** How many rows each has. */
const ROWS_OF_OWN = 1;
const ROWS_OF_OTHER = 2;

/** A row that has a value in each field. */
function valuesOf(side: Side, number: number): Values {
  const { word, day } = side;
  const texts = FIELDS.map((field: Field) => [field.key, field.personal ? `${word} secret` : `${word} ${field.key}`]);
  return {
    ...Object.fromEntries(texts),
    ...{ interviewId: `${word}-1`, applicationId: idOf(side, 1), applicationStage: 'INTERVIEW', jobId: idOf(side, 2) },
    ...{ candidateProfileId: idOf(side, 3), candidateStatus: 'ACCEPTED', interviewType: 'VIDEO' },
    ...{ interviewCreateDate: '2026-01-01T00:00:00', interviewUpdateDate: '2026-01-02T00:00:00' },
    ...{ interviewStartDate: `${day}T09:00:00`, interviewTimeZone: 'Europe/Berlin', interviewDuration: '1' },
    ...{ interviewCanceled: 'false', creatorEmployeeId: `${word}-creator`, interviewers: '2' },
    ...{ interviewerEmployeeId: `${word}-e${number}`, interviewerStatus: 'ACCEPTED', interviewerRating: '4.25' },
    ...{ startTime: `${day}T09:00:00`, endTime: `${day}T10:00:00`, duration: '1', timeToProvideFeedback: '2' },
  };
}

const rowsOf = (side: Side, count: number) =>
  Array.from({ length: count }, (_, number) => rowOf(valuesOf(side, number)));

/** Rows that an import may bring. */
export const EXTRACT = csvOf([...rowsOf(OWN, ROWS_OF_OWN), ...rowsOf(OTHER, ROWS_OF_OTHER)]);

/** Signs in a text by which the rows of a side are known: ids, or numbers of rows where there is no id. */
export interface Signs {
  readonly own: RegExp;
  readonly other: RegExp;
}

/** Where there are ids. */
export const IDS: Signs = { own: /\bown-|aaaaaaaa-/, other: /\bother-|bbbbbbbb-/ };

/** Where a member of this name counts rows: of the department alone, or of all. */
export const countsIn = (member: string): Signs => ({
  own: new RegExp(`"${member}":(${ROWS_OF_OWN}|${ROWS_OF_OWN + ROWS_OF_OTHER})\\b`),
  other: new RegExp(`"${member}":(${ROWS_OF_OTHER}|${ROWS_OF_OWN + ROWS_OF_OTHER})\\b`),
});

/** The columns of the tables: what a token may do. `''`: no token. */
export const CALLERS = ['', 'read', 'read, personal', 'write', 'admin', 'read, personal, restricted'] as const;
export type Caller = (typeof CALLERS)[number];

/** The tokens of the callers. */
export type Tokens = Readonly<Record<Caller, string>>;

/** Imports the rows and their names, and issues the tokens. */
export async function prepare(service: Service): Promise<Tokens> {
  await service.import(EXTRACT);
  const sides = [OWN, OTHER] as const;
  const jobs = sides.map((side) => `${idOf(side, 2)},${side.word} title,${side.department}\n`);
  const candidates = sides.map((side) => `${idOf(side, 3)},${side.word} secret,${side.word} secret\n`);
  await importNames(service, {
    jobs: `jobId,title,department\n${jobs.join('')}`,
    candidates: `candidateProfileId,firstName,lastName\n${candidates.join('')}`,
  });
  const issue = async (name: string, scopes: readonly Scope[], isRestricted = false) => {
    const restriction = isRestricted ? { jobIds: [], departments: [OWN.department] } : null;
    const request = { name, scopes, expiresAt: null, restriction, ratePerMinute: null };
    return (await issueToken(service.db.prisma, request)).token;
  };
  return {
    '': '',
    read: await issue('reader', ['read']),
    'read, personal': await issue('reader of all', ['read', 'personal']),
    write: await issue('writer', ['write']),
    admin: ADMIN_TOKEN,
    'read, personal, restricted': await issue('restricted', ['read', 'personal'], true),
  };
}

/**
 * Says what a text shows: rows of all or of the own department, and whether the personal fields are in it, if an administrator's `whole` has
 * some. Throws if it has rows of the other department alone.
 */
export function shownIn(text: string, whole: string, { own, other }: Signs): string {
  const [hasOwn, hasOther] = [own.test(text), other.test(text)];
  if (hasOther && !hasOwn) throw new Error(`rows of the other department alone: ${text.slice(0, 1000)}`);
  if (!hasOwn) return 'yes';
  const rows = hasOther ? 'all rows' : 'own rows';
  return whole.includes('secret') && !text.includes('secret') ? `${rows}, personal fields empty` : rows;
}
