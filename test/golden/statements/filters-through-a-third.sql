-- 7 statements, 14 rows, reads at most 110000

/* page.application */ SELECT json_build_array(a.application_id) AS item, (SELECT count(*) FROM application a WHERE NOT EXISTS (SELECT 1 FROM interview a__link
        JOIN time_slot a_ ON a_.interview_id = a__link.interview_id WHERE (a__link.application_id = a.application_id AND a_.duration < $1::numeric))) AS total
    FROM (SELECT a.* FROM application a WHERE NOT EXISTS (SELECT 1 FROM interview a__link
        JOIN time_slot a_ ON a_.interview_id = a__link.interview_id WHERE (a__link.application_id = a.application_id AND a_.duration < $2::numeric)) ORDER BY a.application_id LIMIT 2) a ORDER BY a.application_id
-- 2 rows, reads at most 20000

/* page.candidate */ SELECT json_build_array(a.candidate_profile_id) AS item, (SELECT count(*) FROM candidate a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT DISTINCT a__link.candidate_profile_id AS k0, a_.interview_id AS o0, a_.slot_id AS o1 FROM interview a__link
        JOIN time_slot a_ ON a_.interview_id = a__link.interview_id WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $1::integer) a__groups WHERE a__groups.k0 = a.candidate_profile_id)) IS TRUE)) AS total
    FROM (SELECT a.* FROM candidate a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT DISTINCT a__link.candidate_profile_id AS k0, a_.interview_id AS o0, a_.slot_id AS o1 FROM interview a__link
        JOIN time_slot a_ ON a_.interview_id = a__link.interview_id WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $2::integer) a__groups WHERE a__groups.k0 = a.candidate_profile_id)) IS TRUE) ORDER BY a.candidate_profile_id LIMIT 2) a ORDER BY a.candidate_profile_id
-- 2 rows, reads at most 20000

/* page.candidate */ SELECT json_build_array(a.candidate_profile_id) AS item, (SELECT count(*) FROM candidate a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT DISTINCT a__link.candidate_profile_id AS k0, a_.job_id AS o0 FROM appointment a__link
        JOIN job a_ ON a_.job_id = a__link.job_id WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $1::integer) a__groups WHERE a__groups.k0 = a.candidate_profile_id)) IS TRUE)) AS total
    FROM (SELECT a.* FROM candidate a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT DISTINCT a__link.candidate_profile_id AS k0, a_.job_id AS o0 FROM appointment a__link
        JOIN job a_ ON a_.job_id = a__link.job_id WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $2::integer) a__groups WHERE a__groups.k0 = a.candidate_profile_id)) IS TRUE) ORDER BY a.candidate_profile_id LIMIT 2) a ORDER BY a.candidate_profile_id
-- 2 rows, reads at most 10000

/* page.employee */ SELECT json_build_array(a.employee_id) AS item, (SELECT count(*) FROM employee a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT DISTINCT a__link.interviewer_employee_id AS k0, a_.interview_id AS o0 FROM appointment a__link
        JOIN interview a_ ON a_.interview_id = a__link.interview_id WHERE (a_.canceled = ANY($1::boolean[])) IS NOT TRUE) a__groups GROUP BY k0 HAVING count(*) >= $2::integer) a__groups WHERE a__groups.k0 = a.employee_id)) IS TRUE)) AS total
    FROM (SELECT a.* FROM employee a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT DISTINCT a__link.interviewer_employee_id AS k0, a_.interview_id AS o0 FROM appointment a__link
        JOIN interview a_ ON a_.interview_id = a__link.interview_id WHERE (a_.canceled = ANY($3::boolean[])) IS NOT TRUE) a__groups GROUP BY k0 HAVING count(*) >= $4::integer) a__groups WHERE a__groups.k0 = a.employee_id)) IS TRUE) ORDER BY a.employee_id LIMIT 2) a ORDER BY a.employee_id
-- 2 rows, reads at most 20000

/* page.interview */ SELECT json_build_array(a.interview_id, ARRAY(SELECT json_build_array(a_1.employee_id) FROM employee a_1 WHERE a_1.employee_id IN (SELECT a_1_link.interviewer_employee_id FROM appointment a_1_link
          WHERE a_1_link.interview_id = a.interview_id) ORDER BY a_1.employee_id LIMIT 1000)) AS item, (SELECT count(*) FROM interview a WHERE NOT EXISTS (SELECT 1 FROM appointment a__link
        JOIN employee a_ ON a_.employee_id = a__link.interviewer_employee_id WHERE (a__link.interview_id = a.interview_id AND (a_.employee_id = ANY($1::text[])) IS NOT TRUE))) AS total
    FROM (SELECT a.* FROM interview a WHERE NOT EXISTS (SELECT 1 FROM appointment a__link
        JOIN employee a_ ON a_.employee_id = a__link.interviewer_employee_id WHERE (a__link.interview_id = a.interview_id AND (a_.employee_id = ANY($2::text[])) IS NOT TRUE)) ORDER BY a.starts_at, a.interview_id LIMIT 2) a ORDER BY a.starts_at, a.interview_id
-- 2 rows, reads at most 20000

/* page.job */ SELECT json_build_array(a.job_id) AS item, (SELECT count(*) FROM job a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT DISTINCT a__link.job_id AS k0, a_.candidate_profile_id AS o0 FROM appointment a__link
        JOIN candidate a_ ON a_.candidate_profile_id = a__link.candidate_profile_id WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $1::integer) a__groups WHERE a__groups.k0 = a.job_id)) IS TRUE)) AS total
    FROM (SELECT a.* FROM job a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT DISTINCT a__link.job_id AS k0, a_.candidate_profile_id AS o0 FROM appointment a__link
        JOIN candidate a_ ON a_.candidate_profile_id = a__link.candidate_profile_id WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $2::integer) a__groups WHERE a__groups.k0 = a.job_id)) IS TRUE) ORDER BY a.job_id LIMIT 2) a ORDER BY a.job_id
-- 2 rows, reads at most 10000

/* page.job */ SELECT json_build_array(a.job_id) AS item, (SELECT count(*) FROM job a WHERE NOT EXISTS (SELECT 1 FROM appointment a__link
        JOIN employee a_ ON a_.employee_id = a__link.interviewer_employee_id WHERE (a__link.job_id = a.job_id AND (EXISTS (SELECT 1 FROM spelling s WHERE s.kind = 'person' AND s.text = a_.last_name AND s.folded LIKE $2::text) OR ((a_.last_name IS NOT NULL AND NOT EXISTS (SELECT 1 FROM spelling s WHERE s.kind = 'person' AND s.text = a_.last_name)) AND a_.last_name COLLATE "und-x-icu" ILIKE $1::text))))) AS total
    FROM (SELECT a.* FROM job a WHERE NOT EXISTS (SELECT 1 FROM appointment a__link
        JOIN employee a_ ON a_.employee_id = a__link.interviewer_employee_id WHERE (a__link.job_id = a.job_id AND (EXISTS (SELECT 1 FROM spelling s WHERE s.kind = 'person' AND s.text = a_.last_name AND s.folded LIKE $4::text) OR ((a_.last_name IS NOT NULL AND NOT EXISTS (SELECT 1 FROM spelling s WHERE s.kind = 'person' AND s.text = a_.last_name)) AND a_.last_name COLLATE "und-x-icu" ILIKE $3::text)))) ORDER BY a.job_id LIMIT 2) a ORDER BY a.job_id
-- 2 rows, reads at most 10000
