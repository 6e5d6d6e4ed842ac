-- 4 statements, 6 rows, reads at most 6

/* page.interview */ SELECT json_build_array(a.interview_id) AS item
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at, a.interview_id LIMIT 2) a ORDER BY a.starts_at, a.interview_id
-- 2 rows, reads at most 2

/* page.interview */ SELECT json_build_array(a.interview_id) AS item
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at, a.interview_id LIMIT 2) a ORDER BY a.starts_at, a.interview_id
-- 2 rows, reads at most 2

/* page.job */ SELECT json_build_array(a.job_id) AS item
    FROM (SELECT a.* FROM job a WHERE true ORDER BY a.job_id LIMIT 1) a ORDER BY a.job_id
-- 1 row, reads at most 1

/* page.job */ SELECT json_build_array(a.job_id) AS item
    FROM (SELECT a.* FROM job a WHERE true ORDER BY a.job_id LIMIT 1) a ORDER BY a.job_id
-- 1 row, reads at most 1
