-- 8 statements, 10 rows, reads at most 22400

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

/* page.job */ SELECT json_build_array(a.job_id, (SELECT count(*) FROM interview a_1 WHERE a_1.job_id = a.job_id), (SELECT count(*) FROM candidate a_2 WHERE a_2.candidate_profile_id IN (SELECT a_2_link.candidate_profile_id FROM appointment a_2_link
          WHERE a_2_link.job_id = a.job_id)), (SELECT count(*) FROM appointment a_3 WHERE a_3.job_id = a.job_id)) AS item
    FROM (SELECT a.* FROM job a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a_.job_id AS k0, a_.interview_id AS o0 FROM interview a_ WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $1::integer) a__groups WHERE a__groups.k0 = a.job_id)) IS TRUE) ORDER BY a.job_id LIMIT 3) a ORDER BY a.job_id
-- 3 rows, reads at most 5000
