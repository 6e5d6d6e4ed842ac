-- 10 statements, 9 rows, reads at most 5008

/* count.interview */ SELECT count(*) FROM interview a WHERE a.interview_id = ANY($1::text[])
-- 1 row, reads at most 0

/* count.interview */ SELECT count(*) FROM interview a WHERE true
-- 1 row, reads at most 5000

/* count.job */ SELECT count(*) FROM job a WHERE false
-- 1 row, reads at most 0

/* counts.interview */ SELECT p.n AS parent, count(*) FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.job_id = p.k0 WHERE a.starts_at < $2::timestamptz(0) GROUP BY p.n
-- 0 rows, reads at most 0

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE a.interview_id = ANY($1::text[]) ORDER BY a.starts_at, a.interview_id LIMIT 51) a ORDER BY a.starts_at, a.interview_id LIMIT 51
-- 0 rows, reads at most 0

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at, a.interview_id LIMIT 1) a ORDER BY a.starts_at, a.interview_id LIMIT 1
-- 1 row, reads at most 1

/* page.job */ SELECT NULL::bigint AS parent, ARRAY[a.job_id::text] AS key, ARRAY[a.job_id::text] AS keyset
    FROM (SELECT a.* FROM job a WHERE false ORDER BY a.job_id LIMIT 51) a ORDER BY a.job_id LIMIT 51
-- 0 rows, reads at most 0

/* page.job */ SELECT NULL::bigint AS parent, ARRAY[a.job_id::text] AS key, ARRAY[a.job_id::text] AS keyset
    FROM (SELECT a.* FROM job a WHERE true ORDER BY a.job_id LIMIT 3) a ORDER BY a.job_id LIMIT 3
-- 3 rows, reads at most 5

/* pages.interview */ SELECT a.parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.interview_id, a.starts_at, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.job_id = p.k0 WHERE a.starts_at < $2::timestamptz(0)) a
    WHERE a.position <= 51 ORDER BY a.parent, a.position
-- 0 rows, reads at most 0

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2
