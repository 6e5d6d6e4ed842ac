-- 6 statements, 18 rows, reads at most 35

/* page.application */ SELECT json_build_array(a.application_id) AS item
    FROM (SELECT a.* FROM application a WHERE true ORDER BY a.application_id DESC LIMIT 3) a ORDER BY a.application_id DESC
-- 3 rows, reads at most 5

/* page.appointment */ SELECT json_build_array(a.interview_id, a.row_id, a.interviewer_status, a_3_one.item) AS item
    FROM (SELECT a.* FROM appointment a WHERE true ORDER BY a.starts_at DESC, a.interview_id DESC, a.row_id DESC LIMIT 3) a LEFT JOIN LATERAL (SELECT json_build_array(a_3.interview_id) AS item FROM interview a_3 WHERE a_3.interview_id = a.interview_id LIMIT 1) a_3_one ON true ORDER BY a.starts_at DESC, a.interview_id DESC, a.row_id DESC
-- 3 rows, reads at most 10

/* page.candidate */ SELECT json_build_array(a.candidate_profile_id) AS item
    FROM (SELECT a.* FROM candidate a WHERE true ORDER BY a.candidate_profile_id DESC LIMIT 3) a ORDER BY a.candidate_profile_id DESC
-- 3 rows, reads at most 5

/* page.employee */ SELECT json_build_array(a.employee_id) AS item
    FROM (SELECT a.* FROM employee a WHERE true ORDER BY a.employee_id DESC LIMIT 3) a ORDER BY a.employee_id DESC
-- 3 rows, reads at most 5

/* page.interview */ SELECT json_build_array(a.interview_id, (a.starts_at AT TIME ZONE 'UTC')) AS item
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at DESC, a.interview_id DESC LIMIT 3) a ORDER BY a.starts_at DESC, a.interview_id DESC
-- 3 rows, reads at most 5

/* page.job */ SELECT json_build_array(a.job_id) AS item
    FROM (SELECT a.* FROM job a WHERE true ORDER BY a.job_id DESC LIMIT 3) a ORDER BY a.job_id DESC
-- 3 rows, reads at most 5
