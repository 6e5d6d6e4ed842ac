-- 6 statements, 18 rows, reads at most 12400

/* page.application */ SELECT json_build_array(a.application_id, a.stage, a.step) AS item, json_build_array(a.application_id::text) AS keyset, (SELECT count(*) FROM application a WHERE true) AS total
    FROM (SELECT a.* FROM application a WHERE true ORDER BY a.application_id LIMIT 3) a ORDER BY a.application_id
-- 3 rows, reads at most 1000

/* page.appointment */ SELECT json_build_array(a.interview_id, a.row_id, a.interviewer_status) AS item, json_build_array(a.starts_at::text, a.interview_id::text, a.row_id::text) AS keyset, (SELECT count(*) FROM appointment a WHERE true) AS total
    FROM (SELECT a.* FROM appointment a WHERE true ORDER BY a.starts_at, a.interview_id, a.row_id LIMIT 3) a ORDER BY a.starts_at, a.interview_id, a.row_id
-- 3 rows, reads at most 5000

/* page.candidate */ SELECT json_build_array(a.candidate_profile_id) AS item, json_build_array(a.candidate_profile_id::text) AS keyset, (SELECT count(*) FROM candidate a WHERE true) AS total
    FROM (SELECT a.* FROM candidate a WHERE true ORDER BY a.candidate_profile_id LIMIT 3) a ORDER BY a.candidate_profile_id
-- 3 rows, reads at most 1000

/* page.employee */ SELECT json_build_array(a.employee_id) AS item, json_build_array(a.employee_id::text) AS keyset, (SELECT count(*) FROM employee a WHERE true) AS total
    FROM (SELECT a.* FROM employee a WHERE true ORDER BY a.employee_id LIMIT 3) a ORDER BY a.employee_id
-- 3 rows, reads at most 200

/* page.interview */ SELECT json_build_array(a.interview_id, (a.starts_at AT TIME ZONE 'UTC')) AS item, json_build_array(a.starts_at::text, a.interview_id::text) AS keyset, (SELECT count(*) FROM interview a WHERE true) AS total
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at, a.interview_id LIMIT 3) a ORDER BY a.starts_at, a.interview_id
-- 3 rows, reads at most 5000

/* page.job */ SELECT json_build_array(a.job_id) AS item, json_build_array(a.job_id::text) AS keyset, (SELECT count(*) FROM job a WHERE true) AS total
    FROM (SELECT a.* FROM job a WHERE true ORDER BY a.job_id LIMIT 3) a ORDER BY a.job_id
-- 3 rows, reads at most 200
