-- 3 statements, 4 rows, reads at most 106

/* item.job */ SELECT json_build_array(a.job_id) AS item FROM job a WHERE a.job_id = $1::uuid
-- 1 row, reads at most 1

/* items.interview */ SELECT p.n, json_build_array(a.interview_id, a.canceled) AS item
      FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n)
      JOIN interview a ON a.interview_id = p.k0
-- 2 rows, reads at most 5

/* pages.interview */ SELECT a.parent, json_build_array(a.interview_id) AS item, a.total
    FROM (SELECT p.n AS parent, a.interview_id, count(*) OVER (PARTITION BY p.n) AS total, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.job_id = p.k0 WHERE true) a
    WHERE a.position <= 1 ORDER BY a.parent, a.position
-- 1 row, reads at most 100
