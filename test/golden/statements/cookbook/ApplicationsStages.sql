-- 4 statements, 22 rows, reads at most 31

/* pages.interview */ SELECT a.parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.interview_id, a.starts_at, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.application_id = p.k0 WHERE true) a
    WHERE a.position <= 51 ORDER BY a.parent, a.position
-- 4 rows, reads at most 5

SELECT "application"."application_id", "application"."candidate_profile_id", "application"."job_id", "application"."stage"::text, "application"."step" FROM "application" WHERE ("application"."application_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 1 row, reads at most 1

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2,$3,$4) OFFSET $5
-- 4 rows, reads at most 5

SELECT "time_slot"."interview_id", "time_slot"."slot_id", "time_slot"."start_time", "time_slot"."end_time", "time_slot"."starts_at", "time_slot"."ends_at", "time_slot"."duration", "time_slot"."room", "time_slot"."application_stage"::text, "time_slot"."application_step", "time_slot"."interviewer_count" FROM "time_slot" WHERE "time_slot"."interview_id" IN ($1,$2,$3,$4) ORDER BY "time_slot"."start_time" ASC, "time_slot"."end_time" ASC, "time_slot"."slot_id" ASC OFFSET $5
-- 13 rows, reads at most 20
