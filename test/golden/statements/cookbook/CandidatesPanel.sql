-- 4 statements, 48 rows, reads at most 51

/* pages.appointment */ SELECT a.parent, ARRAY[a.interview_id::text, a.row_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text, a.row_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.interview_id, a.row_id, a.starts_at, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id, a.row_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment a ON a.candidate_profile_id = p.k0 WHERE true) a
    WHERE a.position <= 101 ORDER BY a.parent, a.position
-- 19 rows, reads at most 20

SELECT "appointment"."interview_id", "appointment"."row_id", "appointment"."content_hash", "appointment"."slot_id", "appointment"."starts_at", "appointment"."ends_at", "appointment"."reviewed_at", "appointment"."application_id", "appointment"."application_stage"::text, "appointment"."application_step", "appointment"."candidate_profile_id", "appointment"."candidate_status"::text, "appointment"."job_id", "appointment"."interview_type"::text, "appointment"."interview_location", "appointment"."interview_create_date", "appointment"."interview_update_date", "appointment"."interview_start_date", "appointment"."interview_time_zone", "appointment"."interview_duration", "appointment"."interview_canceled", "appointment"."creator_employee_id", "appointment"."creator_first_name", "appointment"."creator_last_name", "appointment"."interviewer_employee_id", "appointment"."interviewer_first_name", "appointment"."interviewer_last_name", "appointment"."interviewer_status"::text, "appointment"."interviewer_review", "appointment"."interviewer_rating", "appointment"."start_time", "appointment"."end_time", "appointment"."duration", "appointment"."room", "appointment"."interviewers", "appointment"."time_to_provide_feedback" FROM "appointment" WHERE ("appointment"."interview_id" IN ($1,$2,$3,$4,$5) AND "appointment"."row_id" IN ($6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24)) OFFSET $25
-- 19 rows, reads at most 20

SELECT "candidate"."candidate_profile_id", "candidate"."first_name", "candidate"."last_name" FROM "candidate" WHERE ("candidate"."candidate_profile_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 1 row, reads at most 1

SELECT "time_slot"."interview_id", "time_slot"."slot_id", "time_slot"."start_time", "time_slot"."end_time", "time_slot"."starts_at", "time_slot"."ends_at", "time_slot"."duration", "time_slot"."room", "time_slot"."application_stage"::text, "time_slot"."application_step", "time_slot"."interviewer_count" FROM "time_slot" WHERE ("time_slot"."interview_id" IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19) AND "time_slot"."slot_id" IN ($20,$21,$22,$23,$24,$25,$26,$27,$28,$29,$30,$31,$32,$33,$34,$35,$36,$37,$38)) OFFSET $39
-- 9 rows, reads at most 10
