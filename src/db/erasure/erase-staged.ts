/** Forgets people in the rows that an import has staged, before they are compared with the stored ones. */
import type pg from 'pg';
import type { FieldKey } from '../../domain/fields.ts';
import { contentHashSql } from '../import/content-hash.ts';
import { appointmentHashSql } from '../import/row-id.ts';
import { column, EMPTIED, FORGOTTEN_TEXTS, NAMES, otherWarnings } from './forgotten-texts.ts';
import { employeeIdSql, hashParameters, hashSql, readErasureKey } from './pseudonyms.ts';

/** The people among some rows who are to be forgotten, with their ids and hashes. */
export const CREATE_ERASED =
  '/* erasure.people */ CREATE TEMP TABLE erased (kind text, id text, hash uuid) ON COMMIT DROP';

/** Returns the statement that looks them up among ids. `candidates` and `employees`: SELECTs of them as the text `id`; they may repeat, and be null. */
const findErased = (candidates: string, employees: string): string => `/* erasure.people */ INSERT INTO erased
  SELECT kind, id, hash FROM (
    SELECT 'CANDIDATE' AS kind, id, ${hashSql('CANDIDATE', 'id')} AS hash FROM (SELECT DISTINCT id FROM (${candidates}) c) c
    UNION ALL
    SELECT 'EMPLOYEE', id, ${hashSql('EMPLOYEE', 'id')} FROM (SELECT DISTINCT id FROM (${employees}) e) e
  ) people JOIN erasure USING (kind, hash)`;

/** Whether anybody was ever erased. */
async function anyErased(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>(
    '/* erasure.any */ SELECT EXISTS (SELECT 1 FROM erasure) AS any',
  );
  return rows[0]?.any === true;
}

/**
 * Fills `erased` with the people who are among some ids, if anybody was ever erased. Returns how many. `candidates` and `employees`: see
 * `findErased`. Errors: those of the database.
 */
export async function gatherErased(client: pg.ClientBase, candidates: string, employees: string): Promise<number> {
  if (!(await anyErased(client))) return 0;
  await client.query(CREATE_ERASED);
  const key = await readErasureKey(client);
  const { rowCount } = await client.query(findErased(candidates, employees), hashParameters(key));
  return rowCount ?? 0;
}

/**
 * The staged rows that name the people, and the others of the interviews that a person had as candidate or interviewer: where it takes place may
 * tell of them. `candidate`, `interviewer`, `creator`: the hash of the one that the row names; null if it names none of them.
 */
const ERASED_ROWS = `/* erasure.rows */ CREATE TEMP TABLE erased_row ON COMMIT DROP AS
  WITH named AS (
    SELECT s.n, s.interview_id, c.hash AS candidate, i.hash AS interviewer, r.hash AS creator
    FROM staged s
      LEFT JOIN erased c ON c.kind = 'CANDIDATE' AND c.id = s.${column('candidateProfileId')}::text
      LEFT JOIN erased i ON i.kind = 'EMPLOYEE' AND i.id = s.${column('interviewerEmployeeId')}
      LEFT JOIN erased r ON r.kind = 'EMPLOYEE' AND r.id = s.${column('creatorEmployeeId')}
    WHERE s.refusal IS NULL
  ), meeting AS (SELECT DISTINCT interview_id FROM named WHERE candidate IS NOT NULL OR interviewer IS NOT NULL)
  SELECT n, candidate, interviewer, creator, meeting.interview_id IS NOT NULL AS of_meeting
  FROM named LEFT JOIN meeting USING (interview_id)
  WHERE meeting.interview_id IS NOT NULL OR creator IS NOT NULL`;

const whenNamed = (role: string, keys: readonly FieldKey[]): string[] =>
  keys.map((key) => `${column(key)} = CASE WHEN e.${role} IS NULL THEN s.${column(key)} END`);

const emptiedWhen = (condition: string, keys: readonly FieldKey[]): string[] =>
  keys.map(
    (key) =>
      `${column(key)} = CASE WHEN ${condition} AND s.${column(key)} IS NOT NULL THEN '' ELSE s.${column(key)} END`,
  );

const FORGOTTEN: readonly FieldKey[] = [
  ...FORGOTTEN_TEXTS,
  'candidateProfileId',
  'interviewerEmployeeId',
  'creatorEmployeeId',
];

const FORGET = [
  `UPDATE staged s SET
    ${column('candidateProfileId')} = coalesce(e.candidate, s.${column('candidateProfileId')}),
    ${column('interviewerEmployeeId')} = coalesce(${employeeIdSql('e.interviewer')}, s.${column('interviewerEmployeeId')}),
    ${column('creatorEmployeeId')} = coalesce(${employeeIdSql('e.creator')}, s.${column('creatorEmployeeId')}),
    ${[
      ...whenNamed('interviewer', NAMES.interviewer),
      ...whenNamed('creator', NAMES.creator),
      ...emptiedWhen('(e.candidate IS NOT NULL OR e.interviewer IS NOT NULL)', EMPTIED.ofPerson),
      ...emptiedWhen('e.of_meeting', EMPTIED.ofInterview),
    ].join(',\n    ')},
    warnings = ${otherWarnings(FORGOTTEN)}
   FROM erased_row e WHERE e.n = s.n`,
  // The hashes are of the values, so they follow.
  `UPDATE staged s SET content_hash = ${contentHashSql('s')}, key_hash = ${appointmentHashSql('s')} FROM erased_row e WHERE e.n = s.n`,
];

/** Counts the rows that name somebody who was forgotten. */
const COUNT =
  '/* erasure.count */ SELECT count(*) AS count FROM erased_row WHERE coalesce(candidate, interviewer, creator) IS NOT NULL';

/** Forgets the people of `erased` in `staged`. Returns the number of rows that name one. Errors: those of the database. */
export async function forgetStaged(client: pg.ClientBase): Promise<number> {
  await client.query('/* erasure.analyze */ ANALYZE erased');
  await client.query(ERASED_ROWS);
  await client.query('/* erasure.analyze */ ANALYZE erased_row');
  for (const statement of FORGET) await client.query(`/* erasure.forget */ ${statement}`);
  const { rows } = await client.query<{ count: string }>(COUNT);
  return Number(rows[0]?.count);
}

const fromStaged = (key: FieldKey, cast = ''): string =>
  `SELECT ${column(key)}${cast} AS id FROM staged WHERE ${column(key)} IS NOT NULL`;

/**
 * Forgets in the staged rows of an import whoever was erased before. Returns the number of rows that name such a person. Errors: those of the
 * database.
 */
export async function eraseStaged(client: pg.ClientBase): Promise<number> {
  const found = await gatherErased(
    client,
    fromStaged('candidateProfileId', '::text'),
    `${fromStaged('interviewerEmployeeId')} UNION ALL ${fromStaged('creatorEmployeeId')}`,
  );
  return found === 0 ? 0 : await forgetStaged(client);
}

/**
 * Leaves out the names of candidates who were erased before. `table`: that of the staged names, with their `id`. Returns how many rows it left
 * out. Errors: those of the database.
 */
export async function dropErased(client: pg.ClientBase, table: string): Promise<number> {
  if (!(await anyErased(client))) return 0;
  const { rowCount } = await client.query(
    `/* erasure.names */ DELETE FROM ${table} s USING erasure e WHERE e.kind = 'CANDIDATE' AND e.hash = ${hashSql('CANDIDATE', 's.id::text')}`,
    hashParameters(await readErasureKey(client)),
  );
  return rowCount ?? 0;
}
