-- 3 statements, 8 rows, reads at most 2205

/* count.interview */ SELECT count(*) FROM interview a WHERE ((a.canceled = ANY($1::boolean[])) IS NOT TRUE AND a.created_at <= $2::timestamptz(0) AND a.location COLLATE "und-x-icu" ILIKE $3::text AND ((a.duration >= $4::numeric AND a.type = ANY($5::interview_type[])) OR ((a.candidate_status = ANY($6::response_status[])) IS NOT TRUE AND a.start_date < $7::timestamp(0))) AND (a.time_zone = ANY($8::text[])) IS NOT TRUE AND (a.updated_at > $9::timestamptz(0) AND (a.updated_at IS NULL) IS NOT TRUE))
-- 1 row, reads at most 2000

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE ((a.canceled = ANY($1::boolean[])) IS NOT TRUE AND a.created_at <= $2::timestamptz(0) AND a.location COLLATE "und-x-icu" ILIKE $3::text AND ((a.duration >= $4::numeric AND a.type = ANY($5::interview_type[])) OR ((a.candidate_status = ANY($6::response_status[])) IS NOT TRUE AND a.start_date < $7::timestamp(0))) AND (a.time_zone = ANY($8::text[])) IS NOT TRUE AND (a.updated_at > $9::timestamptz(0) AND (a.updated_at IS NULL) IS NOT TRUE)) ORDER BY a.starts_at, a.interview_id LIMIT 4) a ORDER BY a.starts_at, a.interview_id LIMIT 4
-- 4 rows, reads at most 200

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2,$3) OFFSET $4
-- 3 rows, reads at most 5
