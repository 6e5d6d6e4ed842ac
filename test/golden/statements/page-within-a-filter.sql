-- 2 statements, 7 rows, reads at most 10

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE ((a.starts_at, a.interview_id) < ($3::timestamptz(0), $4::text) AND (a.starts_at >= $1::timestamptz(0) AND a.starts_at < $2::timestamptz(0))) ORDER BY a.starts_at DESC, a.interview_id DESC LIMIT 4) a ORDER BY a.starts_at DESC, a.interview_id DESC LIMIT 4
-- 4 rows, reads at most 5

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2,$3) OFFSET $4
-- 3 rows, reads at most 5
