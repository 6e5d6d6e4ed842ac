-- 6 statements, 12 rows, reads at most 5016

/* counts.appointment */ SELECT p.n AS parent, count(*) FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN appointment a ON a.interview_id = p.k0 WHERE true GROUP BY p.n
-- 2 rows, reads at most 2

/* page.interview */ SELECT json_build_array(a.interview_id) AS item
    FROM (SELECT a.* FROM interview a WHERE a.type = ANY($1::interview_type[]) ORDER BY a.starts_at, a.interview_id LIMIT 2) a ORDER BY a.starts_at, a.interview_id
-- 2 rows, reads at most 5

/* page.interview */ SELECT json_build_array(a.interview_id, (a.starts_at AT TIME ZONE 'UTC'), a_2_one.item) AS item, (SELECT count(*) FROM interview a WHERE true) AS total
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at, a.interview_id LIMIT 2) a LEFT JOIN LATERAL (SELECT json_build_array(a_2.job_id, a_2.title) AS item FROM job a_2 WHERE a_2.job_id = a.job_id LIMIT 1) a_2_one ON true ORDER BY a.starts_at, a.interview_id
-- 2 rows, reads at most 5000

/* page.interview */ SELECT json_build_array(a.interview_id, a_1_one.item) AS item
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at, a.interview_id LIMIT 2) a LEFT JOIN LATERAL (SELECT json_build_array(a_1.job_id) AS item FROM job a_1 WHERE a_1.job_id = a.job_id LIMIT 1) a_1_one ON true ORDER BY a.starts_at, a.interview_id
-- 2 rows, reads at most 5

/* pages.appointment */ SELECT a.parent, json_build_array(a.interview_id, a.row_id, a.interviewer_rating) AS item, a.total
    FROM (SELECT p.n AS parent, a.interview_id, a.row_id, a.interviewer_rating, count(*) OVER (PARTITION BY p.n) AS total, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id, a.row_id) AS position
      FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN appointment a ON a.interview_id = p.k0 WHERE true) a
    WHERE a.position <= 2 ORDER BY a.parent, a.position
-- 2 rows, reads at most 2

/* pages.appointment */ SELECT a.parent, json_build_array(a.interview_id, a.row_id, a.interviewer_status) AS item
    FROM (SELECT p.n AS parent, a.interview_id, a.row_id, a.interviewer_status, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id, a.row_id) AS position
      FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN appointment a ON a.interview_id = p.k0 WHERE true) a
    WHERE a.position <= 1 ORDER BY a.parent, a.position
-- 2 rows, reads at most 2
