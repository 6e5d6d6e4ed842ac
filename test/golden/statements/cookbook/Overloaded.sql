-- 3 statements, 3 rows, reads at most 1001

/* count.employee */ SELECT count(*) FROM employee a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a_.interviewer_employee_id AS k0, a_.interview_id AS o0, a_.row_id AS o1 FROM appointment a_ WHERE (EXISTS (SELECT 1 FROM interview a__ WHERE (a__.interview_id = a_.interview_id AND (a__.canceled = ANY($1::boolean[])) IS NOT TRUE)) AND (a_.starts_at >= $2::timestamptz(0) AND a_.starts_at < $3::timestamptz(0)) AND (a_.interviewer_status = ANY($4::response_status[])) IS NOT TRUE)) a__groups GROUP BY k0 HAVING count(*) >= $5::integer) a__groups WHERE a__groups.k0 = a.employee_id)) IS TRUE)
-- 1 row, reads at most 500

/* page.employee */ SELECT NULL::bigint AS parent, ARRAY[a.employee_id::text] AS key, ARRAY[a.employee_id::text] AS keyset
    FROM (SELECT a.* FROM employee a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a_.interviewer_employee_id AS k0, a_.interview_id AS o0, a_.row_id AS o1 FROM appointment a_ WHERE (EXISTS (SELECT 1 FROM interview a__ WHERE (a__.interview_id = a_.interview_id AND (a__.canceled = ANY($1::boolean[])) IS NOT TRUE)) AND (a_.starts_at >= $2::timestamptz(0) AND a_.starts_at < $3::timestamptz(0)) AND (a_.interviewer_status = ANY($4::response_status[])) IS NOT TRUE)) a__groups GROUP BY k0 HAVING count(*) >= $5::integer) a__groups WHERE a__groups.k0 = a.employee_id)) IS TRUE) ORDER BY a.employee_id LIMIT 51) a ORDER BY a.employee_id LIMIT 51
-- 1 row, reads at most 500

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE "employee"."employee_id" IN ($1) OFFSET $2
-- 1 row, reads at most 1
