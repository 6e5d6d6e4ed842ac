-- 21 statements, 39 rows, reads at most 52073

/* count.candidate */ SELECT count(*) FROM candidate a WHERE EXISTS (SELECT 1 FROM application a_ WHERE (a_.candidate_profile_id = a.candidate_profile_id AND EXISTS (SELECT 1 FROM interview a__ WHERE (a__.application_id = a_.application_id AND EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a___.interview_id AS k0, a___.interview_id AS o0, a___.slot_id AS o1 FROM time_slot a___ WHERE true) a____groups GROUP BY k0 HAVING count(*) >= $1::integer) a____groups WHERE a____groups.k0 = a__.interview_id)))))
-- 1 row, reads at most 10000

/* count.employee */ SELECT count(*) FROM employee a WHERE EXISTS (SELECT 1 FROM interview a_ WHERE (a_.creator_employee_id = a.employee_id AND a_.canceled = ANY($1::boolean[])))
-- 1 row, reads at most 500

/* count.interview */ SELECT count(*) FROM interview a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a_.interview_id AS k0, a_.interview_id AS o0, a_.row_id AS o1 FROM appointment a_ WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $1::integer) a__groups WHERE a__groups.k0 = a.interview_id)) IS TRUE)
-- 1 row, reads at most 10000

/* count.interview */ SELECT count(*) FROM interview a WHERE EXISTS (SELECT 1 FROM time_slot a_ WHERE (a_.interview_id = a.interview_id AND a_.interviewer_count >= $1::integer))
-- 1 row, reads at most 5000

/* count.interview */ SELECT count(*) FROM interview a WHERE NOT EXISTS (SELECT 1 FROM time_slot a_ WHERE (a_.interview_id = a.interview_id AND (a_.duration < $1::numeric) IS NOT TRUE))
-- 1 row, reads at most 5000

/* count.job */ SELECT count(*) FROM job a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a_.job_id AS k0, a_.interview_id AS o0 FROM interview a_ WHERE a_.type = ANY($1::interview_type[])) a__groups GROUP BY k0 HAVING count(*) >= $2::integer) a__groups WHERE a__groups.k0 = a.job_id)) IS TRUE)
-- 1 row, reads at most 5000

/* count.job */ SELECT count(*) FROM job a WHERE NOT EXISTS (SELECT 1 FROM interview a_ WHERE (a_.job_id = a.job_id AND (a_.canceled = ANY($1::boolean[])) IS NOT TRUE))
-- 1 row, reads at most 500

/* page.candidate */ SELECT NULL::bigint AS parent, ARRAY[a.candidate_profile_id::text] AS key, ARRAY[a.candidate_profile_id::text] AS keyset
    FROM (SELECT a.* FROM candidate a WHERE EXISTS (SELECT 1 FROM application a_ WHERE (a_.candidate_profile_id = a.candidate_profile_id AND EXISTS (SELECT 1 FROM interview a__ WHERE (a__.application_id = a_.application_id AND EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a___.interview_id AS k0, a___.interview_id AS o0, a___.slot_id AS o1 FROM time_slot a___ WHERE true) a____groups GROUP BY k0 HAVING count(*) >= $1::integer) a____groups WHERE a____groups.k0 = a__.interview_id))))) ORDER BY a.candidate_profile_id LIMIT 3) a ORDER BY a.candidate_profile_id LIMIT 3
-- 3 rows, reads at most 5000

/* page.employee */ SELECT NULL::bigint AS parent, ARRAY[a.employee_id::text] AS key, ARRAY[a.employee_id::text] AS keyset
    FROM (SELECT a.* FROM employee a WHERE EXISTS (SELECT 1 FROM interview a_ WHERE (a_.creator_employee_id = a.employee_id AND a_.canceled = ANY($1::boolean[]))) ORDER BY a.employee_id LIMIT 3) a ORDER BY a.employee_id LIMIT 3
-- 3 rows, reads at most 50

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a_.interview_id AS k0, a_.interview_id AS o0, a_.row_id AS o1 FROM appointment a_ WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $1::integer) a__groups WHERE a__groups.k0 = a.interview_id)) IS TRUE) ORDER BY a.starts_at, a.interview_id LIMIT 3) a ORDER BY a.starts_at, a.interview_id LIMIT 3
-- 3 rows, reads at most 5000

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE EXISTS (SELECT 1 FROM time_slot a_ WHERE (a_.interview_id = a.interview_id AND a_.interviewer_count >= $1::integer)) ORDER BY a.starts_at, a.interview_id LIMIT 3) a ORDER BY a.starts_at, a.interview_id LIMIT 3
-- 3 rows, reads at most 500

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE NOT EXISTS (SELECT 1 FROM time_slot a_ WHERE (a_.interview_id = a.interview_id AND (a_.duration < $1::numeric) IS NOT TRUE)) ORDER BY a.starts_at, a.interview_id LIMIT 3) a ORDER BY a.starts_at, a.interview_id LIMIT 3
-- 3 rows, reads at most 10

/* page.job */ SELECT NULL::bigint AS parent, ARRAY[a.job_id::text] AS key, ARRAY[a.job_id::text] AS keyset
    FROM (SELECT a.* FROM job a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a_.job_id AS k0, a_.interview_id AS o0 FROM interview a_ WHERE a_.type = ANY($1::interview_type[])) a__groups GROUP BY k0 HAVING count(*) >= $2::integer) a__groups WHERE a__groups.k0 = a.job_id)) IS TRUE) ORDER BY a.job_id LIMIT 3) a ORDER BY a.job_id LIMIT 3
-- 3 rows, reads at most 5000

/* page.job */ SELECT NULL::bigint AS parent, ARRAY[a.job_id::text] AS key, ARRAY[a.job_id::text] AS keyset
    FROM (SELECT a.* FROM job a WHERE NOT EXISTS (SELECT 1 FROM interview a_ WHERE (a_.job_id = a.job_id AND (a_.canceled = ANY($1::boolean[])) IS NOT TRUE)) ORDER BY a.job_id LIMIT 3) a ORDER BY a.job_id LIMIT 3
-- 1 row, reads at most 500

SELECT "candidate"."candidate_profile_id", "candidate"."first_name", "candidate"."last_name" FROM "candidate" WHERE "candidate"."candidate_profile_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE "employee"."employee_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" IN ($1) OFFSET $2
-- 1 row, reads at most 1

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2
