-- 3 statements, 51 rows, reads at most 150

/* count.interview */ SELECT count(*) FROM interview a WHERE a.updated_at >= $1::timestamptz(0)
-- 1 row, reads at most 50

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.updated_at::text, a.interview_id::text] AS keyset
    FROM ((SELECT a.* FROM interview a WHERE (a.updated_at IS NOT NULL AND a.updated_at >= $1::timestamptz(0)) ORDER BY a.updated_at DESC, a.interview_id DESC LIMIT 51) UNION ALL (SELECT a.* FROM interview a WHERE (a.updated_at IS NULL AND a.updated_at >= $1::timestamptz(0)) ORDER BY a.updated_at DESC, a.interview_id DESC LIMIT 51)) a ORDER BY a.updated_at DESC NULLS LAST, a.interview_id DESC LIMIT 51
-- 25 rows, reads at most 50

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25) OFFSET $26
-- 25 rows, reads at most 50
