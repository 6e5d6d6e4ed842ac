-- 1 statement, 2 rows, reads at most 10

/* page.interview */ SELECT json_build_array(a.interview_id, a_1_one.item, ARRAY(SELECT json_build_array(a_2.interview_id, a_2.slot_id, a_2.start_time) FROM time_slot a_2 WHERE a_2.interview_id = a.interview_id ORDER BY a_2.start_time, a_2.end_time, a_2.slot_id)) AS item
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at, a.interview_id LIMIT 2) a LEFT JOIN LATERAL (SELECT json_build_array(a_1.job_id) AS item FROM job a_1 WHERE a_1.job_id = a.job_id LIMIT 1) a_1_one ON true ORDER BY a.starts_at, a.interview_id
-- 2 rows, reads at most 10
