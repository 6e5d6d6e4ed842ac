-- 16 statements, 18 rows, reads at most 1034

/* counts.candidate */ SELECT p.n AS parent, count(*) FROM (SELECT DISTINCT p.n, l.candidate_profile_id AS k0
        FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.job_id = p.k0) p JOIN candidate a ON a.candidate_profile_id = p.k0 WHERE true GROUP BY p.n
-- 1 row, reads at most 500

/* counts.interview */ SELECT p.n AS parent, count(*) FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.creator_employee_id = p.k0 WHERE true GROUP BY p.n
-- 1 row, reads at most 500

/* pages.job */ SELECT a.parent, ARRAY[a.job_id::text] AS key, ARRAY[a.job_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.job_id, row_number() OVER (PARTITION BY p.n ORDER BY a.job_id) AS position
      FROM (SELECT DISTINCT p.n, l.job_id AS k0
        FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.candidate_profile_id = p.k0) p JOIN job a ON a.job_id = p.k0 WHERE true) a
    WHERE a.position <= 1001 ORDER BY a.parent, a.position
-- 2 rows, reads at most 20

SELECT "application"."application_id", "application"."candidate_profile_id", "application"."job_id", "application"."stage"::text, "application"."step" FROM "application" WHERE ("application"."application_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 1 row, reads at most 1

SELECT "appointment".* FROM "appointment" WHERE ("appointment"."interview_id" = $1 AND "appointment"."slot_id" = $2) ORDER BY "appointment"."interviewer_employee_id" ASC, "appointment"."row_id" ASC OFFSET $3
-- 1 row, reads at most 1

SELECT "appointment".* FROM "appointment" WHERE (("appointment"."interview_id" = $1 AND "appointment"."row_id" = $2) AND 1=1) LIMIT $3 OFFSET $4
-- 1 row, reads at most 1

SELECT "candidate"."candidate_profile_id", "candidate"."first_name", "candidate"."last_name" FROM "candidate" WHERE "candidate"."candidate_profile_id" = $1 OFFSET $2
-- 1 row, reads at most 1

SELECT "candidate"."candidate_profile_id", "candidate"."first_name", "candidate"."last_name" FROM "candidate" WHERE ("candidate"."candidate_profile_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 1 row, reads at most 1

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE "employee"."employee_id" = $1 OFFSET $2
-- 1 row, reads at most 1

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE ("employee"."employee_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 1 row, reads at most 1

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" = $1 OFFSET $2
-- 1 row, reads at most 1

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE ("interview"."interview_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 1 row, reads at most 1

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" = $1 OFFSET $2
-- 1 row, reads at most 1

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE ("job"."job_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 1 row, reads at most 1

SELECT "time_slot"."interview_id", "time_slot"."slot_id", "time_slot"."start_time", "time_slot"."end_time", "time_slot"."starts_at", "time_slot"."ends_at", "time_slot"."duration", "time_slot"."room", "time_slot"."application_stage"::text, "time_slot"."application_step", "time_slot"."interviewer_count" FROM "time_slot" WHERE (("time_slot"."interview_id" = $1 AND "time_slot"."slot_id" = $2) AND 1=1) LIMIT $3 OFFSET $4
-- 1 row, reads at most 1
