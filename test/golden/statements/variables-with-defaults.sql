-- 3 statements, 9 rows, reads at most 155

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset, json_build_array(a.interview_id, a.canceled, a_2_one.item) AS item
    FROM (SELECT a.* FROM interview a WHERE a.canceled = ANY($1::boolean[]) ORDER BY a.starts_at, a.interview_id LIMIT 3) a LEFT JOIN LATERAL (SELECT json_build_array(a_2.job_id) AS item FROM job a_2 WHERE a_2.job_id = a.job_id LIMIT 1) a_2_one ON true ORDER BY a.starts_at, a.interview_id
-- 3 rows, reads at most 50

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset, json_build_array(a.interview_id, a.type) AS item
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at DESC, a.interview_id DESC LIMIT 3) a ORDER BY a.starts_at DESC, a.interview_id DESC
-- 3 rows, reads at most 5

/* pages.interview */ SELECT a.parent, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset, json_build_array(a.interview_id) AS item
    FROM (SELECT p.n AS parent, a.starts_at, a.interview_id, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.job_id = p.k0 WHERE true) a
    WHERE a.position <= 3 ORDER BY a.parent, a.position
-- 3 rows, reads at most 100
