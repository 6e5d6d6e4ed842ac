-- 7 statements, 7 rows, reads at most 1031

/* item.application */ SELECT json_build_array(a.application_id, a.stage, a.step, a_3_one.item) AS item FROM application a LEFT JOIN LATERAL (SELECT json_build_array(a_3.candidate_profile_id) AS item FROM candidate a_3 WHERE a_3.candidate_profile_id = a.candidate_profile_id LIMIT 1) a_3_one ON true WHERE a.application_id = $1::uuid
-- 1 row, reads at most 2

/* item.appointment */ SELECT json_build_array(a.interview_id, a.row_id, a.interviewer_status, a_3_one.item) AS item FROM appointment a LEFT JOIN LATERAL (SELECT json_build_array(a_3.employee_id) AS item FROM employee a_3 WHERE a_3.employee_id = a.interviewer_employee_id LIMIT 1) a_3_one ON true WHERE a.interview_id = $1::text AND a.row_id = $2::uuid
-- 1 row, reads at most 2

/* item.candidate */ SELECT json_build_array(a.candidate_profile_id, ARRAY(SELECT json_build_array(a_1.job_id) FROM job a_1 WHERE a_1.job_id IN (SELECT a_1_link.job_id FROM appointment a_1_link
          WHERE a_1_link.candidate_profile_id = a.candidate_profile_id) ORDER BY a_1.job_id LIMIT 1000)) AS item FROM candidate a WHERE a.candidate_profile_id = $1::uuid
-- 1 row, reads at most 20

/* item.employee */ SELECT json_build_array(a.employee_id, a.first_name, a.last_name, (SELECT count(*) FROM interview a_3 WHERE a_3.creator_employee_id = a.employee_id)) AS item FROM employee a WHERE a.employee_id = $1::text
-- 1 row, reads at most 500

/* item.interview */ SELECT json_build_array(a.interview_id, (a.starts_at AT TIME ZONE 'UTC'), a_2_one.item) AS item FROM interview a LEFT JOIN LATERAL (SELECT json_build_array(a_2.job_id) AS item FROM job a_2 WHERE a_2.job_id = a.job_id LIMIT 1) a_2_one ON true WHERE a.interview_id = $1::text
-- 1 row, reads at most 2

/* item.job */ SELECT json_build_array(a.job_id, (SELECT count(*) FROM candidate a_1 WHERE a_1.candidate_profile_id IN (SELECT a_1_link.candidate_profile_id FROM appointment a_1_link
          WHERE a_1_link.job_id = a.job_id))) AS item FROM job a WHERE a.job_id = $1::uuid
-- 1 row, reads at most 500

/* item.timeSlot */ SELECT json_build_array(a.interview_id, a.slot_id, a.start_time, a_3_one.item, ARRAY(SELECT json_build_array(a_4.interview_id, a_4.row_id, a_4.interviewer_status) FROM appointment a_4 WHERE (a_4.interview_id = a.interview_id AND a_4.slot_id = a.slot_id) ORDER BY a_4.interviewer_employee_id, a_4.row_id)) AS item FROM time_slot a LEFT JOIN LATERAL (SELECT json_build_array(a_3.interview_id) AS item FROM interview a_3 WHERE a_3.interview_id = a.interview_id LIMIT 1) a_3_one ON true WHERE a.interview_id = $1::text AND a.slot_id = $2::uuid
-- 1 row, reads at most 5
