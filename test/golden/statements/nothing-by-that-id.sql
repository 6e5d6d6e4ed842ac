-- 6 statements, 0 rows, reads at most 0

SELECT "application"."application_id", "application"."candidate_profile_id", "application"."job_id", "application"."stage"::text, "application"."step" FROM "application" WHERE ("application"."application_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 0 rows, reads at most 0

SELECT "candidate"."candidate_profile_id", "candidate"."first_name", "candidate"."last_name" FROM "candidate" WHERE ("candidate"."candidate_profile_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 0 rows, reads at most 0

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE ("employee"."employee_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 0 rows, reads at most 0

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE ("interview"."interview_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 0 rows, reads at most 0

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE ("interview"."interview_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 0 rows, reads at most 0

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE ("job"."job_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 0 rows, reads at most 0
