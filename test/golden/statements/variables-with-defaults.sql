-- 2 statements, 4 rows, reads at most 202

/* page.interview */ SELECT json_build_array(a.interview_id, a.canceled, a_2_one.item) AS item
    FROM (SELECT a.* FROM interview a WHERE a.canceled = ANY($1::boolean[]) ORDER BY a.starts_at, a.interview_id LIMIT 2) a LEFT JOIN LATERAL (SELECT json_build_array(a_2.job_id, ARRAY(SELECT json_build_array(json_build_array(a_2_1.interview_id))
      FROM (SELECT a_2_1.* FROM (SELECT a_2_1.* FROM interview a_2_1 WHERE a_2_1.job_id = a_2.job_id OFFSET 0) a_2_1 ORDER BY a_2_1.starts_at, a_2_1.interview_id LIMIT 2) a_2_1 ORDER BY a_2_1.starts_at, a_2_1.interview_id)) AS item FROM job a_2 WHERE a_2.job_id = a.job_id LIMIT 1) a_2_one ON true ORDER BY a.starts_at, a.interview_id
-- 2 rows, reads at most 200

/* page.interview */ SELECT json_build_array(a.interview_id, a.type) AS item
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at DESC, a.interview_id DESC LIMIT 2) a ORDER BY a.starts_at DESC, a.interview_id DESC
-- 2 rows, reads at most 2
