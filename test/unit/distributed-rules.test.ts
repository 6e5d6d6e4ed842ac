/** What Citus 13.2 refuses, and what it takes instead. Each text was tried there. */
import { loadModule } from 'libpg-query';
import { beforeAll, describe, expect, test } from 'vitest';
import { complaintsAbout } from '../kit/distributed/complaints.ts';
import { exceptionOf } from '../kit/distributed/exceptions.ts';
import { nameOf } from '../kit/distributed/name.ts';
import { brokenRules } from '../kit/distributed/rules.ts';

beforeAll(loadModule);

const rulesOf = (text: string): string[] => brokenRules(text).map(({ rule }) => rule);

/** Which rule, what breaks it, the beginning of the message, and what is right. */
const RULES: readonly (readonly [rule: string, wrong: string, message: string, right: string])[] = [
  [
    'a subquery has a column',
    'SELECT count(*) FROM interview WHERE EXISTS (SELECT FROM appointment WHERE room = $1)',
    'a subquery must have a column',
    'SELECT count(*) FROM interview WHERE EXISTS (SELECT 1 FROM appointment WHERE room = $1)',
  ],
  [
    'EXISTS over a local table is not correlated with a distributed one',
    'SELECT a.room FROM appointment a WHERE EXISTS (SELECT 1 FROM job j WHERE j.job_id = a.job_id AND j.department = $1)',
    'a subquery over job, which is not distributed must not ask about appointment',
    'SELECT a.room FROM appointment a WHERE a.job_id IN (SELECT job_id FROM job WHERE department = $1)',
  ],
  [
    'EXISTS over a distributed table is not correlated with a local one',
    'DELETE FROM job t WHERE NOT EXISTS (SELECT 1 FROM appointment a WHERE a.job_id = t.job_id)',
    'a subquery over appointment must not ask about job, which is not distributed',
    'DELETE FROM job WHERE job_id NOT IN (SELECT job_id FROM appointment WHERE job_id IS NOT NULL)',
  ],
  [
    'distributed tables meet by interview_id in a subquery',
    'SELECT count(*) FROM interview i WHERE EXISTS (SELECT 1 FROM appointment a WHERE a.job_id = i.job_id)',
    'a subquery over appointment must ask about interview by its interview_id',
    `SELECT count(*) FROM interview i WHERE EXISTS (SELECT 1 FROM appointment a WHERE (a.interview_id, a.job_id) = (i.interview_id, i.job_id)
       AND a.job_id IN (SELECT job_id FROM job WHERE department = $1))`,
  ],
  [
    'a subquery over a distributed table is not correlated through a third table',
    `SELECT count(*) FROM interview i WHERE EXISTS (SELECT 1 FROM job j JOIN appointment a ON a.job_id = j.job_id WHERE j.job_id = i.job_id)`,
    'a subquery over appointment must ask about interview by its interview_id',
    `SELECT count(*) FROM interview i WHERE EXISTS (SELECT 1 FROM appointment a JOIN job j ON j.job_id = a.job_id WHERE a.interview_id = i.interview_id)`,
  ],
  [
    'a subquery over a distributed table does not ask about the rows of a WITH',
    `WITH changed AS (SELECT interview_id FROM difference)
       SELECT (SELECT count(*) FROM appointment a WHERE a.interview_id = changed.interview_id) FROM changed`,
    'a subquery over appointment must not ask about the result changed of a WITH',
    'WITH changed AS (SELECT interview_id FROM difference) SELECT i.interview_id FROM interview i WHERE EXISTS (SELECT 1 FROM changed c WHERE c.interview_id = i.interview_id)',
  ],
  [
    'a subquery over a distributed table does not ask about the rows of a page',
    `SELECT ARRAY(SELECT a.row_id FROM appointment a WHERE a.interview_id = i.interview_id) FROM (SELECT * FROM interview ORDER BY starts_at LIMIT 50) i`,
    'a subquery over appointment must not ask about the subquery i',
    'SELECT ARRAY(SELECT a.row_id FROM appointment a WHERE a.interview_id = i.interview_id) FROM interview i',
  ],
  [
    'a subquery over a distributed table does not ask about groups by something else',
    `SELECT count(*) FROM (SELECT job_id FROM appointment GROUP BY job_id) g WHERE EXISTS (SELECT 1 FROM interview i WHERE i.job_id = g.job_id)`,
    'a subquery over interview must not ask about the subquery g',
    `SELECT count(*) FROM (SELECT interview_id FROM appointment GROUP BY interview_id) g
       WHERE EXISTS (SELECT 1 FROM interview i WHERE i.interview_id = g.interview_id)`,
  ],
  [
    'a subquery over a distributed table does not ask about values',
    'SELECT k FROM unnest($1::text[]) AS given(k) WHERE EXISTS (SELECT 1 FROM appointment a WHERE a.interview_id = given.k)',
    'a subquery over appointment must not ask about the values of given',
    'SELECT DISTINCT k FROM unnest($1::text[]) AS given(k) JOIN appointment a ON a.interview_id = given.k',
  ],
  [
    'a temporary table is a local one',
    'SELECT a.room FROM appointment a WHERE NOT EXISTS (SELECT 1 FROM refused r WHERE r.interview_id = a.interview_id)',
    'a subquery over refused, which is not distributed must not ask about appointment',
    'SELECT a.room FROM appointment a WHERE a.interview_id NOT IN (SELECT interview_id FROM refused WHERE interview_id IS NOT NULL)',
  ],
  [
    'a local table that is joined with a distributed one has no subquery over a third',
    `SELECT i.interview_id FROM interview i JOIN job j ON j.job_id = i.job_id
       WHERE EXISTS (SELECT 1 FROM candidate c WHERE c.candidate_profile_id = j.job_id)`,
    'a subquery over candidate, which is not distributed must not ask about job, which is not distributed, which is joined with a distributed table',
    'SELECT j.title FROM job j WHERE EXISTS (SELECT 1 FROM candidate c WHERE c.candidate_profile_id = j.job_id)',
  ],
  [
    'LATERAL over a local table does not ask about a distributed one',
    'SELECT j.title FROM interview i LEFT JOIN LATERAL (SELECT title FROM job WHERE job.job_id = i.job_id) j ON true',
    'a subquery over job, which is not distributed must not ask about interview',
    'SELECT j.title FROM interview i LEFT JOIN job j ON j.job_id = i.job_id',
  ],
  ...[
    ['a LIMIT', 'a.row_id', 'LIMIT 5'],
    ['DISTINCT', 'DISTINCT a.room', ''],
    ['an aggregate', 'count(*)', ''],
    ['a window over all rows', 'row_number() OVER (ORDER BY row_id)', ''],
    ['a window over all rows', 'row_number() OVER w', 'WINDOW w AS (ORDER BY row_id)'],
  ].map(
    ([what, column, end]) =>
      [
        `LATERAL with ${what}, as ${column}, does not ask about values`,
        `SELECT x FROM unnest($1::text[]) AS given(k) CROSS JOIN LATERAL (SELECT ${column} FROM appointment a WHERE a.interview_id = given.k ${end}) x`,
        `a LATERAL subquery over appointment that asks about the values of given must not have ${what}`,
        `SELECT x FROM unnest($1::text[]) AS given(k) CROSS JOIN LATERAL
           (SELECT a.row_id, row_number() OVER (PARTITION BY a.interview_id ORDER BY row_id) FROM appointment a WHERE a.interview_id = given.k) x`,
      ] as const,
  ),
  [
    'LATERAL without a FROM has no subquery',
    'SELECT fault FROM appointment a CROSS JOIN LATERAL (SELECT a.room = (SELECT version::text FROM dataset) AS fault) f',
    'a LATERAL subquery without FROM over appointment must not have a subquery of its own',
    'SELECT fault FROM appointment a CROSS JOIN LATERAL (SELECT a.room = $1 AS fault) f',
  ],
  [
    'distributed tables are joined by interview_id',
    'SELECT 1 FROM appointment, interview LIMIT 0',
    'interview must be joined with the other distributed tables of its FROM by interview_id',
    'SELECT 1 FROM appointment a JOIN interview USING (interview_id) JOIN time_slot s ON s.interview_id = a.interview_id, job LIMIT 0',
  ],
  [
    'false stands alone',
    'SELECT count(*) FROM interview i WHERE NOT EXISTS (SELECT 1 FROM appointment a WHERE a.interview_id = i.interview_id AND false)',
    'false must not stand in an AND beside or within a subquery over a distributed table',
    'SELECT count(*) FROM interview i WHERE false',
  ],
  [
    'what the server cancels has a type',
    'SELECT pg_cancel_backend($1)',
    'pg_cancel_backend and pg_terminate_backend must know the type of their parameter',
    'SELECT pg_cancel_backend($1::integer)',
  ],
  [
    'GROUPING SETS are over what is grouped before',
    'SELECT job_id, count(*) FROM appointment GROUP BY ROLLUP (job_id)',
    'GROUPING SETS, ROLLUP and CUBE must not group rows of a distributed table',
    'SELECT job_id, sum(n) FROM (SELECT job_id, count(*) AS n FROM appointment GROUP BY job_id) g GROUP BY ROLLUP (job_id)',
  ],
  [
    'rows are not locked one by one',
    'SELECT 1 FROM appointment FOR UPDATE',
    'FOR UPDATE and FOR SHARE must not lock rows of a distributed table',
    'SELECT 1 FROM dataset FOR UPDATE',
  ],
  [
    'LIMIT is no subquery',
    'SELECT 1 FROM job UNION ALL (SELECT 1 FROM interview LIMIT (SELECT count(*) FROM job))',
    'LIMIT over a distributed table must not be a subquery',
    'SELECT 1 FROM interview LIMIT $1',
  ],
  [
    'UPDATE does not compute what depends on settings from columns',
    `UPDATE appointment SET room = convert_to(room, 'UTF8')::text`,
    'UPDATE appointment must not compute convert_to() for each row',
    `WITH computed AS MATERIALIZED (SELECT interview_id, row_id, convert_to(room, 'UTF8')::text AS room FROM appointment)
       UPDATE appointment a SET room = c.room FROM computed c WHERE a.interview_id = c.interview_id AND a.row_id = c.row_id`,
  ],
  [
    'UPDATE does not compute it in a subquery either that runs where the rows are',
    `UPDATE appointment a SET room = c.room FROM (SELECT interview_id, row_id, concat(room, 'x') AS room FROM appointment) c
       WHERE a.interview_id = c.interview_id AND a.row_id = c.row_id`,
    'UPDATE appointment must not compute concat() for each row',
    `UPDATE appointment a SET room = c.room FROM (SELECT interview_id, concat(name, 'x') AS room FROM refused) c WHERE a.interview_id = c.interview_id`,
  ],
  [
    'UPDATE takes the time from the client',
    'UPDATE appointment SET reviewed_at = clock_timestamp()',
    'UPDATE appointment must not compute clock_timestamp() for each row',
    'UPDATE appointment SET reviewed_at = now()',
  ],
  [
    'CASE and COALESCE of UPDATE take no time at all',
    'UPDATE appointment SET reviewed_at = coalesce(reviewed_at, now())',
    'UPDATE appointment must not call now() within CASE or COALESCE',
    'UPDATE appointment SET reviewed_at = coalesce(reviewed_at, $1::timestamptz)',
  ],
  [
    "UPDATE does not depend on the session's time zone",
    'UPDATE appointment SET starts_at = start_time::timestamptz',
    'UPDATE appointment must not compute timestamptz of a column',
    'UPDATE appointment SET starts_at = start_time AT TIME ZONE interview_time_zone',
  ],
  [
    'DELETE has no function that gives something else each time',
    'DELETE FROM appointment WHERE random() < 0.5',
    'DELETE FROM appointment must not compute random() for each row',
    'DELETE FROM refused WHERE random() < 0.5',
  ],
  [
    'ON CONFLICT calls nothing that depends on settings or time',
    'INSERT INTO interview SELECT * FROM made ON CONFLICT (interview_id) DO UPDATE SET starts_at = now()',
    'ON CONFLICT of interview must not call now()',
    'INSERT INTO interview SELECT * FROM made ON CONFLICT (interview_id) DO UPDATE SET starts_at = excluded.starts_at',
  ],
  [
    'a row stays with its interview',
    'UPDATE appointment SET interview_id = $1',
    'UPDATE appointment must not change interview_id',
    'UPDATE job SET job_id = $1',
  ],
];

describe.each(RULES)('%s', (_rule, wrong, message, right) => {
  test('what breaks it is named', () => expect(rulesOf(wrong)).toEqual([expect.stringContaining(message)]));
  test('what to write instead breaks none', () => expect(rulesOf(right)).toEqual([]));
});

test('what it says names the statement, the rule and what to write instead', async () => {
  const text =
    '/* jobs.unused */ DELETE FROM job t WHERE NOT EXISTS (SELECT 1 FROM appointment a WHERE a.job_id = t.job_id)';
  expect(await complaintsAbout([text, text.replace('DELETE', ' DELETE')])).toEqual([
    expect.stringMatching(
      /^The statement jobs\.unused .*: a subquery over appointment must not .*\n {2}Write key IN \(SELECT .*\n {2}\/\* jobs/,
    ),
  ]);
});

test('a text has the name of its comment, also in COPY; the texts of tests and of Prisma have none', () => {
  expect(nameOf('/* load.counts */ SELECT 1')).toBe('load.counts');
  expect(nameOf('COPY (/* extract.rows */ SELECT 1) TO STDOUT')).toBe('extract.rows');
  expect(nameOf('DELETE FROM interview')).toBeNull();
  expect(nameOf('EXPLAIN /* load.counts */ SELECT 1')).toBeNull();
});

test('an exception is of one name, or of all with a beginning', () => {
  expect(exceptionOf('metrics.groups')?.name).toBe('metrics.groups');
  expect(exceptionOf('page.interview')?.name).toBe('page.*');
  expect(exceptionOf('metrics.groups.more')).toBeUndefined();
});
