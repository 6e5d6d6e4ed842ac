-- 1 statement, 13 rows, reads at most 2000

/* page.employee */ SELECT json_build_array(a.employee_id) AS item
    FROM (SELECT a.* FROM employee a WHERE (NOT EXISTS (SELECT 1 FROM appointment a_ WHERE (a_.interviewer_employee_id = a.employee_id AND (a_.ends_at > $1::timestamptz(0) AND EXISTS (SELECT 1 FROM interview a__ WHERE (a__.interview_id = a_.interview_id AND (a__.canceled = ANY($2::boolean[])) IS NOT TRUE)) AND a_.starts_at < $3::timestamptz(0) AND (a_.interviewer_status = ANY($4::response_status[])) IS NOT TRUE))) AND a.employee_id IN (SELECT a__link.interviewer_employee_id FROM appointment a__link
        JOIN interview a_ ON a_.interview_id = a__link.interview_id WHERE a_.job_id = ANY($5::uuid[]))) ORDER BY a.employee_id LIMIT 50) a ORDER BY a.employee_id
-- 13 rows, reads at most 2000
