-- 2 statements, 3 rows, reads at most 105

/* item.job */ SELECT json_build_array(a.job_id, ARRAY(SELECT json_build_array(json_build_array(a_1.interview_id), a_1.total)
      FROM (SELECT a_1.*, count(*) OVER () AS total FROM (SELECT a_1.* FROM interview a_1 WHERE a_1.job_id = a.job_id OFFSET 0) a_1 ORDER BY a_1.starts_at, a_1.interview_id LIMIT 1) a_1 ORDER BY a_1.starts_at, a_1.interview_id)) AS item FROM job a WHERE a.job_id = $1::uuid
-- 1 row, reads at most 100

/* items.interview */ SELECT p.n, json_build_array(a.interview_id, a.canceled) AS item
      FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n)
      JOIN interview a ON a.interview_id = p.k0
-- 2 rows, reads at most 5
