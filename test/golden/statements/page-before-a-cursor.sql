-- 4 statements, 7 rows, reads at most 206

/* count.job */ SELECT count(*) FROM job a WHERE true
-- 1 row, reads at most 200

/* page.job */ SELECT NULL::bigint AS parent, ARRAY[a.job_id::text] AS key, ARRAY[a.job_id::text] AS keyset
    FROM (SELECT a.* FROM job a WHERE (a.job_id) < ($1::uuid) ORDER BY a.job_id DESC LIMIT 3) a ORDER BY a.job_id DESC LIMIT 3
-- 2 rows, reads at most 2

/* page.job */ SELECT NULL::bigint AS parent, ARRAY[a.job_id::text] AS key, ARRAY[a.job_id::text] AS keyset
    FROM (SELECT a.* FROM job a WHERE (a.job_id) >= ($1::uuid) ORDER BY a.job_id LIMIT 2) a ORDER BY a.job_id LIMIT 2
-- 2 rows, reads at most 2

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2
