-- 5 statements, 8 rows, reads at most 509

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE ((a.canceled = ANY($1::boolean[])) IS NOT TRUE AND a.job_id = ANY($2::uuid[]) AND EXISTS (SELECT 1 FROM time_slot a_ WHERE (a_.interview_id = a.interview_id AND (a_.start_time >= $3::timestamp(0) AND a_.start_time < $4::timestamp(0))))) ORDER BY a.starts_at, a.interview_id LIMIT 51) a ORDER BY a.starts_at, a.interview_id LIMIT 51
-- 1 row, reads at most 500

SELECT "appointment".* FROM "appointment" WHERE ("appointment"."interview_id" IN ($1,$2) AND "appointment"."slot_id" IN ($3,$4)) ORDER BY "appointment"."interviewer_employee_id" ASC, "appointment"."row_id" ASC OFFSET $5
-- 3 rows, reads at most 5

SELECT "candidate"."candidate_profile_id", "candidate"."first_name", "candidate"."last_name" FROM "candidate" WHERE "candidate"."candidate_profile_id" IN ($1) OFFSET $2
-- 1 row, reads at most 1

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1) OFFSET $2
-- 1 row, reads at most 1

SELECT "time_slot"."interview_id", "time_slot"."slot_id", "time_slot"."start_time", "time_slot"."end_time", "time_slot"."starts_at", "time_slot"."ends_at", "time_slot"."duration", "time_slot"."room", "time_slot"."application_stage"::text, "time_slot"."application_step", "time_slot"."interviewer_count" FROM "time_slot" WHERE "time_slot"."interview_id" IN ($1) ORDER BY "time_slot"."start_time" ASC, "time_slot"."end_time" ASC, "time_slot"."slot_id" ASC OFFSET $2
-- 2 rows, reads at most 2
