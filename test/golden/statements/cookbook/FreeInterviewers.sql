-- 2 statements, 26 rows, reads at most 2020

/* page.employee */ SELECT NULL::bigint AS parent, ARRAY[a.employee_id::text] AS key, ARRAY[a.employee_id::text] AS keyset
    FROM (SELECT a.* FROM employee a WHERE (NOT EXISTS (SELECT 1 FROM appointment a_ WHERE (a_.interviewer_employee_id = a.employee_id AND (a_.ends_at > $1::timestamptz(0) AND EXISTS (SELECT 1 FROM interview a__ WHERE (a__.interview_id = a_.interview_id AND (a__.canceled = ANY($2::boolean[])) IS NOT TRUE)) AND a_.starts_at < $3::timestamptz(0) AND (a_.interviewer_status = ANY($4::response_status[])) IS NOT TRUE))) AND a.employee_id IN (SELECT a__link.interviewer_employee_id FROM appointment a__link
        JOIN interview a_ ON a_.interview_id = a__link.interview_id WHERE a_.job_id = ANY($5::uuid[]))) ORDER BY a.employee_id LIMIT 51) a ORDER BY a.employee_id LIMIT 51
-- 13 rows, reads at most 2000

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE "employee"."employee_id" IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13) OFFSET $14
-- 13 rows, reads at most 20
