-- 14 statements, 34 rows, reads at most 146

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at, a.interview_id LIMIT 4) a ORDER BY a.starts_at, a.interview_id LIMIT 4
-- 4 rows, reads at most 5

/* pages.application */ SELECT a.parent, ARRAY[a.application_id::text] AS key, ARRAY[a.application_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.application_id, row_number() OVER (PARTITION BY p.n ORDER BY a.application_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN application a ON a.candidate_profile_id = p.k0 WHERE true) a
    WHERE a.position <= 3 ORDER BY a.parent, a.position
-- 3 rows, reads at most 5

/* pages.interview */ SELECT a.parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.interview_id, a.starts_at, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id) AS position
      FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.creator_employee_id = p.k0 WHERE true) a
    WHERE a.position <= 2 ORDER BY a.parent, a.position
-- 2 rows, reads at most 5

/* pages.interview */ SELECT a.parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.interview_id, a.starts_at, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.job_id = p.k0 WHERE true) a
    WHERE a.position <= 3 ORDER BY a.parent, a.position
-- 3 rows, reads at most 100

SELECT "application"."application_id", "application"."candidate_profile_id", "application"."job_id", "application"."stage"::text, "application"."step" FROM "application" WHERE "application"."application_id" IN ($1,$2,$3) OFFSET $4
-- 3 rows, reads at most 5

SELECT "appointment".* FROM "appointment" WHERE ("appointment"."interview_id" IN ($1,$2,$3) AND "appointment"."slot_id" IN ($4,$5,$6)) ORDER BY "appointment"."interviewer_employee_id" ASC, "appointment"."row_id" ASC OFFSET $7
-- 3 rows, reads at most 5

SELECT "candidate"."candidate_profile_id", "candidate"."first_name", "candidate"."last_name" FROM "candidate" WHERE "candidate"."candidate_profile_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE "employee"."employee_id" IN ($1,$2,$3) OFFSET $4
-- 2 rows, reads at most 2

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1) OFFSET $2
-- 1 row, reads at most 1

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2,$3) OFFSET $4
-- 3 rows, reads at most 5

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" IN ($1,$2,$3) OFFSET $4
-- 1 row, reads at most 2

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" IN ($1,$2,$3) OFFSET $4
-- 2 rows, reads at most 2

SELECT "time_slot"."interview_id", "time_slot"."slot_id", "time_slot"."start_time", "time_slot"."end_time", "time_slot"."starts_at", "time_slot"."ends_at", "time_slot"."duration", "time_slot"."room", "time_slot"."application_stage"::text, "time_slot"."application_step", "time_slot"."interviewer_count" FROM "time_slot" WHERE "time_slot"."interview_id" IN ($1,$2,$3) ORDER BY "time_slot"."start_time" ASC, "time_slot"."end_time" ASC, "time_slot"."slot_id" ASC OFFSET $4
-- 3 rows, reads at most 5
