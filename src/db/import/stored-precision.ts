/**
 * Keeps stored values that a spreadsheet has made less precise (docs/contract.md, "Repairs"): a date without seconds if the stored one is of
 * the same minute, a number if the stored one, rounded to its digits, is the same.
 */
import type pg from 'pg';
import { FIELD_INDEX, FIELDS, type Field, fieldOf, isDate } from '../../domain/fields.ts';
import type { KeptPrecision } from '../../domain/import/import-session.ts';
import { contentHashSql } from './content-hash.ts';
import { appointmentHashSql } from './row-id.ts';

const MAY_BE_COARSE: readonly Field[] = FIELDS.filter((field) => isDate(field) || field.kind === 'number');
const [DATES, NUMBERS] = [MAY_BE_COARSE.filter(isDate), MAY_BE_COARSE.filter((field) => !isDate(field))];

/** Whether the staged value `s` is marked as coarse, as SQL. */
const marked = ({ key }: Field): string =>
  `(s.coarse & ${2n ** BigInt(FIELD_INDEX[key as keyof typeof FIELD_INDEX])}) <> 0`;

/** Whether a stored value `a` agrees with the staged one as far as that goes, but is more precise, as SQL. */
function agrees(field: Field): string {
  const [stored, staged] = [`a.${field.column}`, `s.${field.column}`];
  const same = isDate(field)
    ? `date_trunc('minute', ${stored}) = ${staged}`
    : `round(${stored}, scale(${staged})) = ${staged}`;
  return `coalesce(${marked(field)} AND ${stored} <> ${staged} AND ${same}, false)`;
}

/** Follows from the condition on the start, and lets Postgres find the few rows of an interview that can match by a hash. */
const minute = (row: string): string => `coalesce(date_trunc('minute', ${row}.start_time), '-infinity')`;

const startTime = fieldOf('startTime');

/**
 * The stored row of each staged one: that of the same interviewer and start, or start to the minute. Of several the one that agrees best.
 */
const MATCHES = `/* load.precision */ CREATE TEMP TABLE precise ON COMMIT DROP AS
  SELECT DISTINCT ON (s.n) s.n, s.source, s.line,
    ${MAY_BE_COARSE.map((field) => `CASE WHEN ${agrees(field)} THEN a.${field.column} ELSE s.${field.column} END AS ${field.column}`).join(',\n    ')},
    ${DATES.map((field) => `${agrees(field)}::int`).join(' + ')} AS seconds,
    ${NUMBERS.map((field) => `${agrees(field)}::int`).join(' + ')} AS digits
  FROM staged s JOIN appointment a ON a.interview_id = s.interview_id
    AND a.interviewer_employee_id IS NOT DISTINCT FROM s.interviewer_employee_id
    AND (s.interviewer_employee_id IS NOT NULL OR (a.interviewer_first_name IS NOT DISTINCT FROM s.interviewer_first_name
      AND a.interviewer_last_name IS NOT DISTINCT FROM s.interviewer_last_name))
    AND (a.start_time IS NOT DISTINCT FROM s.start_time OR ${agrees(startTime)})
    AND ${minute('a')} = ${minute('s')}
  WHERE s.coarse IS NOT NULL AND s.refusal IS NULL
  ORDER BY s.n, a.start_time IS NOT DISTINCT FROM s.start_time DESC, date_trunc('minute', a.end_time) IS NOT DISTINCT FROM date_trunc('minute', s.end_time) DESC,
    a.room IS NOT DISTINCT FROM s.room DESC, a.content_hash`;

/** The hashes are of the values, so they follow. Rows without a kept value stay as they are. */
const KEEP = [
  'DELETE FROM precise WHERE seconds + digits = 0',
  `UPDATE staged s SET ${MAY_BE_COARSE.map(({ column }) => `${column} = p.${column}`).join(', ')} FROM precise p WHERE p.n = s.n`,
  `UPDATE staged s SET content_hash = ${contentHashSql('s')}, key_hash = ${appointmentHashSql('s')} FROM precise p WHERE p.n = s.n`,
];

const COUNTS = `/* load.precision */ SELECT source, min(line) AS line, sum(count)::int AS count, what FROM (
    SELECT source, line, seconds AS count, 'seconds' AS what FROM precise WHERE seconds > 0
    UNION ALL SELECT source, line, digits, 'digits' FROM precise WHERE digits > 0
  ) kept GROUP BY source, what ORDER BY source, what DESC`;

/** Keeps them in `staged`, before it is compared with the stored rows. Returns what was kept. Errors: those of the database. */
export async function keepPrecision(client: pg.ClientBase): Promise<KeptPrecision[]> {
  await client.query('/* load.analyze */ ANALYZE staged (n, interview_id, coarse)');
  await client.query(MATCHES);
  for (const statement of KEEP) await client.query(`/* load.precision */ ${statement}`);
  const { rows } = await client.query<KeptPrecision & { line: string }>(COUNTS);
  return rows.map((kept) => ({ ...kept, line: Number(kept.line) }));
}
