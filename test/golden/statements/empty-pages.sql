-- 4 statements, 3 rows, reads at most 5002

/* page.interview */ SELECT json_build_array(a.interview_id) AS item, json_build_array(a.starts_at::text, a.interview_id::text) AS keyset, (SELECT count(*) FROM interview a WHERE true) AS total
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at, a.interview_id LIMIT 1) a ORDER BY a.starts_at, a.interview_id
-- 1 row, reads at most 5000

/* page.interview */ SELECT json_build_array(a.interview_id, ARRAY(SELECT json_build_array(json_build_array(a_1.interview_id, a_1.row_id, a_1.interviewer_status), a_1.total)
      FROM (SELECT a_1.*, count(*) OVER () AS total FROM (SELECT a_1.* FROM appointment a_1 WHERE a_1.interview_id = a.interview_id OFFSET 0) a_1 ORDER BY a_1.starts_at, a_1.interview_id, a_1.row_id LIMIT 50) a_1 ORDER BY a_1.starts_at, a_1.interview_id, a_1.row_id)) AS item, json_build_array(a.starts_at::text, a.interview_id::text) AS keyset, (SELECT count(*) FROM interview a WHERE a.interview_id = ANY($1::text[])) AS total
    FROM (SELECT a.* FROM interview a WHERE a.interview_id = ANY($2::text[]) ORDER BY a.starts_at, a.interview_id LIMIT 51) a ORDER BY a.starts_at, a.interview_id
-- 0 rows, reads at most 0

/* page.job */ SELECT json_build_array(a.job_id) AS item, (SELECT count(*) FROM job a WHERE false) AS total
    FROM (SELECT a.* FROM job a WHERE false ORDER BY a.job_id LIMIT 50) a ORDER BY a.job_id
-- 0 rows, reads at most 0

/* page.job */ SELECT json_build_array(a.job_id, ARRAY(SELECT json_build_array(json_build_array(a_1.interview_id), json_build_array(a_1.starts_at::text, a_1.interview_id::text), a_1.total)
      FROM (SELECT a_1.*, count(*) OVER () AS total FROM (SELECT a_1.* FROM interview a_1 WHERE (a_1.job_id = a.job_id AND a_1.starts_at < $1::timestamptz(0)) OFFSET 0) a_1 ORDER BY a_1.starts_at, a_1.interview_id LIMIT 51) a_1 ORDER BY a_1.starts_at, a_1.interview_id)) AS item
    FROM (SELECT a.* FROM job a WHERE true ORDER BY a.job_id LIMIT 2) a ORDER BY a.job_id
-- 2 rows, reads at most 2
