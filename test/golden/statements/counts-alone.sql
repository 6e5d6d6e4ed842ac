-- 11 statements, 19 rows, reads at most 25400

/* count.application */ SELECT count(*) FROM application a WHERE true
-- 1 row, reads at most 1000

/* count.appointment */ SELECT count(*) FROM appointment a WHERE true
-- 1 row, reads at most 5000

/* count.candidate */ SELECT count(*) FROM candidate a WHERE true
-- 1 row, reads at most 1000

/* count.employee */ SELECT count(*) FROM employee a WHERE true
-- 1 row, reads at most 200

/* count.interview */ SELECT count(*) FROM interview a WHERE ((a.canceled = ANY($1::boolean[])) IS NOT TRUE AND a.type = ANY($2::interview_type[]))
-- 1 row, reads at most 5000

/* count.interview */ SELECT count(*) FROM interview a WHERE true
-- 1 row, reads at most 5000

/* count.job */ SELECT count(*) FROM job a WHERE true
-- 1 row, reads at most 200

/* counts.appointment */ SELECT p.n AS parent, count(*) FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment a ON a.job_id = p.k0 WHERE true GROUP BY p.n
-- 3 rows, reads at most 500

/* counts.candidate */ SELECT p.n AS parent, count(*) FROM (SELECT DISTINCT p.n, l.candidate_profile_id AS k0
        FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.job_id = p.k0) p JOIN candidate a ON a.candidate_profile_id = p.k0 WHERE true GROUP BY p.n
-- 3 rows, reads at most 2000

/* counts.interview */ SELECT p.n AS parent, count(*) FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.job_id = p.k0 WHERE true GROUP BY p.n
-- 3 rows, reads at most 500

/* page.job */ SELECT json_build_array(a.job_id) AS item
    FROM (SELECT a.* FROM job a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a_.job_id AS k0, a_.interview_id AS o0 FROM interview a_ WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $1::integer) a__groups WHERE a__groups.k0 = a.job_id)) IS TRUE) ORDER BY a.job_id LIMIT 3) a ORDER BY a.job_id
-- 3 rows, reads at most 5000
