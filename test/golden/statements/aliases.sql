-- 3 statements, 6 rows, reads at most 5015

/* page.interview */ SELECT json_build_array(a.interview_id, (a.starts_at AT TIME ZONE 'UTC'), a_2_one.item) AS item, (SELECT count(*) FROM interview a WHERE true) AS total
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at, a.interview_id LIMIT 2) a LEFT JOIN LATERAL (SELECT json_build_array(a_2.job_id, a_2.title) AS item FROM job a_2 WHERE a_2.job_id = a.job_id LIMIT 1) a_2_one ON true ORDER BY a.starts_at, a.interview_id
-- 2 rows, reads at most 5000

/* page.interview */ SELECT json_build_array(a.interview_id, ARRAY(SELECT json_build_array(json_build_array(a_1.interview_id, a_1.row_id, a_1.interviewer_status))
      FROM (SELECT a_1.* FROM (SELECT a_1.* FROM appointment a_1 WHERE a_1.interview_id = a.interview_id OFFSET 0) a_1 ORDER BY a_1.starts_at, a_1.interview_id, a_1.row_id LIMIT 1) a_1 ORDER BY a_1.starts_at, a_1.interview_id, a_1.row_id), ARRAY(SELECT json_build_array(json_build_array(a_2.interview_id, a_2.row_id, a_2.interviewer_rating), a_2.total)
      FROM (SELECT a_2.*, count(*) OVER () AS total FROM (SELECT a_2.* FROM appointment a_2 WHERE a_2.interview_id = a.interview_id OFFSET 0) a_2 ORDER BY a_2.starts_at, a_2.interview_id, a_2.row_id LIMIT 2) a_2 ORDER BY a_2.starts_at, a_2.interview_id, a_2.row_id), (SELECT count(*) FROM appointment a_3 WHERE a_3.interview_id = a.interview_id)) AS item
    FROM (SELECT a.* FROM interview a WHERE a.type = ANY($1::interview_type[]) ORDER BY a.starts_at, a.interview_id LIMIT 2) a ORDER BY a.starts_at, a.interview_id
-- 2 rows, reads at most 10

/* page.interview */ SELECT json_build_array(a.interview_id, a_1_one.item) AS item
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at, a.interview_id LIMIT 2) a LEFT JOIN LATERAL (SELECT json_build_array(a_1.job_id) AS item FROM job a_1 WHERE a_1.job_id = a.job_id LIMIT 1) a_1_one ON true ORDER BY a.starts_at, a.interview_id
-- 2 rows, reads at most 5
