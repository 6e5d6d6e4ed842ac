-- 1 statement, 1 row, reads at most 200

/* item.job */ SELECT json_build_array(a.job_id, a.title, ARRAY(SELECT json_build_array(a_2.employee_id, a_2.first_name, a_2.last_name) FROM employee a_2 WHERE a_2.employee_id IN (SELECT a_2_link.interviewer_employee_id FROM appointment a_2_link
          WHERE a_2_link.job_id = a.job_id) ORDER BY a_2.employee_id LIMIT 1000)) AS item FROM job a WHERE a.job_id = $1::uuid
-- 1 row, reads at most 200
