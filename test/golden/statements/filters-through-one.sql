-- 7 statements, 12 rows, reads at most 11801

/* page.application */ SELECT json_build_array(a.application_id) AS item, (SELECT count(*) FROM application a WHERE (EXISTS (SELECT 1 FROM candidate a_ WHERE (a_.candidate_profile_id = a.candidate_profile_id AND EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a__.candidate_profile_id AS k0, a__.application_id AS o0 FROM application a__ WHERE true) a___groups GROUP BY k0 HAVING count(*) >= $1::integer) a___groups WHERE a___groups.k0 = a_.candidate_profile_id))) AND EXISTS (SELECT 1 FROM job a_ WHERE (a_.job_id = a.job_id AND a_.job_id = ANY($2::uuid[]))))) AS total
    FROM (SELECT a.* FROM application a WHERE (EXISTS (SELECT 1 FROM candidate a_ WHERE (a_.candidate_profile_id = a.candidate_profile_id AND EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a__.candidate_profile_id AS k0, a__.application_id AS o0 FROM application a__ WHERE true) a___groups GROUP BY k0 HAVING count(*) >= $3::integer) a___groups WHERE a___groups.k0 = a_.candidate_profile_id))) AND EXISTS (SELECT 1 FROM job a_ WHERE (a_.job_id = a.job_id AND a_.job_id = ANY($4::uuid[])))) ORDER BY a.application_id LIMIT 2) a ORDER BY a.application_id
-- 2 rows, reads at most 5000

/* page.appointment */ SELECT json_build_array(a.interview_id, a.row_id, a_2_one.item) AS item, (SELECT count(*) FROM appointment a WHERE (EXISTS (SELECT 1 FROM interview a_ WHERE (a_.interview_id = a.interview_id AND a_.type = ANY($1::interview_type[]))) AND EXISTS (SELECT 1 FROM employee a_ WHERE (a_.employee_id = a.interviewer_employee_id AND a_.employee_id = ANY($2::text[]))))) AS total
    FROM (SELECT a.* FROM appointment a WHERE (EXISTS (SELECT 1 FROM interview a_ WHERE (a_.interview_id = a.interview_id AND a_.type = ANY($3::interview_type[]))) AND EXISTS (SELECT 1 FROM employee a_ WHERE (a_.employee_id = a.interviewer_employee_id AND a_.employee_id = ANY($4::text[])))) ORDER BY a.starts_at, a.interview_id, a.row_id LIMIT 2) a LEFT JOIN LATERAL (SELECT json_build_array(a_2.interview_id, a_2.type) AS item FROM interview a_2 WHERE a_2.interview_id = a.interview_id LIMIT 1) a_2_one ON true ORDER BY a.starts_at, a.interview_id, a.row_id
-- 0 rows, reads at most 1

/* page.appointment */ SELECT json_build_array(a.interview_id, a.row_id, a_2_one.item) AS item, (SELECT count(*) FROM appointment a WHERE (EXISTS (SELECT 1 FROM job a_ WHERE (a_.job_id = a.job_id AND a_.job_id = ANY($1::uuid[]))) AND EXISTS (SELECT 1 FROM time_slot a_ WHERE (a_.interview_id = a.interview_id AND a_.slot_id = a.slot_id AND a_.interviewer_count >= $2::integer)))) AS total
    FROM (SELECT a.* FROM appointment a WHERE (EXISTS (SELECT 1 FROM job a_ WHERE (a_.job_id = a.job_id AND a_.job_id = ANY($3::uuid[]))) AND EXISTS (SELECT 1 FROM time_slot a_ WHERE (a_.interview_id = a.interview_id AND a_.slot_id = a.slot_id AND a_.interviewer_count >= $4::integer))) ORDER BY a.starts_at, a.interview_id, a.row_id LIMIT 2) a LEFT JOIN LATERAL (SELECT json_build_array(a_2.interview_id, a_2.slot_id, a_2.interviewer_count) AS item FROM time_slot a_2 WHERE (a_2.interview_id = a.interview_id AND a_2.slot_id = a.slot_id) LIMIT 1) a_2_one ON true ORDER BY a.starts_at, a.interview_id, a.row_id
-- 2 rows, reads at most 1000

/* page.interview */ SELECT json_build_array(a.interview_id) AS item, (SELECT count(*) FROM interview a WHERE EXISTS (SELECT 1 FROM employee a_ WHERE (a_.employee_id = a.creator_employee_id AND a_.employee_id = ANY($1::text[])))) AS total
    FROM (SELECT a.* FROM interview a WHERE EXISTS (SELECT 1 FROM employee a_ WHERE (a_.employee_id = a.creator_employee_id AND a_.employee_id = ANY($2::text[]))) ORDER BY a.starts_at, a.interview_id LIMIT 2) a ORDER BY a.starts_at, a.interview_id
-- 2 rows, reads at most 500

/* page.interview */ SELECT json_build_array(a.interview_id) AS item, (SELECT count(*) FROM interview a WHERE EXISTS (SELECT 1 FROM job a_ WHERE (a_.job_id = a.job_id AND a_.job_id = ANY($1::uuid[])))) AS total
    FROM (SELECT a.* FROM interview a WHERE EXISTS (SELECT 1 FROM job a_ WHERE (a_.job_id = a.job_id AND a_.job_id = ANY($2::uuid[]))) ORDER BY a.starts_at, a.interview_id LIMIT 2) a ORDER BY a.starts_at, a.interview_id
-- 2 rows, reads at most 100

/* page.interview */ SELECT json_build_array(a.interview_id, a_1_one.item) AS item, (SELECT count(*) FROM interview a WHERE EXISTS (SELECT 1 FROM application a_ WHERE (a_.application_id = a.application_id AND (EXISTS (SELECT 1 FROM job a__ WHERE (a__.job_id = a_.job_id AND a__.job_id = ANY($1::uuid[]))) AND a_.stage = ANY($2::application_stage[]))))) AS total
    FROM (SELECT a.* FROM interview a WHERE EXISTS (SELECT 1 FROM application a_ WHERE (a_.application_id = a.application_id AND (EXISTS (SELECT 1 FROM job a__ WHERE (a__.job_id = a_.job_id AND a__.job_id = ANY($3::uuid[]))) AND a_.stage = ANY($4::application_stage[])))) ORDER BY a.starts_at, a.interview_id LIMIT 2) a LEFT JOIN LATERAL (SELECT json_build_array(a_1.application_id, a_1.stage) AS item FROM application a_1 WHERE a_1.application_id = a.application_id LIMIT 1) a_1_one ON true ORDER BY a.starts_at, a.interview_id
-- 2 rows, reads at most 200

/* page.interview */ SELECT json_build_array(a.interview_id, a_1_one.item) AS item, (SELECT count(*) FROM interview a WHERE NOT EXISTS (SELECT 1 FROM job a_ WHERE a_.job_id = a.job_id)) AS total
    FROM (SELECT a.* FROM interview a WHERE NOT EXISTS (SELECT 1 FROM job a_ WHERE a_.job_id = a.job_id) ORDER BY a.starts_at, a.interview_id LIMIT 2) a LEFT JOIN LATERAL (SELECT json_build_array(a_1.job_id) AS item FROM job a_1 WHERE a_1.job_id = a.job_id LIMIT 1) a_1_one ON true ORDER BY a.starts_at, a.interview_id
-- 2 rows, reads at most 5000
