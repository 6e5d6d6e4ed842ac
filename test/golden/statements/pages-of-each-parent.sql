-- 6 statements, 30 rows, reads at most 6170

/* page.job */ SELECT json_build_array(a.job_id) AS item
    FROM (SELECT a.* FROM job a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a_.job_id AS k0, a_.interview_id AS o0 FROM interview a_ WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $1::integer) a__groups WHERE a__groups.k0 = a.job_id)) IS TRUE) ORDER BY a.job_id LIMIT 3) a ORDER BY a.job_id
-- 3 rows, reads at most 5000

/* pages.application */ SELECT a.parent, json_build_array(a.application_id, a.step) AS item
    FROM (SELECT p.n AS parent, a.application_id, a.step, row_number() OVER (PARTITION BY p.n ORDER BY a.step NULLS FIRST, a.application_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN application a ON a.job_id = p.k0 WHERE true) a
    WHERE a.position <= 1 ORDER BY a.parent, a.position
-- 3 rows, reads at most 50

/* pages.appointment */ SELECT a.parent, json_build_array(a.interview_id, a.row_id, a.interviewer_status) AS item, a.total
    FROM (SELECT p.n AS parent, a.interview_id, a.row_id, a.interviewer_status, count(*) OVER (PARTITION BY p.n) AS total, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id, a.row_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment a ON a.candidate_profile_id = p.k0 WHERE true) a
    WHERE a.position <= 1 ORDER BY a.parent, a.position
-- 6 rows, reads at most 20

/* pages.candidate */ SELECT a.parent, json_build_array(a.candidate_profile_id) AS item, a.total
    FROM (SELECT p.n AS parent, a.candidate_profile_id, count(*) OVER (PARTITION BY p.n) AS total, row_number() OVER (PARTITION BY p.n ORDER BY a.candidate_profile_id) AS position
      FROM (SELECT DISTINCT p.n, l.candidate_profile_id AS k0
        FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.job_id = p.k0) p JOIN candidate a ON a.candidate_profile_id = p.k0 WHERE true) a
    WHERE a.position <= 2 ORDER BY a.parent, a.position
-- 6 rows, reads at most 1000

/* pages.interview */ SELECT a.parent, json_build_array(a.interview_id, (a.starts_at AT TIME ZONE 'UTC')) AS item, a.total
    FROM (SELECT p.n AS parent, a.interview_id, a.starts_at, count(*) OVER (PARTITION BY p.n) AS total, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at DESC, a.interview_id DESC) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.job_id = p.k0 WHERE a.canceled = ANY($2::boolean[])) a
    WHERE a.position <= 2 ORDER BY a.parent, a.position
-- 3 rows, reads at most 50

/* pages.interview */ SELECT a.parent, json_build_array(a.interview_id, (a.starts_at AT TIME ZONE 'UTC')) AS item, a.total
    FROM (SELECT p.n AS parent, a.interview_id, a.starts_at, count(*) OVER (PARTITION BY p.n) AS total, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.job_id = p.k0 WHERE true) a
    WHERE a.position <= 3 ORDER BY a.parent, a.position
-- 9 rows, reads at most 50
