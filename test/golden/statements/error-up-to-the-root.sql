-- 2 statements, 5 rows, reads at most 7

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset, json_build_array(a.interview_id) AS item
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at, a.interview_id LIMIT 3) a ORDER BY a.starts_at, a.interview_id
-- 3 rows, reads at most 5

/* page.job */ SELECT NULL::bigint AS parent, ARRAY[a.job_id::text] AS keyset, json_build_array(a.job_id) AS item
    FROM (SELECT a.* FROM job a WHERE true ORDER BY a.job_id LIMIT 2) a ORDER BY a.job_id
-- 2 rows, reads at most 2
