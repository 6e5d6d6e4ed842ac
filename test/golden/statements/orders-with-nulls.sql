-- 15 statements, 37 rows, reads at most 3546

/* page.application */ SELECT NULL::bigint AS parent, ARRAY[a.application_id::text] AS key, ARRAY[a.stage::text, a.step::text, a.application_id::text] AS keyset
    FROM (SELECT a.* FROM application a WHERE true ORDER BY a.stage, a.step DESC NULLS LAST, a.application_id DESC LIMIT 3) a ORDER BY a.stage, a.step DESC NULLS LAST, a.application_id DESC LIMIT 3
-- 3 rows, reads at most 1000

/* page.appointment */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text, a.row_id::text] AS key, ARRAY[a.reviewed_at::text, a.starts_at::text, a.interview_id::text, a.row_id::text] AS keyset
    FROM ((SELECT a.* FROM appointment a WHERE a.reviewed_at IS NOT NULL ORDER BY a.reviewed_at, a.starts_at DESC NULLS LAST, a.interview_id DESC, a.row_id DESC LIMIT 3) UNION ALL (SELECT a.* FROM appointment a WHERE a.reviewed_at IS NULL ORDER BY a.reviewed_at, a.starts_at DESC NULLS LAST, a.interview_id DESC, a.row_id DESC LIMIT 3)) a ORDER BY a.reviewed_at NULLS FIRST, a.starts_at DESC NULLS LAST, a.interview_id DESC, a.row_id DESC LIMIT 3
-- 3 rows, reads at most 2000

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.updated_at::text, a.interview_id::text] AS keyset
    FROM ((SELECT a.* FROM interview a WHERE a.updated_at IS NOT NULL ORDER BY a.updated_at DESC, a.interview_id DESC LIMIT 3) UNION ALL (SELECT a.* FROM interview a WHERE a.updated_at IS NULL ORDER BY a.updated_at DESC, a.interview_id DESC LIMIT 3)) a ORDER BY a.updated_at DESC NULLS LAST, a.interview_id DESC LIMIT 3
-- 3 rows, reads at most 10

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.updated_at::text, a.interview_id::text] AS keyset
    FROM ((SELECT a.* FROM interview a WHERE a.updated_at IS NOT NULL ORDER BY a.updated_at, a.interview_id LIMIT 3) UNION ALL (SELECT a.* FROM interview a WHERE a.updated_at IS NULL ORDER BY a.updated_at, a.interview_id LIMIT 3)) a ORDER BY a.updated_at NULLS FIRST, a.interview_id LIMIT 3
-- 3 rows, reads at most 10

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.updated_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.updated_at DESC, a.interview_id DESC LIMIT 3) a ORDER BY a.updated_at DESC, a.interview_id DESC LIMIT 3
-- 3 rows, reads at most 5

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.updated_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.updated_at DESC, a.interview_id DESC LIMIT 3) a ORDER BY a.updated_at DESC, a.interview_id DESC LIMIT 3
-- 3 rows, reads at most 5

/* page.job */ SELECT NULL::bigint AS parent, ARRAY[a.job_id::text] AS key, ARRAY[a.title::text, a.department::text, a.job_id::text] AS keyset
    FROM ((SELECT a.* FROM job a WHERE a.title IS NOT NULL ORDER BY a.title DESC, a.department NULLS FIRST, a.job_id LIMIT 3) UNION ALL (SELECT a.* FROM job a WHERE a.title IS NULL ORDER BY a.title DESC, a.department NULLS FIRST, a.job_id LIMIT 3)) a ORDER BY a.title DESC NULLS LAST, a.department NULLS FIRST, a.job_id LIMIT 3
-- 3 rows, reads at most 500

SELECT "application"."application_id", "application"."candidate_profile_id", "application"."job_id", "application"."stage"::text, "application"."step" FROM "application" WHERE "application"."application_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "appointment".* FROM "appointment" WHERE ("appointment"."interview_id" IN ($1) AND "appointment"."row_id" IN ($2,$3)) OFFSET $4
-- 2 rows, reads at most 2

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "time_slot"."interview_id", "time_slot"."slot_id", "time_slot"."start_time", "time_slot"."end_time", "time_slot"."starts_at", "time_slot"."ends_at", "time_slot"."duration", "time_slot"."room", "time_slot"."application_stage"::text, "time_slot"."application_step", "time_slot"."interviewer_count" FROM "time_slot" WHERE ("time_slot"."interview_id" IN ($1,$2) AND "time_slot"."slot_id" IN ($3,$4)) OFFSET $5
-- 2 rows, reads at most 2
