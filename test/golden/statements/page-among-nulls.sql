-- 6 statements, 18 rows, reads at most 70

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.updated_at::text, a.starts_at::text, a.interview_id::text] AS keyset
    FROM ((SELECT a.* FROM interview a WHERE (a.updated_at IS NULL AND (a.starts_at < $1::timestamptz(0) OR a.starts_at IS NULL OR (a.starts_at = $1::timestamptz(0) AND (a.interview_id < $2::text OR (a.interview_id = $2::text AND false))))) ORDER BY a.updated_at, a.starts_at DESC NULLS LAST, a.interview_id DESC LIMIT 4) UNION ALL (SELECT a.* FROM interview a WHERE a.updated_at IS NOT NULL ORDER BY a.updated_at, a.starts_at DESC NULLS LAST, a.interview_id DESC LIMIT 4)) a ORDER BY a.updated_at NULLS FIRST, a.starts_at DESC NULLS LAST, a.interview_id DESC LIMIT 4
-- 4 rows, reads at most 20

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.updated_at::text, a.starts_at::text, a.interview_id::text] AS keyset
    FROM ((SELECT a.* FROM interview a WHERE (a.updated_at IS NULL AND (a.starts_at < $1::timestamptz(0) OR a.starts_at IS NULL OR (a.starts_at = $1::timestamptz(0) AND (a.interview_id < $2::text OR (a.interview_id = $2::text AND true))))) ORDER BY a.updated_at, a.starts_at DESC NULLS LAST, a.interview_id DESC LIMIT 2) UNION ALL (SELECT a.* FROM interview a WHERE a.updated_at IS NOT NULL ORDER BY a.updated_at, a.starts_at DESC NULLS LAST, a.interview_id DESC LIMIT 2)) a ORDER BY a.updated_at NULLS FIRST, a.starts_at DESC NULLS LAST, a.interview_id DESC LIMIT 2
-- 2 rows, reads at most 20

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.updated_at::text, a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE (a.updated_at IS NULL AND (a.starts_at > $1::timestamptz(0) OR (a.starts_at = $1::timestamptz(0) AND (a.interview_id > $2::text OR (a.interview_id = $2::text AND false))))) ORDER BY a.updated_at DESC, a.starts_at NULLS FIRST, a.interview_id LIMIT 4) a ORDER BY a.updated_at DESC NULLS LAST, a.starts_at NULLS FIRST, a.interview_id LIMIT 4
-- 4 rows, reads at most 10

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.updated_at::text, a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE (a.updated_at IS NULL AND (a.starts_at > $1::timestamptz(0) OR (a.starts_at = $1::timestamptz(0) AND (a.interview_id > $2::text OR (a.interview_id = $2::text AND true))))) ORDER BY a.updated_at DESC, a.starts_at NULLS FIRST, a.interview_id LIMIT 2) a ORDER BY a.updated_at DESC NULLS LAST, a.starts_at NULLS FIRST, a.interview_id LIMIT 2
-- 2 rows, reads at most 10

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2,$3) OFFSET $4
-- 3 rows, reads at most 5

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2,$3) OFFSET $4
-- 3 rows, reads at most 5
