-- 7 statements, 13 rows, reads at most 61000

/* page.candidate */ SELECT json_build_array(a.candidate_profile_id) AS item, (SELECT count(*) FROM candidate a WHERE EXISTS (SELECT 1 FROM application a_ WHERE (a_.candidate_profile_id = a.candidate_profile_id AND EXISTS (SELECT 1 FROM interview a__ WHERE (a__.application_id = a_.application_id AND EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a___.interview_id AS k0, a___.interview_id AS o0, a___.slot_id AS o1 FROM time_slot a___ WHERE true) a____groups GROUP BY k0 HAVING count(*) >= $1::integer) a____groups WHERE a____groups.k0 = a__.interview_id)))))) AS total
    FROM (SELECT a.* FROM candidate a WHERE EXISTS (SELECT 1 FROM application a_ WHERE (a_.candidate_profile_id = a.candidate_profile_id AND EXISTS (SELECT 1 FROM interview a__ WHERE (a__.application_id = a_.application_id AND EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a___.interview_id AS k0, a___.interview_id AS o0, a___.slot_id AS o1 FROM time_slot a___ WHERE true) a____groups GROUP BY k0 HAVING count(*) >= $2::integer) a____groups WHERE a____groups.k0 = a__.interview_id))))) ORDER BY a.candidate_profile_id LIMIT 2) a ORDER BY a.candidate_profile_id
-- 2 rows, reads at most 20000

/* page.employee */ SELECT json_build_array(a.employee_id) AS item, (SELECT count(*) FROM employee a WHERE EXISTS (SELECT 1 FROM interview a_ WHERE (a_.creator_employee_id = a.employee_id AND a_.canceled = ANY($1::boolean[])))) AS total
    FROM (SELECT a.* FROM employee a WHERE EXISTS (SELECT 1 FROM interview a_ WHERE (a_.creator_employee_id = a.employee_id AND a_.canceled = ANY($2::boolean[]))) ORDER BY a.employee_id LIMIT 2) a ORDER BY a.employee_id
-- 2 rows, reads at most 500

/* page.interview */ SELECT json_build_array(a.interview_id) AS item, (SELECT count(*) FROM interview a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a_.interview_id AS k0, a_.interview_id AS o0, a_.row_id AS o1 FROM appointment a_ WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $1::integer) a__groups WHERE a__groups.k0 = a.interview_id)) IS TRUE)) AS total
    FROM (SELECT a.* FROM interview a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a_.interview_id AS k0, a_.interview_id AS o0, a_.row_id AS o1 FROM appointment a_ WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $2::integer) a__groups WHERE a__groups.k0 = a.interview_id)) IS TRUE) ORDER BY a.starts_at, a.interview_id LIMIT 2) a ORDER BY a.starts_at, a.interview_id
-- 2 rows, reads at most 20000

/* page.interview */ SELECT json_build_array(a.interview_id) AS item, (SELECT count(*) FROM interview a WHERE EXISTS (SELECT 1 FROM time_slot a_ WHERE (a_.interview_id = a.interview_id AND a_.interviewer_count >= $1::integer))) AS total
    FROM (SELECT a.* FROM interview a WHERE EXISTS (SELECT 1 FROM time_slot a_ WHERE (a_.interview_id = a.interview_id AND a_.interviewer_count >= $2::integer)) ORDER BY a.starts_at, a.interview_id LIMIT 2) a ORDER BY a.starts_at, a.interview_id
-- 2 rows, reads at most 10000

/* page.interview */ SELECT json_build_array(a.interview_id) AS item, (SELECT count(*) FROM interview a WHERE NOT EXISTS (SELECT 1 FROM time_slot a_ WHERE (a_.interview_id = a.interview_id AND (a_.duration < $1::numeric) IS NOT TRUE))) AS total
    FROM (SELECT a.* FROM interview a WHERE NOT EXISTS (SELECT 1 FROM time_slot a_ WHERE (a_.interview_id = a.interview_id AND (a_.duration < $2::numeric) IS NOT TRUE)) ORDER BY a.starts_at, a.interview_id LIMIT 2) a ORDER BY a.starts_at, a.interview_id
-- 2 rows, reads at most 5000

/* page.job */ SELECT json_build_array(a.job_id) AS item, (SELECT count(*) FROM job a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a_.job_id AS k0, a_.interview_id AS o0 FROM interview a_ WHERE a_.type = ANY($1::interview_type[])) a__groups GROUP BY k0 HAVING count(*) >= $2::integer) a__groups WHERE a__groups.k0 = a.job_id)) IS TRUE)) AS total
    FROM (SELECT a.* FROM job a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a_.job_id AS k0, a_.interview_id AS o0 FROM interview a_ WHERE a_.type = ANY($3::interview_type[])) a__groups GROUP BY k0 HAVING count(*) >= $4::integer) a__groups WHERE a__groups.k0 = a.job_id)) IS TRUE) ORDER BY a.job_id LIMIT 2) a ORDER BY a.job_id
-- 2 rows, reads at most 5000

/* page.job */ SELECT json_build_array(a.job_id) AS item, (SELECT count(*) FROM job a WHERE NOT EXISTS (SELECT 1 FROM interview a_ WHERE (a_.job_id = a.job_id AND (a_.canceled = ANY($1::boolean[])) IS NOT TRUE))) AS total
    FROM (SELECT a.* FROM job a WHERE NOT EXISTS (SELECT 1 FROM interview a_ WHERE (a_.job_id = a.job_id AND (a_.canceled = ANY($2::boolean[])) IS NOT TRUE)) ORDER BY a.job_id LIMIT 2) a ORDER BY a.job_id
-- 1 row, reads at most 500
