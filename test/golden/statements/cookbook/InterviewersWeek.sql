-- 5 statements, 13 rows, reads at most 31

/* pages.appointment */ SELECT a.parent, ARRAY[a.interview_id::text, a.row_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text, a.row_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.interview_id, a.row_id, a.starts_at, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id, a.row_id) AS position
      FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN appointment a ON a.interviewer_employee_id = p.k0 WHERE (EXISTS (SELECT 1 FROM interview a_ WHERE (a_.interview_id = a.interview_id AND (a_.canceled = ANY($2::boolean[])) IS NOT TRUE)) AND (a.starts_at >= $3::timestamptz(0) AND a.starts_at < $4::timestamptz(0)))) a
    WHERE a.position <= 51 ORDER BY a.parent, a.position
-- 3 rows, reads at most 10

SELECT "appointment".* FROM "appointment" WHERE ("appointment"."interview_id" IN ($1,$2,$3) AND "appointment"."row_id" IN ($4,$5,$6)) OFFSET $7
-- 3 rows, reads at most 5

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE ("employee"."employee_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 1 row, reads at most 1

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2,$3) OFFSET $4
-- 3 rows, reads at most 5

SELECT "time_slot"."interview_id", "time_slot"."slot_id", "time_slot"."start_time", "time_slot"."end_time", "time_slot"."starts_at", "time_slot"."ends_at", "time_slot"."duration", "time_slot"."room", "time_slot"."application_stage"::text, "time_slot"."application_step", "time_slot"."interviewer_count" FROM "time_slot" WHERE ("time_slot"."interview_id" IN ($1,$2,$3) AND "time_slot"."slot_id" IN ($4,$5,$6)) OFFSET $7
-- 3 rows, reads at most 10
