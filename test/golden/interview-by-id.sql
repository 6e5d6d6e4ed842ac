/* counts.appointment */ SELECT p.n AS parent, count(*) FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN appointment a ON a.interview_id = p.k0 WHERE true GROUP BY p.n
-- 1 row

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.interview_id::text] AS place,
      row_number() OVER (ORDER BY a.interview_id) AS position
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.interview_id LIMIT 2) a ORDER BY a.interview_id LIMIT 2
-- 2 rows

/* pages.appointment */ SELECT p.n AS parent, x.key, x.place
     FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) CROSS JOIN LATERAL (SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text, a.row_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text, a.row_id::text] AS place,
      row_number() OVER (ORDER BY a.starts_at, a.interview_id, a.row_id) AS position
    FROM (SELECT a.* FROM appointment a WHERE a.interview_id = p.k0 ORDER BY a.starts_at, a.interview_id, a.row_id LIMIT 3) a ORDER BY a.starts_at, a.interview_id, a.row_id LIMIT 3) x ORDER BY p.n, x.position
-- 1 row

/* pages.employee */ SELECT p.n AS parent, x.key, x.place
     FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) CROSS JOIN LATERAL (SELECT NULL::bigint AS parent, ARRAY[a.employee_id::text] AS key, ARRAY[a.employee_id::text] AS place,
      row_number() OVER (ORDER BY a.employee_id) AS position
    FROM (SELECT a.* FROM employee a WHERE a.employee_id IN (SELECT a_link.interviewer_employee_id FROM appointment a_link WHERE a_link.interview_id = p.k0) ORDER BY a.employee_id LIMIT 1001) a ORDER BY a.employee_id LIMIT 1001) x ORDER BY p.n, x.position
-- 1 row

SELECT "appointment"."interview_id", "appointment"."row_id", "appointment"."content_hash", "appointment"."slot_id", "appointment"."starts_at", "appointment"."ends_at", "appointment"."reviewed_at", "appointment"."application_id", "appointment"."application_stage"::text, "appointment"."application_step", "appointment"."candidate_profile_id", "appointment"."candidate_status"::text, "appointment"."job_id", "appointment"."interview_type"::text, "appointment"."interview_location", "appointment"."interview_create_date", "appointment"."interview_update_date", "appointment"."interview_start_date", "appointment"."interview_time_zone", "appointment"."interview_duration", "appointment"."interview_canceled", "appointment"."creator_employee_id", "appointment"."creator_first_name", "appointment"."creator_last_name", "appointment"."interviewer_employee_id", "appointment"."interviewer_first_name", "appointment"."interviewer_last_name", "appointment"."interviewer_status"::text, "appointment"."interviewer_review", "appointment"."interviewer_rating", "appointment"."start_time", "appointment"."end_time", "appointment"."duration", "appointment"."room", "appointment"."interviewers", "appointment"."time_to_provide_feedback" FROM "appointment" WHERE ("appointment"."interview_id" IN ($1) AND "appointment"."row_id" IN ($2)) OFFSET $3
-- 1 row

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE "employee"."employee_id" IN ($1) OFFSET $2
-- 1 row

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1) OFFSET $2
-- 1 row
