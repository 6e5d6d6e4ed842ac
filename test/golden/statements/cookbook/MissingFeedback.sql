-- 6 statements, 18 rows, reads at most 1030

/* page.appointment */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text, a.row_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text, a.row_id::text] AS keyset
    FROM ((SELECT a.* FROM appointment a WHERE (a.starts_at IS NOT NULL AND ((a.ends_at >= $1::timestamptz(0) AND a.ends_at < $2::timestamptz(0)) AND EXISTS (SELECT 1 FROM interview a_ WHERE (a_.interview_id = a.interview_id AND (a_.canceled = ANY($3::boolean[])) IS NOT TRUE)) AND a.interviewer_rating IS NULL AND a.interviewer_review IS NULL AND a.interviewer_status = ANY($4::response_status[]))) ORDER BY a.starts_at DESC, a.interview_id DESC, a.row_id DESC LIMIT 51) UNION ALL (SELECT a.* FROM appointment a WHERE (a.starts_at IS NULL AND ((a.ends_at >= $1::timestamptz(0) AND a.ends_at < $2::timestamptz(0)) AND EXISTS (SELECT 1 FROM interview a_ WHERE (a_.interview_id = a.interview_id AND (a_.canceled = ANY($3::boolean[])) IS NOT TRUE)) AND a.interviewer_rating IS NULL AND a.interviewer_review IS NULL AND a.interviewer_status = ANY($4::response_status[]))) ORDER BY a.starts_at DESC, a.interview_id DESC, a.row_id DESC LIMIT 51)) a ORDER BY a.starts_at DESC NULLS LAST, a.interview_id DESC, a.row_id DESC LIMIT 51
-- 3 rows, reads at most 1000

SELECT "appointment".* FROM "appointment" WHERE ("appointment"."interview_id" IN ($1,$2,$3) AND "appointment"."row_id" IN ($4,$5,$6)) OFFSET $7
-- 3 rows, reads at most 10

SELECT "candidate"."candidate_profile_id", "candidate"."first_name", "candidate"."last_name" FROM "candidate" WHERE "candidate"."candidate_profile_id" IN ($1,$2,$3) OFFSET $4
-- 3 rows, reads at most 5

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE "employee"."employee_id" IN ($1,$2,$3) OFFSET $4
-- 3 rows, reads at most 5

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2,$3) OFFSET $4
-- 3 rows, reads at most 5

SELECT "time_slot"."interview_id", "time_slot"."slot_id", "time_slot"."start_time", "time_slot"."end_time", "time_slot"."starts_at", "time_slot"."ends_at", "time_slot"."duration", "time_slot"."room", "time_slot"."application_stage"::text, "time_slot"."application_step", "time_slot"."interviewer_count" FROM "time_slot" WHERE ("time_slot"."interview_id" IN ($1,$2,$3) AND "time_slot"."slot_id" IN ($4,$5,$6)) OFFSET $7
-- 3 rows, reads at most 5
