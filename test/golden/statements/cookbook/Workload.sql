-- 3 statements, 18 rows, reads at most 600

/* counts.appointment */ SELECT p.n AS parent, count(*) FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN appointment a ON a.interviewer_employee_id = p.k0 WHERE (EXISTS (SELECT 1 FROM interview a_ WHERE (a_.interview_id = a.interview_id AND (a_.canceled = ANY($2::boolean[])) IS NOT TRUE)) AND (a.starts_at >= $3::timestamptz(0) AND a.starts_at < $4::timestamptz(0)) AND a.interviewer_status = ANY($5::response_status[])) GROUP BY p.n
-- 2 rows, reads at most 50

/* counts.appointment */ SELECT p.n AS parent, count(*) FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN appointment a ON a.interviewer_employee_id = p.k0 WHERE (EXISTS (SELECT 1 FROM interview a_ WHERE (a_.interview_id = a.interview_id AND (a_.canceled = ANY($2::boolean[])) IS NOT TRUE)) AND (a.starts_at >= $3::timestamptz(0) AND a.starts_at < $4::timestamptz(0)) AND a.interviewer_status = ANY($5::response_status[])) GROUP BY p.n
-- 7 rows, reads at most 50

/* page.employee */ SELECT json_build_array(a.employee_id) AS item
    FROM (SELECT a.* FROM employee a WHERE EXISTS (SELECT 1 FROM appointment a_ WHERE (a_.interviewer_employee_id = a.employee_id AND (EXISTS (SELECT 1 FROM interview a__ WHERE (a__.interview_id = a_.interview_id AND (a__.canceled = ANY($1::boolean[])) IS NOT TRUE)) AND (a_.starts_at >= $2::timestamptz(0) AND a_.starts_at < $3::timestamptz(0))))) ORDER BY a.employee_id LIMIT 100) a ORDER BY a.employee_id
-- 9 rows, reads at most 500
