-- 3 statements, 5 rows, reads at most 204

/* count.job */ SELECT count(*) FROM job a WHERE true
-- 1 row, reads at most 200

/* page.job */ SELECT NULL::bigint AS parent, ARRAY[a.job_id::text] AS keyset, json_build_array(a.job_id) AS item
    FROM (SELECT a.* FROM job a WHERE (a.job_id) >= ($1::uuid) ORDER BY a.job_id LIMIT 2) a ORDER BY a.job_id
-- 2 rows, reads at most 2

/* page.job */ SELECT NULL::bigint AS parent, ARRAY[a.job_id::text] AS keyset, json_build_array(a.job_id, a.title) AS item
    FROM (SELECT a.* FROM job a WHERE (a.job_id) < ($1::uuid) ORDER BY a.job_id DESC LIMIT 3) a ORDER BY a.job_id DESC
-- 2 rows, reads at most 2
