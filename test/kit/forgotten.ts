/** What must be stored of rows whose people were erased, or whose names and reviews have expired, by plain computation. */
import { createHmac } from 'node:crypto';
import { type CanonicalRow, FIELD_INDEX, type FieldKey } from '../../src/domain/fields.ts';
import type { Service } from './service.ts';

const get = (row: CanonicalRow, key: FieldKey): string | null => row[FIELD_INDEX[key]] ?? null;

/** Returns a copy of a row with other values. */
function changed(row: CanonicalRow, values: Readonly<Partial<Record<FieldKey, string | null>>>): CanonicalRow {
  const copy = [...row];
  for (const [key, value] of Object.entries(values)) copy[FIELD_INDEX[key as FieldKey]] = value;
  return copy;
}

const emptied = (row: CanonicalRow, keys: readonly FieldKey[]) =>
  Object.fromEntries(keys.map((key) => [key, get(row, key) === null ? null : '']));

/** Returns what hashes with the secret of a service's database: 32 hexadecimal digits. */
export async function hashWith(service: Pick<Service, 'rows'>): Promise<(text: string) => string> {
  const [dataset] = await service.rows(`SELECT encode(id_secret, 'hex') AS secret FROM dataset`);
  const secret = Buffer.from(String(dataset?.secret), 'hex');
  return (text) => createHmac('sha256', secret).update(text).digest('hex').slice(0, 32);
}

/** Returns rows as they are once these candidates and employees are erased (docs/erasure.md). */
export function erasedRows(
  hash: (text: string) => string,
  rows: readonly CanonicalRow[],
  candidates: readonly string[],
  employees: readonly string[],
): CanonicalRow[] {
  const uuid = (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const isCandidate = (row: CanonicalRow) => candidates.includes(get(row, 'candidateProfileId') ?? '');
  const isEmployee = (row: CanonicalRow, key: FieldKey) => employees.includes(get(row, key) ?? '');
  const isMet = (row: CanonicalRow) => isCandidate(row) || isEmployee(row, 'interviewerEmployeeId');
  const meetings = new Set(rows.filter(isMet).map((row) => get(row, 'interviewId')));
  return rows.map((row) =>
    changed(row, {
      ...(isCandidate(row) && {
        candidateProfileId: uuid(hash(`erased CANDIDATE ${get(row, 'candidateProfileId')}`)),
      }),
      ...(isEmployee(row, 'interviewerEmployeeId') && {
        interviewerEmployeeId: `erased-${hash(`erased EMPLOYEE ${get(row, 'interviewerEmployeeId')}`)}`,
        interviewerFirstName: null,
        interviewerLastName: null,
      }),
      ...(isEmployee(row, 'creatorEmployeeId') && {
        creatorEmployeeId: `erased-${hash(`erased EMPLOYEE ${get(row, 'creatorEmployeeId')}`)}`,
        creatorFirstName: null,
        creatorLastName: null,
      }),
      ...(isMet(row) && emptied(row, ['interviewerReview'])),
      ...(meetings.has(get(row, 'interviewId')) && emptied(row, ['interviewLocation', 'room'])),
    }),
  );
}

/** Returns rows as they are once those of interviews before a day, `yyyy-MM-dd`, have expired (docs/retention.md). */
export function expiredRows(
  hash: (text: string) => string,
  rows: readonly CanonicalRow[],
  day: string,
): CanonicalRow[] {
  const latest = (row: CanonicalRow, keys: readonly FieldKey[]) =>
    keys
      .flatMap((key) => get(row, key) ?? [])
      .sort()
      .at(-1);
  const timeOf = (row: CanonicalRow) =>
    latest(row, ['interviewStartDate', 'startTime', 'endTime']) ??
    latest(row, ['interviewCreateDate', 'interviewUpdateDate']);
  const isPast = (id: string | null) => {
    const times = rows.filter((row) => get(row, 'interviewId') === id).flatMap((row) => timeOf(row) ?? []);
    return times.length > 0 && times.every((time) => time < day);
  };
  return rows.map((row) => {
    if (!isPast(get(row, 'interviewId'))) return row;
    const [id, first, last] = (['interviewerEmployeeId', 'interviewerFirstName', 'interviewerLastName'] as const).map(
      (key) => get(row, key),
    );
    const isNamedOnly = id === null && Boolean(first || last);
    const isExpired = first === null && /^expired-[0-9a-f]{32}$/.test(last ?? '');
    return changed(row, {
      ...emptied(row, ['interviewerReview', 'interviewLocation', 'room']),
      creatorFirstName: null,
      creatorLastName: null,
      ...(id !== null && { interviewerFirstName: null, interviewerLastName: null }),
      ...(isNamedOnly &&
        !isExpired && {
          interviewerFirstName: null,
          interviewerLastName: `expired-${hash(`expired name ${JSON.stringify([first, last])}`)}`,
        }),
    });
  });
}
