-- 17 statements, 75 rows, reads at most 586

/* counts.interview */ SELECT p.n AS parent, count(*) FROM (SELECT DISTINCT p.n, l.interview_id AS k0
        FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.interviewer_employee_id = p.k0) p JOIN interview a ON a.interview_id = p.k0 WHERE true GROUP BY p.n
-- 0 rows, reads at most 0

/* pages.application */ SELECT a.parent, ARRAY[a.application_id::text] AS key, ARRAY[a.application_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.application_id, row_number() OVER (PARTITION BY p.n ORDER BY a.application_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN application a ON a.candidate_profile_id = p.k0 WHERE true) a
    WHERE a.position <= 51 ORDER BY a.parent, a.position
-- 2 rows, reads at most 2

/* pages.employee */ SELECT a.parent, ARRAY[a.employee_id::text] AS key, ARRAY[a.employee_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.employee_id, row_number() OVER (PARTITION BY p.n ORDER BY a.employee_id) AS position
      FROM (SELECT DISTINCT p.n, l.interviewer_employee_id AS k0
        FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.job_id = p.k0) p JOIN employee a ON a.employee_id = p.k0 WHERE true) a
    WHERE a.position <= 1001 ORDER BY a.parent, a.position
-- 29 rows, reads at most 500

/* pages.interview */ SELECT a.parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.interview_id, a.starts_at, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id) AS position
      FROM (SELECT DISTINCT p.n, l.interview_id AS k0
        FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.interviewer_employee_id = p.k0) p JOIN interview a ON a.interview_id = p.k0 WHERE true) a
    WHERE a.position <= 2 ORDER BY a.parent, a.position
-- 0 rows, reads at most 1

/* pages.job */ SELECT a.parent, ARRAY[a.job_id::text] AS key, ARRAY[a.job_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.job_id, row_number() OVER (PARTITION BY p.n ORDER BY a.job_id) AS position
      FROM (SELECT DISTINCT p.n, l.job_id AS k0
        FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.candidate_profile_id = p.k0) p JOIN job a ON a.job_id = p.k0 WHERE true) a
    WHERE a.position <= 1001 ORDER BY a.parent, a.position
-- 2 rows, reads at most 20

SELECT "application"."application_id", "application"."candidate_profile_id", "application"."job_id", "application"."stage"::text, "application"."step" FROM "application" WHERE "application"."application_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "application"."application_id", "application"."candidate_profile_id", "application"."job_id", "application"."stage"::text, "application"."step" FROM "application" WHERE ("application"."application_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 1 row, reads at most 1

SELECT "candidate"."candidate_profile_id", "candidate"."first_name", "candidate"."last_name" FROM "candidate" WHERE "candidate"."candidate_profile_id" = $1 OFFSET $2
-- 1 row, reads at most 1

SELECT "candidate"."candidate_profile_id", "candidate"."first_name", "candidate"."last_name" FROM "candidate" WHERE ("candidate"."candidate_profile_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 1 row, reads at most 1

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE "employee"."employee_id" = $1 OFFSET $2
-- 1 row, reads at most 1

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE "employee"."employee_id" IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,$29) OFFSET $30
-- 29 rows, reads at most 50

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE ("employee"."employee_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 1 row, reads at most 1

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE ("interview"."interview_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 1 row, reads at most 1

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" = $1 OFFSET $2
-- 1 row, reads at most 1

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE ("job"."job_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 1 row, reads at most 1

SELECT "time_slot"."interview_id", "time_slot"."slot_id", "time_slot"."start_time", "time_slot"."end_time", "time_slot"."starts_at", "time_slot"."ends_at", "time_slot"."duration", "time_slot"."room", "time_slot"."application_stage"::text, "time_slot"."application_step", "time_slot"."interviewer_count" FROM "time_slot" WHERE "time_slot"."interview_id" = $1 ORDER BY "time_slot"."start_time" ASC, "time_slot"."end_time" ASC, "time_slot"."slot_id" ASC OFFSET $2
-- 1 row, reads at most 1
