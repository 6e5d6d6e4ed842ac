-- 5 statements, 3 rows, reads at most 5002

/* page.interview */ SELECT json_build_array(a.interview_id) AS item, json_build_array(a.starts_at::text, a.interview_id::text) AS keyset, (SELECT count(*) FROM interview a WHERE a.interview_id = ANY($1::text[])) AS total
    FROM (SELECT a.* FROM interview a WHERE a.interview_id = ANY($2::text[]) ORDER BY a.starts_at, a.interview_id LIMIT 51) a ORDER BY a.starts_at, a.interview_id
-- 0 rows, reads at most 0

/* page.interview */ SELECT json_build_array(a.interview_id) AS item, json_build_array(a.starts_at::text, a.interview_id::text) AS keyset, (SELECT count(*) FROM interview a WHERE true) AS total
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at, a.interview_id LIMIT 1) a ORDER BY a.starts_at, a.interview_id
-- 1 row, reads at most 5000

/* page.job */ SELECT json_build_array(a.job_id) AS item
    FROM (SELECT a.* FROM job a WHERE true ORDER BY a.job_id LIMIT 2) a ORDER BY a.job_id
-- 2 rows, reads at most 2

/* page.job */ SELECT json_build_array(a.job_id) AS item, (SELECT count(*) FROM job a WHERE false) AS total
    FROM (SELECT a.* FROM job a WHERE false ORDER BY a.job_id LIMIT 50) a ORDER BY a.job_id
-- 0 rows, reads at most 0

/* pages.interview */ SELECT a.parent, json_build_array(a.interview_id) AS item, json_build_array(a.starts_at::text, a.interview_id::text) AS keyset, a.total
    FROM (SELECT p.n AS parent, a.starts_at, a.interview_id, count(*) OVER (PARTITION BY p.n) AS total, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.job_id = p.k0 WHERE a.starts_at < $2::timestamptz(0)) a
    WHERE a.position <= 51 ORDER BY a.parent, a.position
-- 0 rows, reads at most 0
