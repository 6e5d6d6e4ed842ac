-- 23 statements, 45 rows, reads at most 100220

/* count.application */ SELECT count(*) FROM application a WHERE NOT EXISTS (SELECT 1 FROM interview a__link
        JOIN time_slot a_ ON a_.interview_id = a__link.interview_id WHERE (a__link.application_id = a.application_id AND a_.duration < $1::numeric))
-- 1 row, reads at most 10000

/* count.candidate */ SELECT count(*) FROM candidate a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT DISTINCT a__link.candidate_profile_id AS k0, a_.interview_id AS o0, a_.slot_id AS o1 FROM interview a__link
        JOIN time_slot a_ ON a_.interview_id = a__link.interview_id WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $1::integer) a__groups WHERE a__groups.k0 = a.candidate_profile_id)) IS TRUE)
-- 1 row, reads at most 10000

/* count.candidate */ SELECT count(*) FROM candidate a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT DISTINCT a__link.candidate_profile_id AS k0, a_.job_id AS o0 FROM appointment a__link
        JOIN job a_ ON a_.job_id = a__link.job_id WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $1::integer) a__groups WHERE a__groups.k0 = a.candidate_profile_id)) IS TRUE)
-- 1 row, reads at most 5000

/* count.employee */ SELECT count(*) FROM employee a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT DISTINCT a__link.interviewer_employee_id AS k0, a_.interview_id AS o0 FROM appointment a__link
        JOIN interview a_ ON a_.interview_id = a__link.interview_id WHERE (a_.canceled = ANY($1::boolean[])) IS NOT TRUE) a__groups GROUP BY k0 HAVING count(*) >= $2::integer) a__groups WHERE a__groups.k0 = a.employee_id)) IS TRUE)
-- 1 row, reads at most 10000

/* count.interview */ SELECT count(*) FROM interview a WHERE NOT EXISTS (SELECT 1 FROM appointment a__link
        JOIN employee a_ ON a_.employee_id = a__link.interviewer_employee_id WHERE (a__link.interview_id = a.interview_id AND (a_.employee_id = ANY($1::text[])) IS NOT TRUE))
-- 1 row, reads at most 10000

/* count.job */ SELECT count(*) FROM job a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT DISTINCT a__link.job_id AS k0, a_.candidate_profile_id AS o0 FROM appointment a__link
        JOIN candidate a_ ON a_.candidate_profile_id = a__link.candidate_profile_id WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $1::integer) a__groups WHERE a__groups.k0 = a.job_id)) IS TRUE)
-- 1 row, reads at most 5000

/* count.job */ SELECT count(*) FROM job a WHERE NOT EXISTS (SELECT 1 FROM appointment a__link
        JOIN employee a_ ON a_.employee_id = a__link.interviewer_employee_id WHERE (a__link.job_id = a.job_id AND a_.last_name COLLATE "und-x-icu" ILIKE $1::text))
-- 1 row, reads at most 5000

/* page.application */ SELECT NULL::bigint AS parent, ARRAY[a.application_id::text] AS key, ARRAY[a.application_id::text] AS keyset
    FROM (SELECT a.* FROM application a WHERE NOT EXISTS (SELECT 1 FROM interview a__link
        JOIN time_slot a_ ON a_.interview_id = a__link.interview_id WHERE (a__link.application_id = a.application_id AND a_.duration < $1::numeric)) ORDER BY a.application_id LIMIT 3) a ORDER BY a.application_id LIMIT 3
-- 3 rows, reads at most 10000

/* page.candidate */ SELECT NULL::bigint AS parent, ARRAY[a.candidate_profile_id::text] AS key, ARRAY[a.candidate_profile_id::text] AS keyset
    FROM (SELECT a.* FROM candidate a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT DISTINCT a__link.candidate_profile_id AS k0, a_.interview_id AS o0, a_.slot_id AS o1 FROM interview a__link
        JOIN time_slot a_ ON a_.interview_id = a__link.interview_id WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $1::integer) a__groups WHERE a__groups.k0 = a.candidate_profile_id)) IS TRUE) ORDER BY a.candidate_profile_id LIMIT 3) a ORDER BY a.candidate_profile_id LIMIT 3
-- 3 rows, reads at most 5000

/* page.candidate */ SELECT NULL::bigint AS parent, ARRAY[a.candidate_profile_id::text] AS key, ARRAY[a.candidate_profile_id::text] AS keyset
    FROM (SELECT a.* FROM candidate a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT DISTINCT a__link.candidate_profile_id AS k0, a_.job_id AS o0 FROM appointment a__link
        JOIN job a_ ON a_.job_id = a__link.job_id WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $1::integer) a__groups WHERE a__groups.k0 = a.candidate_profile_id)) IS TRUE) ORDER BY a.candidate_profile_id LIMIT 3) a ORDER BY a.candidate_profile_id LIMIT 3
-- 3 rows, reads at most 5000

/* page.employee */ SELECT NULL::bigint AS parent, ARRAY[a.employee_id::text] AS key, ARRAY[a.employee_id::text] AS keyset
    FROM (SELECT a.* FROM employee a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT DISTINCT a__link.interviewer_employee_id AS k0, a_.interview_id AS o0 FROM appointment a__link
        JOIN interview a_ ON a_.interview_id = a__link.interview_id WHERE (a_.canceled = ANY($1::boolean[])) IS NOT TRUE) a__groups GROUP BY k0 HAVING count(*) >= $2::integer) a__groups WHERE a__groups.k0 = a.employee_id)) IS TRUE) ORDER BY a.employee_id LIMIT 3) a ORDER BY a.employee_id LIMIT 3
-- 3 rows, reads at most 10000

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE NOT EXISTS (SELECT 1 FROM appointment a__link
        JOIN employee a_ ON a_.employee_id = a__link.interviewer_employee_id WHERE (a__link.interview_id = a.interview_id AND (a_.employee_id = ANY($1::text[])) IS NOT TRUE)) ORDER BY a.starts_at, a.interview_id LIMIT 3) a ORDER BY a.starts_at, a.interview_id LIMIT 3
-- 3 rows, reads at most 10000

/* page.job */ SELECT NULL::bigint AS parent, ARRAY[a.job_id::text] AS key, ARRAY[a.job_id::text] AS keyset
    FROM (SELECT a.* FROM job a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT DISTINCT a__link.job_id AS k0, a_.candidate_profile_id AS o0 FROM appointment a__link
        JOIN candidate a_ ON a_.candidate_profile_id = a__link.candidate_profile_id WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $1::integer) a__groups WHERE a__groups.k0 = a.job_id)) IS TRUE) ORDER BY a.job_id LIMIT 3) a ORDER BY a.job_id LIMIT 3
-- 3 rows, reads at most 5000

/* page.job */ SELECT NULL::bigint AS parent, ARRAY[a.job_id::text] AS key, ARRAY[a.job_id::text] AS keyset
    FROM (SELECT a.* FROM job a WHERE NOT EXISTS (SELECT 1 FROM appointment a__link
        JOIN employee a_ ON a_.employee_id = a__link.interviewer_employee_id WHERE (a__link.job_id = a.job_id AND a_.last_name COLLATE "und-x-icu" ILIKE $1::text)) ORDER BY a.job_id LIMIT 3) a ORDER BY a.job_id LIMIT 3
-- 3 rows, reads at most 200

/* pages.employee */ SELECT a.parent, ARRAY[a.employee_id::text] AS key, ARRAY[a.employee_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.employee_id, row_number() OVER (PARTITION BY p.n ORDER BY a.employee_id) AS position
      FROM (SELECT DISTINCT p.n, l.interviewer_employee_id AS k0
        FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.interview_id = p.k0) p JOIN employee a ON a.employee_id = p.k0 WHERE true) a
    WHERE a.position <= 1001 ORDER BY a.parent, a.position
-- 2 rows, reads at most 5

SELECT "application"."application_id", "application"."candidate_profile_id", "application"."job_id", "application"."stage"::text, "application"."step" FROM "application" WHERE "application"."application_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "candidate"."candidate_profile_id", "candidate"."first_name", "candidate"."last_name" FROM "candidate" WHERE "candidate"."candidate_profile_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "candidate"."candidate_profile_id", "candidate"."first_name", "candidate"."last_name" FROM "candidate" WHERE "candidate"."candidate_profile_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE "employee"."employee_id" IN ($1) OFFSET $2
-- 1 row, reads at most 1

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE "employee"."employee_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2
