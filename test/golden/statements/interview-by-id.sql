-- 1 statement, 1 row, reads at most 5

/* page.interview */ SELECT json_build_array(a.interview_id, ARRAY(SELECT json_build_array(a_1.employee_id, a_1.first_name, a_1.last_name) FROM employee a_1 WHERE a_1.employee_id IN (SELECT a_1_link.interviewer_employee_id FROM appointment a_1_link
          WHERE a_1_link.interview_id = a.interview_id) ORDER BY a_1.employee_id LIMIT 1000), ARRAY(SELECT json_build_array(json_build_array(a_2.interview_id, a_2.row_id, a_2.interviewer_status), a_2.total)
      FROM (SELECT a_2.*, count(*) OVER () AS total FROM (SELECT a_2.* FROM appointment a_2 WHERE a_2.interview_id = a.interview_id OFFSET 0) a_2 ORDER BY a_2.starts_at, a_2.interview_id, a_2.row_id LIMIT 2) a_2 ORDER BY a_2.starts_at, a_2.interview_id, a_2.row_id)) AS item
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.interview_id LIMIT 1) a ORDER BY a.interview_id
-- 1 row, reads at most 5
