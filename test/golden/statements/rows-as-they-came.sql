-- 2 statements, 2 rows, reads at most 3

/* page.appointment */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text, a.row_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text, a.row_id::text] AS keyset
    FROM (SELECT a.* FROM appointment a WHERE EXISTS (SELECT 1 FROM interview a_ WHERE (a_.interview_id = a.interview_id AND a_.interview_id = ANY($1::text[]))) ORDER BY a.starts_at, a.interview_id, a.row_id LIMIT 3) a ORDER BY a.starts_at, a.interview_id, a.row_id LIMIT 3
-- 1 row, reads at most 2

SELECT "appointment".* FROM "appointment" WHERE ("appointment"."interview_id" IN ($1) AND "appointment"."row_id" IN ($2)) OFFSET $3
-- 1 row, reads at most 1
