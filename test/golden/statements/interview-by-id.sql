-- 7 statements, 8 rows, reads at most 9

/* counts.appointment */ SELECT p.n AS parent, count(*) FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN appointment a ON a.interview_id = p.k0 WHERE true GROUP BY p.n
-- 1 row, reads at most 1

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.interview_id LIMIT 2) a ORDER BY a.interview_id LIMIT 2
-- 2 rows, reads at most 2

/* pages.appointment */ SELECT a.parent, ARRAY[a.interview_id::text, a.row_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text, a.row_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.interview_id, a.row_id, a.starts_at, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id, a.row_id) AS position
      FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN appointment a ON a.interview_id = p.k0 WHERE true) a
    WHERE a.position <= 3 ORDER BY a.parent, a.position
-- 1 row, reads at most 1

/* pages.employee */ SELECT a.parent, ARRAY[a.employee_id::text] AS key, ARRAY[a.employee_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.employee_id, row_number() OVER (PARTITION BY p.n ORDER BY a.employee_id) AS position
      FROM (SELECT DISTINCT p.n, l.interviewer_employee_id AS k0
        FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.interview_id = p.k0) p JOIN employee a ON a.employee_id = p.k0 WHERE true) a
    WHERE a.position <= 1001 ORDER BY a.parent, a.position
-- 1 row, reads at most 2

SELECT "appointment".* FROM "appointment" WHERE ("appointment"."interview_id" IN ($1) AND "appointment"."row_id" IN ($2)) OFFSET $3
-- 1 row, reads at most 1

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE "employee"."employee_id" IN ($1) OFFSET $2
-- 1 row, reads at most 1

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1) OFFSET $2
-- 1 row, reads at most 1
