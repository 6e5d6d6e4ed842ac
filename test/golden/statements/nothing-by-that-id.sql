-- 6 statements, 0 rows, reads at most 0

/* item.application */ SELECT json_build_array(a.application_id) AS item FROM application a WHERE a.application_id = $1::uuid
-- 0 rows, reads at most 0

/* item.candidate */ SELECT json_build_array(a.candidate_profile_id) AS item FROM candidate a WHERE a.candidate_profile_id = $1::uuid
-- 0 rows, reads at most 0

/* item.employee */ SELECT json_build_array(a.employee_id, (SELECT count(*) FROM appointment a_1 WHERE a_1.interviewer_employee_id = a.employee_id)) AS item FROM employee a WHERE a.employee_id = $1::text
-- 0 rows, reads at most 0

/* item.interview */ SELECT json_build_array(a.interview_id) AS item FROM interview a WHERE a.interview_id = $1::text
-- 0 rows, reads at most 0

/* item.interview */ SELECT json_build_array(a.interview_id, ARRAY(SELECT json_build_array(a_1.interview_id, a_1.slot_id, a_1.start_time) FROM time_slot a_1 WHERE a_1.interview_id = a.interview_id ORDER BY a_1.start_time, a_1.end_time, a_1.slot_id)) AS item FROM interview a WHERE a.interview_id = $1::text
-- 0 rows, reads at most 0

/* item.job */ SELECT json_build_array(a.job_id, (SELECT count(*) FROM interview a_1 WHERE a_1.job_id = a.job_id)) AS item FROM job a WHERE a.job_id = $1::uuid
-- 0 rows, reads at most 0
