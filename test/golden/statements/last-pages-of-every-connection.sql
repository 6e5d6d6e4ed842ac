-- 13 statements, 32 rows, reads at most 44

/* page.application */ SELECT NULL::bigint AS parent, ARRAY[a.application_id::text] AS key, ARRAY[a.application_id::text] AS keyset
    FROM (SELECT a.* FROM application a WHERE true ORDER BY a.application_id DESC LIMIT 3) a ORDER BY a.application_id DESC LIMIT 3
-- 3 rows, reads at most 5

/* page.appointment */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text, a.row_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text, a.row_id::text] AS keyset
    FROM (SELECT a.* FROM appointment a WHERE true ORDER BY a.starts_at DESC, a.interview_id DESC, a.row_id DESC LIMIT 3) a ORDER BY a.starts_at DESC, a.interview_id DESC, a.row_id DESC LIMIT 3
-- 3 rows, reads at most 5

/* page.candidate */ SELECT NULL::bigint AS parent, ARRAY[a.candidate_profile_id::text] AS key, ARRAY[a.candidate_profile_id::text] AS keyset
    FROM (SELECT a.* FROM candidate a WHERE true ORDER BY a.candidate_profile_id DESC LIMIT 3) a ORDER BY a.candidate_profile_id DESC LIMIT 3
-- 3 rows, reads at most 5

/* page.employee */ SELECT NULL::bigint AS parent, ARRAY[a.employee_id::text] AS key, ARRAY[a.employee_id::text] AS keyset
    FROM (SELECT a.* FROM employee a WHERE true ORDER BY a.employee_id DESC LIMIT 3) a ORDER BY a.employee_id DESC LIMIT 3
-- 3 rows, reads at most 5

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at DESC, a.interview_id DESC LIMIT 3) a ORDER BY a.starts_at DESC, a.interview_id DESC LIMIT 3
-- 3 rows, reads at most 5

/* page.job */ SELECT NULL::bigint AS parent, ARRAY[a.job_id::text] AS key, ARRAY[a.job_id::text] AS keyset
    FROM (SELECT a.* FROM job a WHERE true ORDER BY a.job_id DESC LIMIT 3) a ORDER BY a.job_id DESC LIMIT 3
-- 3 rows, reads at most 5

SELECT "application"."application_id", "application"."candidate_profile_id", "application"."job_id", "application"."stage"::text, "application"."step" FROM "application" WHERE "application"."application_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "appointment".* FROM "appointment" WHERE ("appointment"."interview_id" IN ($1,$2) AND "appointment"."row_id" IN ($3,$4)) OFFSET $5
-- 2 rows, reads at most 2

SELECT "candidate"."candidate_profile_id", "candidate"."first_name", "candidate"."last_name" FROM "candidate" WHERE "candidate"."candidate_profile_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE "employee"."employee_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2
