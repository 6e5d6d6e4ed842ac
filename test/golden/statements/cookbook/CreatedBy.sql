-- 1 statement, 1 row, reads at most 20

/* item.employee */ SELECT json_build_array(a.employee_id, a.first_name, a.last_name, ARRAY(SELECT json_build_array(json_build_array(a_3.interview_id, (a_3.created_at AT TIME ZONE 'UTC'), (a_3.starts_at AT TIME ZONE 'UTC'), a_3.canceled), a_3.total)
      FROM (SELECT a_3.*, count(*) OVER () AS total FROM (SELECT a_3.* FROM interview a_3 WHERE (a_3.creator_employee_id = a.employee_id AND a_3.created_at >= $2::timestamptz(0)) OFFSET 0) a_3 ORDER BY a_3.created_at DESC NULLS LAST, a_3.interview_id DESC LIMIT 20) a_3 ORDER BY a_3.created_at DESC NULLS LAST, a_3.interview_id DESC)) AS item FROM employee a WHERE a.employee_id = $1::text
-- 1 row, reads at most 20
