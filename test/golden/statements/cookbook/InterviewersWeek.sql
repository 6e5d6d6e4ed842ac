-- 2 statements, 4 rows, reads at most 21

/* item.employee */ SELECT json_build_array(a.employee_id, a.first_name, a.last_name) AS item FROM employee a WHERE a.employee_id = $1::text
-- 1 row, reads at most 1

/* pages.appointment */ SELECT a.parent, json_build_array(a.interview_id, a.row_id, a.interviewer_status, a_3_one.item, a_4_one.item) AS item
    FROM (SELECT p.n AS parent, a.interview_id, a.row_id, a.interviewer_status, a.slot_id, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id, a.row_id) AS position
      FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN appointment a ON a.interviewer_employee_id = p.k0 WHERE (EXISTS (SELECT 1 FROM interview a_ WHERE (a_.interview_id = a.interview_id AND (a_.canceled = ANY($2::boolean[])) IS NOT TRUE)) AND (a.starts_at >= $3::timestamptz(0) AND a.starts_at < $4::timestamptz(0)))) a LEFT JOIN LATERAL (SELECT json_build_array(a_3.interview_id, a_3.slot_id, (a_3.starts_at AT TIME ZONE 'UTC'), (a_3.ends_at AT TIME ZONE 'UTC'), a_3.start_time, a_3.room) AS item FROM time_slot a_3 WHERE (a_3.interview_id = a.interview_id AND a_3.slot_id = a.slot_id) LIMIT 1) a_3_one ON true LEFT JOIN LATERAL (SELECT json_build_array(a_4.interview_id, a_4.time_zone, a_4.type) AS item FROM interview a_4 WHERE a_4.interview_id = a.interview_id LIMIT 1) a_4_one ON true
    WHERE a.position <= 50 ORDER BY a.parent, a.position
-- 3 rows, reads at most 20
