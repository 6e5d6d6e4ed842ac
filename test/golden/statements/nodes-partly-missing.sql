-- 5 statements, 6 rows, reads at most 203

/* counts.interview */ SELECT p.n AS parent, count(*) FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.job_id = p.k0 WHERE true GROUP BY p.n
-- 1 row, reads at most 100

/* pages.interview */ SELECT a.parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.interview_id, a.starts_at, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.job_id = p.k0 WHERE true) a
    WHERE a.position <= 2 ORDER BY a.parent, a.position
-- 2 rows, reads at most 100

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1) OFFSET $2
-- 1 row, reads at most 1

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2) OFFSET $3
-- 1 row, reads at most 1

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE ("job"."job_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 1 row, reads at most 1
