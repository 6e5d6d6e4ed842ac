-- 23 statements, 40 rows, reads at most 12925

/* count.application */ SELECT count(*) FROM application a WHERE (EXISTS (SELECT 1 FROM candidate a_ WHERE (a_.candidate_profile_id = a.candidate_profile_id AND EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a__.candidate_profile_id AS k0, a__.application_id AS o0 FROM application a__ WHERE true) a___groups GROUP BY k0 HAVING count(*) >= $1::integer) a___groups WHERE a___groups.k0 = a_.candidate_profile_id))) AND EXISTS (SELECT 1 FROM job a_ WHERE (a_.job_id = a.job_id AND a_.job_id = ANY($2::uuid[]))))
-- 1 row, reads at most 2000

/* count.appointment */ SELECT count(*) FROM appointment a WHERE (EXISTS (SELECT 1 FROM interview a_ WHERE (a_.interview_id = a.interview_id AND a_.type = ANY($1::interview_type[]))) AND EXISTS (SELECT 1 FROM employee a_ WHERE (a_.employee_id = a.interviewer_employee_id AND a_.employee_id = ANY($2::text[]))))
-- 1 row, reads at most 1

/* count.appointment */ SELECT count(*) FROM appointment a WHERE (EXISTS (SELECT 1 FROM job a_ WHERE (a_.job_id = a.job_id AND a_.job_id = ANY($1::uuid[]))) AND EXISTS (SELECT 1 FROM time_slot a_ WHERE (a_.interview_id = a.interview_id AND a_.slot_id = a.slot_id AND a_.interviewer_count >= $2::integer)))
-- 1 row, reads at most 500

/* count.interview */ SELECT count(*) FROM interview a WHERE EXISTS (SELECT 1 FROM application a_ WHERE (a_.application_id = a.application_id AND (EXISTS (SELECT 1 FROM job a__ WHERE (a__.job_id = a_.job_id AND a__.job_id = ANY($1::uuid[]))) AND a_.stage = ANY($2::application_stage[]))))
-- 1 row, reads at most 100

/* count.interview */ SELECT count(*) FROM interview a WHERE EXISTS (SELECT 1 FROM employee a_ WHERE (a_.employee_id = a.creator_employee_id AND a_.employee_id = ANY($1::text[])))
-- 1 row, reads at most 500

/* count.interview */ SELECT count(*) FROM interview a WHERE EXISTS (SELECT 1 FROM job a_ WHERE (a_.job_id = a.job_id AND a_.job_id = ANY($1::uuid[])))
-- 1 row, reads at most 100

/* count.interview */ SELECT count(*) FROM interview a WHERE NOT EXISTS (SELECT 1 FROM job a_ WHERE a_.job_id = a.job_id)
-- 1 row, reads at most 5000

/* page.application */ SELECT NULL::bigint AS parent, ARRAY[a.application_id::text] AS key, ARRAY[a.application_id::text] AS keyset
    FROM (SELECT a.* FROM application a WHERE (EXISTS (SELECT 1 FROM candidate a_ WHERE (a_.candidate_profile_id = a.candidate_profile_id AND EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a__.candidate_profile_id AS k0, a__.application_id AS o0 FROM application a__ WHERE true) a___groups GROUP BY k0 HAVING count(*) >= $1::integer) a___groups WHERE a___groups.k0 = a_.candidate_profile_id))) AND EXISTS (SELECT 1 FROM job a_ WHERE (a_.job_id = a.job_id AND a_.job_id = ANY($2::uuid[])))) ORDER BY a.application_id LIMIT 3) a ORDER BY a.application_id LIMIT 3
-- 3 rows, reads at most 2000

/* page.appointment */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text, a.row_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text, a.row_id::text] AS keyset
    FROM (SELECT a.* FROM appointment a WHERE (EXISTS (SELECT 1 FROM interview a_ WHERE (a_.interview_id = a.interview_id AND a_.type = ANY($1::interview_type[]))) AND EXISTS (SELECT 1 FROM employee a_ WHERE (a_.employee_id = a.interviewer_employee_id AND a_.employee_id = ANY($2::text[])))) ORDER BY a.starts_at, a.interview_id, a.row_id LIMIT 3) a ORDER BY a.starts_at, a.interview_id, a.row_id LIMIT 3
-- 0 rows, reads at most 1

/* page.appointment */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text, a.row_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text, a.row_id::text] AS keyset
    FROM (SELECT a.* FROM appointment a WHERE (EXISTS (SELECT 1 FROM job a_ WHERE (a_.job_id = a.job_id AND a_.job_id = ANY($1::uuid[]))) AND EXISTS (SELECT 1 FROM time_slot a_ WHERE (a_.interview_id = a.interview_id AND a_.slot_id = a.slot_id AND a_.interviewer_count >= $2::integer))) ORDER BY a.starts_at, a.interview_id, a.row_id LIMIT 3) a ORDER BY a.starts_at, a.interview_id, a.row_id LIMIT 3
-- 3 rows, reads at most 500

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE EXISTS (SELECT 1 FROM application a_ WHERE (a_.application_id = a.application_id AND (EXISTS (SELECT 1 FROM job a__ WHERE (a__.job_id = a_.job_id AND a__.job_id = ANY($1::uuid[]))) AND a_.stage = ANY($2::application_stage[])))) ORDER BY a.starts_at, a.interview_id LIMIT 3) a ORDER BY a.starts_at, a.interview_id LIMIT 3
-- 3 rows, reads at most 100

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE EXISTS (SELECT 1 FROM employee a_ WHERE (a_.employee_id = a.creator_employee_id AND a_.employee_id = ANY($1::text[]))) ORDER BY a.starts_at, a.interview_id LIMIT 3) a ORDER BY a.starts_at, a.interview_id LIMIT 3
-- 3 rows, reads at most 5

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE EXISTS (SELECT 1 FROM job a_ WHERE (a_.job_id = a.job_id AND a_.job_id = ANY($1::uuid[]))) ORDER BY a.starts_at, a.interview_id LIMIT 3) a ORDER BY a.starts_at, a.interview_id LIMIT 3
-- 3 rows, reads at most 100

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE NOT EXISTS (SELECT 1 FROM job a_ WHERE a_.job_id = a.job_id) ORDER BY a.starts_at, a.interview_id LIMIT 3) a ORDER BY a.starts_at, a.interview_id LIMIT 3
-- 3 rows, reads at most 2000

SELECT "application"."application_id", "application"."candidate_profile_id", "application"."job_id", "application"."stage"::text, "application"."step" FROM "application" WHERE "application"."application_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "application"."application_id", "application"."candidate_profile_id", "application"."job_id", "application"."stage"::text, "application"."step" FROM "application" WHERE "application"."application_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "appointment".* FROM "appointment" WHERE ("appointment"."interview_id" IN ($1) AND "appointment"."row_id" IN ($2,$3)) OFFSET $4
-- 2 rows, reads at most 5

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" IN ($1,$2) OFFSET $3
-- 0 rows, reads at most 0

SELECT "time_slot"."interview_id", "time_slot"."slot_id", "time_slot"."start_time", "time_slot"."end_time", "time_slot"."starts_at", "time_slot"."ends_at", "time_slot"."duration", "time_slot"."room", "time_slot"."application_stage"::text, "time_slot"."application_step", "time_slot"."interviewer_count" FROM "time_slot" WHERE ("time_slot"."interview_id" IN ($1,$2) AND "time_slot"."slot_id" IN ($3,$4)) OFFSET $5
-- 1 row, reads at most 1
