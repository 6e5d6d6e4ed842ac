-- 2 statements, 2 rows, reads at most 101

/* page.interview */ SELECT json_build_array(a.interview_id, ARRAY(SELECT json_build_array(a_1.employee_id, a_1.first_name, a_1.last_name) FROM employee a_1 WHERE a_1.employee_id IN (SELECT a_1_link.interviewer_employee_id FROM appointment a_1_link
          WHERE a_1_link.interview_id = a.interview_id) ORDER BY a_1.employee_id LIMIT 1000)) AS item
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.interview_id LIMIT 1) a ORDER BY a.interview_id
-- 1 row, reads at most 100

/* pages.appointment */ SELECT a.parent, json_build_array(a.interview_id, a.row_id, a.interviewer_status) AS item, a.total
    FROM (SELECT p.n AS parent, a.interview_id, a.row_id, a.interviewer_status, count(*) OVER (PARTITION BY p.n) AS total, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id, a.row_id) AS position
      FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN appointment a ON a.interview_id = p.k0 WHERE true) a
    WHERE a.position <= 2 ORDER BY a.parent, a.position
-- 1 row, reads at most 1
