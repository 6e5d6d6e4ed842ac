-- 2 statements, 3 rows, reads at most 21

/* item.job */ SELECT json_build_array(a.job_id) AS item FROM job a WHERE a.job_id = $1::uuid
-- 1 row, reads at most 1

/* page.interview */ SELECT json_build_array(a.interview_id, a_1_one.item, a_2_one.item) AS item
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at, a.interview_id LIMIT 2) a LEFT JOIN LATERAL (SELECT json_build_array(a_1.job_id) AS item FROM job a_1 WHERE a_1.job_id = a.job_id LIMIT 1) a_1_one ON true LEFT JOIN LATERAL (SELECT json_build_array(a_2.application_id, a_2.stage, (SELECT count(*) FROM interview a_2_2 WHERE a_2_2.application_id = a_2.application_id)) AS item FROM application a_2 WHERE a_2.application_id = a.application_id LIMIT 1) a_2_one ON true ORDER BY a.starts_at, a.interview_id
-- 2 rows, reads at most 20
