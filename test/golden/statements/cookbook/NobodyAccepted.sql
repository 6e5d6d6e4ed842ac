-- 5 statements, 9 rows, reads at most 57

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE (NOT EXISTS (SELECT 1 FROM appointment a_ WHERE (a_.interview_id = a.interview_id AND a_.interviewer_status = ANY($1::response_status[]))) AND (a.canceled = ANY($2::boolean[])) IS NOT TRUE AND a.starts_at >= $3::timestamptz(0)) ORDER BY a.starts_at, a.interview_id LIMIT 51) a ORDER BY a.starts_at, a.interview_id LIMIT 51
-- 2 rows, reads at most 50

SELECT "appointment".* FROM "appointment" WHERE ("appointment"."interview_id" IN ($1,$2) AND "appointment"."slot_id" IN ($3,$4)) ORDER BY "appointment"."interviewer_employee_id" ASC, "appointment"."row_id" ASC OFFSET $5
-- 2 rows, reads at most 2

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" IN ($1,$2) OFFSET $3
-- 1 row, reads at most 1

SELECT "time_slot"."interview_id", "time_slot"."slot_id", "time_slot"."start_time", "time_slot"."end_time", "time_slot"."starts_at", "time_slot"."ends_at", "time_slot"."duration", "time_slot"."room", "time_slot"."application_stage"::text, "time_slot"."application_step", "time_slot"."interviewer_count" FROM "time_slot" WHERE "time_slot"."interview_id" IN ($1,$2) ORDER BY "time_slot"."start_time" ASC, "time_slot"."end_time" ASC, "time_slot"."slot_id" ASC OFFSET $3
-- 2 rows, reads at most 2
