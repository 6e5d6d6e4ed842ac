-- 5 statements, 5 rows, reads at most 532

/* item.application */ SELECT json_build_array(a.application_id, a.stage, a.step, a_3_one.item, a_4_one.item) AS item FROM application a LEFT JOIN LATERAL (SELECT json_build_array(a_3.candidate_profile_id) AS item FROM candidate a_3 WHERE a_3.candidate_profile_id = a.candidate_profile_id LIMIT 1) a_3_one ON true LEFT JOIN LATERAL (SELECT json_build_array(a_4.job_id) AS item FROM job a_4 WHERE a_4.job_id = a.job_id LIMIT 1) a_4_one ON true WHERE a.application_id = $1::uuid
-- 1 row, reads at most 5

/* item.candidate */ SELECT json_build_array(a.candidate_profile_id, a.first_name, a.last_name, ARRAY(SELECT json_build_array(a_3.job_id) FROM job a_3 WHERE a_3.job_id IN (SELECT a_3_link.job_id FROM appointment a_3_link
          WHERE a_3_link.candidate_profile_id = a.candidate_profile_id) ORDER BY a_3.job_id LIMIT 1000), ARRAY(SELECT json_build_array(json_build_array(a_4.application_id))
      FROM (SELECT a_4.* FROM (SELECT a_4.* FROM application a_4 WHERE a_4.candidate_profile_id = a.candidate_profile_id OFFSET 0) a_4 ORDER BY a_4.application_id LIMIT 50) a_4 ORDER BY a_4.application_id)) AS item FROM candidate a WHERE a.candidate_profile_id = $1::uuid
-- 1 row, reads at most 20

/* item.employee */ SELECT json_build_array(a.employee_id, a.first_name, a.last_name, ARRAY(SELECT json_build_array(json_build_array(a_3.interview_id), a_3.total)
      FROM (SELECT a_3.*, count(*) OVER () AS total FROM (SELECT a_3.* FROM interview a_3 WHERE a_3.interview_id IN (SELECT a_3_link.interview_id FROM appointment a_3_link
          WHERE a_3_link.interviewer_employee_id = a.employee_id) OFFSET 0) a_3 ORDER BY a_3.starts_at, a_3.interview_id LIMIT 1) a_3 ORDER BY a_3.starts_at, a_3.interview_id)) AS item FROM employee a WHERE a.employee_id = $1::text
-- 1 row, reads at most 2

/* item.interview */ SELECT json_build_array(a.interview_id, a.type, a.location, a.time_zone, a.canceled, (a.created_at AT TIME ZONE 'UTC'), (a.updated_at AT TIME ZONE 'UTC'), a.start_date, (a.starts_at AT TIME ZONE 'UTC'), a.duration, a.candidate_status, a_11_one.item, ARRAY(SELECT json_build_array(a_12.interview_id, a_12.slot_id, a_12.start_time, a_12.end_time, (a_12.starts_at AT TIME ZONE 'UTC'), (a_12.ends_at AT TIME ZONE 'UTC'), a_12.duration, a_12.room, a_12.application_stage, a_12.application_step, a_12.interviewer_count) FROM time_slot a_12 WHERE a_12.interview_id = a.interview_id ORDER BY a_12.start_time, a_12.end_time, a_12.slot_id)) AS item FROM interview a LEFT JOIN LATERAL (SELECT json_build_array(a_11.employee_id) AS item FROM employee a_11 WHERE a_11.employee_id = a.creator_employee_id LIMIT 1) a_11_one ON true WHERE a.interview_id = $1::text
-- 1 row, reads at most 5

/* item.job */ SELECT json_build_array(a.job_id, a.title, a.department, ARRAY(SELECT json_build_array(a_3.employee_id) FROM employee a_3 WHERE a_3.employee_id IN (SELECT a_3_link.interviewer_employee_id FROM appointment a_3_link
          WHERE a_3_link.job_id = a.job_id) ORDER BY a_3.employee_id LIMIT 1000)) AS item FROM job a WHERE a.job_id = $1::uuid
-- 1 row, reads at most 500
