-- 4 statements, 14 rows, reads at most 51

/* counts.interview */ SELECT p.n AS parent, count(*) FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.creator_employee_id = p.k0 WHERE a.created_at >= $2::timestamptz(0) GROUP BY p.n
-- 1 row, reads at most 20

/* pages.interview */ SELECT a.parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.created_at::text, a.interview_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.interview_id, a.created_at, row_number() OVER (PARTITION BY p.n ORDER BY a.created_at DESC NULLS LAST, a.interview_id DESC) AS position
      FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.creator_employee_id = p.k0 WHERE a.created_at >= $2::timestamptz(0)) a
    WHERE a.position <= 21 ORDER BY a.parent, a.position
-- 6 rows, reads at most 20

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE ("employee"."employee_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 1 row, reads at most 1

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2,$3,$4,$5,$6) OFFSET $7
-- 6 rows, reads at most 10
