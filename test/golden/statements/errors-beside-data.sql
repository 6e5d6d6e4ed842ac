-- 6 statements, 11 rows, reads at most 16

/* counts.interview */ SELECT p.n AS parent, count(*) FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.application_id = p.k0 WHERE true GROUP BY p.n
-- 2 rows, reads at most 5

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at, a.interview_id LIMIT 3) a ORDER BY a.starts_at, a.interview_id LIMIT 3
-- 3 rows, reads at most 5

SELECT "application"."application_id", "application"."candidate_profile_id", "application"."job_id", "application"."stage"::text, "application"."step" FROM "application" WHERE "application"."application_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" IN ($1,$2) OFFSET $3
-- 1 row, reads at most 1

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE ("job"."job_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 1 row, reads at most 1
