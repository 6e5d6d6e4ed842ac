-- 4 statements, 33 rows, reads at most 55

/* page.appointment */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text, a.row_id::text] AS key, ARRAY[a.reviewed_at::text, a.interview_id::text, a.row_id::text] AS keyset
    FROM ((SELECT a.* FROM appointment a WHERE (a.reviewed_at IS NOT NULL AND a.reviewed_at <= $1::timestamptz(0)) ORDER BY a.reviewed_at DESC, a.interview_id DESC, a.row_id DESC LIMIT 11) UNION ALL (SELECT a.* FROM appointment a WHERE (a.reviewed_at IS NULL AND a.reviewed_at <= $1::timestamptz(0)) ORDER BY a.reviewed_at DESC, a.interview_id DESC, a.row_id DESC LIMIT 11)) a ORDER BY a.reviewed_at DESC NULLS LAST, a.interview_id DESC, a.row_id DESC LIMIT 11
-- 11 rows, reads at most 20

SELECT "appointment".* FROM "appointment" WHERE ("appointment"."interview_id" IN ($1,$2,$3,$4,$5,$6,$7) AND "appointment"."row_id" IN ($8,$9,$10,$11,$12,$13,$14,$15,$16,$17)) OFFSET $18
-- 10 rows, reads at most 20

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) OFFSET $11
-- 7 rows, reads at most 10

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" IN ($1,$2,$3,$4,$5,$6,$7) OFFSET $8
-- 5 rows, reads at most 5
