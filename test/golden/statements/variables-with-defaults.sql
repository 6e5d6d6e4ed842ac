-- 3 statements, 6 rows, reads at most 122

/* page.interview */ SELECT json_build_array(a.interview_id, a.canceled, a_2_one.item) AS item
    FROM (SELECT a.* FROM interview a WHERE a.canceled = ANY($1::boolean[]) ORDER BY a.starts_at, a.interview_id LIMIT 2) a LEFT JOIN LATERAL (SELECT json_build_array(a_2.job_id) AS item FROM job a_2 WHERE a_2.job_id = a.job_id LIMIT 1) a_2_one ON true ORDER BY a.starts_at, a.interview_id
-- 2 rows, reads at most 20

/* page.interview */ SELECT json_build_array(a.interview_id, a.type) AS item
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at DESC, a.interview_id DESC LIMIT 2) a ORDER BY a.starts_at DESC, a.interview_id DESC
-- 2 rows, reads at most 2

/* pages.interview */ SELECT a.parent, json_build_array(a.interview_id) AS item
    FROM (SELECT p.n AS parent, a.interview_id, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.job_id = p.k0 WHERE true) a
    WHERE a.position <= 2 ORDER BY a.parent, a.position
-- 2 rows, reads at most 100
