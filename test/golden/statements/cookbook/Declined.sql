-- 7 statements, 27 rows, reads at most 232

/* count.appointment */ SELECT count(*) FROM appointment a WHERE (EXISTS (SELECT 1 FROM interview a_ WHERE (a_.interview_id = a.interview_id AND (a_.canceled = ANY($1::boolean[])) IS NOT TRUE)) AND a.starts_at >= $2::timestamptz(0) AND a.interviewer_status = ANY($3::response_status[]))
-- 1 row, reads at most 100

/* page.appointment */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text, a.row_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text, a.row_id::text] AS keyset
    FROM (SELECT a.* FROM appointment a WHERE (EXISTS (SELECT 1 FROM interview a_ WHERE (a_.interview_id = a.interview_id AND (a_.canceled = ANY($1::boolean[])) IS NOT TRUE)) AND a.starts_at >= $2::timestamptz(0) AND a.interviewer_status = ANY($3::response_status[])) ORDER BY a.starts_at, a.interview_id, a.row_id LIMIT 51) a ORDER BY a.starts_at, a.interview_id, a.row_id LIMIT 51
-- 6 rows, reads at most 100

SELECT "appointment".* FROM "appointment" WHERE ("appointment"."interview_id" IN ($1,$2,$3,$4) AND "appointment"."row_id" IN ($5,$6,$7,$8,$9,$10)) OFFSET $11
-- 6 rows, reads at most 10

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE "employee"."employee_id" IN ($1,$2,$3,$4) OFFSET $5
-- 3 rows, reads at most 5

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2,$3,$4,$5,$6) OFFSET $7
-- 4 rows, reads at most 5

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" IN ($1,$2,$3,$4) OFFSET $5
-- 2 rows, reads at most 2

SELECT "time_slot"."interview_id", "time_slot"."slot_id", "time_slot"."start_time", "time_slot"."end_time", "time_slot"."starts_at", "time_slot"."ends_at", "time_slot"."duration", "time_slot"."room", "time_slot"."application_stage"::text, "time_slot"."application_step", "time_slot"."interviewer_count" FROM "time_slot" WHERE ("time_slot"."interview_id" IN ($1,$2,$3,$4,$5,$6) AND "time_slot"."slot_id" IN ($7,$8,$9,$10,$11,$12)) OFFSET $13
-- 5 rows, reads at most 10
