-- 1 statement, 2 rows, reads at most 200

/* page.job */ SELECT json_build_array(a.job_id, a.title) AS item, json_build_array(a.job_id::text) AS keyset, (SELECT count(*) FROM job a WHERE true) AS total, EXISTS (SELECT a.* FROM job a WHERE (a.job_id) >= ($1::uuid) ORDER BY a.job_id LIMIT 1) AS preceded
    FROM (SELECT a.* FROM job a WHERE (a.job_id) < ($2::uuid) ORDER BY a.job_id DESC LIMIT 3) a ORDER BY a.job_id DESC
-- 2 rows, reads at most 200
