-- 16 statements, 78 rows, reads at most 7332

/* counts.appointment */ SELECT p.n AS parent, count(*) FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment a ON a.candidate_profile_id = p.k0 WHERE true GROUP BY p.n
-- 6 rows, reads at most 20

/* counts.candidate */ SELECT p.n AS parent, count(*) FROM (SELECT DISTINCT p.n, l.candidate_profile_id AS k0
        FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.job_id = p.k0) p JOIN candidate a ON a.candidate_profile_id = p.k0 WHERE true GROUP BY p.n
-- 3 rows, reads at most 1000

/* counts.interview */ SELECT p.n AS parent, count(*) FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.job_id = p.k0 WHERE a.canceled = ANY($2::boolean[]) GROUP BY p.n
-- 2 rows, reads at most 50

/* counts.interview */ SELECT p.n AS parent, count(*) FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.job_id = p.k0 WHERE true GROUP BY p.n
-- 3 rows, reads at most 50

/* page.job */ SELECT NULL::bigint AS parent, ARRAY[a.job_id::text] AS key, ARRAY[a.job_id::text] AS keyset
    FROM (SELECT a.* FROM job a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a_.job_id AS k0, a_.interview_id AS o0 FROM interview a_ WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $1::integer) a__groups WHERE a__groups.k0 = a.job_id)) IS TRUE) ORDER BY a.job_id LIMIT 4) a ORDER BY a.job_id LIMIT 4
-- 4 rows, reads at most 5000

/* pages.application */ SELECT a.parent, ARRAY[a.application_id::text] AS key, ARRAY[a.step::text, a.application_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.application_id, a.step, row_number() OVER (PARTITION BY p.n ORDER BY a.step NULLS FIRST, a.application_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN application a ON a.job_id = p.k0 WHERE true) a
    WHERE a.position <= 2 ORDER BY a.parent, a.position
-- 6 rows, reads at most 50

/* pages.appointment */ SELECT a.parent, ARRAY[a.interview_id::text, a.row_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text, a.row_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.interview_id, a.row_id, a.starts_at, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id, a.row_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment a ON a.candidate_profile_id = p.k0 WHERE true) a
    WHERE a.position <= 2 ORDER BY a.parent, a.position
-- 8 rows, reads at most 20

/* pages.candidate */ SELECT a.parent, ARRAY[a.candidate_profile_id::text] AS key, ARRAY[a.candidate_profile_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.candidate_profile_id, row_number() OVER (PARTITION BY p.n ORDER BY a.candidate_profile_id) AS position
      FROM (SELECT DISTINCT p.n, l.candidate_profile_id AS k0
        FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.job_id = p.k0) p JOIN candidate a ON a.candidate_profile_id = p.k0 WHERE true) a
    WHERE a.position <= 3 ORDER BY a.parent, a.position
-- 8 rows, reads at most 1000

/* pages.interview */ SELECT a.parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.interview_id, a.starts_at, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at DESC, a.interview_id DESC) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.job_id = p.k0 WHERE a.canceled = ANY($2::boolean[])) a
    WHERE a.position <= 2 ORDER BY a.parent, a.position
-- 3 rows, reads at most 50

/* pages.interview */ SELECT a.parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.interview_id, a.starts_at, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.job_id = p.k0 WHERE true) a
    WHERE a.position <= 3 ORDER BY a.parent, a.position
-- 9 rows, reads at most 50

SELECT "application"."application_id", "application"."candidate_profile_id", "application"."job_id", "application"."stage"::text, "application"."step" FROM "application" WHERE "application"."application_id" IN ($1,$2,$3) OFFSET $4
-- 3 rows, reads at most 5

SELECT "appointment".* FROM "appointment" WHERE ("appointment"."interview_id" IN ($1,$2,$3,$4,$5,$6) AND "appointment"."row_id" IN ($7,$8,$9,$10,$11,$12)) OFFSET $13
-- 6 rows, reads at most 10

SELECT "candidate"."candidate_profile_id", "candidate"."first_name", "candidate"."last_name" FROM "candidate" WHERE "candidate"."candidate_profile_id" IN ($1,$2,$3,$4,$5,$6) OFFSET $7
-- 6 rows, reads at most 10

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2,$3,$4,$5,$6) OFFSET $7
-- 6 rows, reads at most 10

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" IN ($1,$2,$3) OFFSET $4
-- 3 rows, reads at most 5
