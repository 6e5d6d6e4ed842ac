-- 1 statement, 21 rows, reads at most 200

/* page.interview */ SELECT json_build_array(a.interview_id, (a.updated_at AT TIME ZONE 'UTC'), a.canceled, (a.starts_at AT TIME ZONE 'UTC'), ARRAY(SELECT json_build_array(a_4.interview_id, a_4.slot_id, (a_4.starts_at AT TIME ZONE 'UTC'), ARRAY(SELECT json_build_array(a_4_3.interview_id, a_4_3.row_id, a_4_3.interviewer_status) FROM appointment a_4_3 WHERE (a_4_3.interview_id = a_4.interview_id AND a_4_3.slot_id = a_4.slot_id) ORDER BY a_4_3.interviewer_employee_id, a_4_3.row_id)) FROM time_slot a_4 WHERE a_4.interview_id = a.interview_id ORDER BY a_4.start_time, a_4.end_time, a_4.slot_id)) AS item, json_build_array(a.updated_at::text, a.interview_id::text) AS keyset
    FROM (SELECT a.* FROM interview a WHERE a.updated_at >= $1::timestamptz(0) ORDER BY a.updated_at, a.interview_id LIMIT 21) a ORDER BY a.updated_at, a.interview_id
-- 21 rows, reads at most 200
