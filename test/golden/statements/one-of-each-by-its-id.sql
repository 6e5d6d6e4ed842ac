-- 7 statements, 7 rows, reads at most 534

/* item.application */ SELECT json_build_array(a.application_id, a.stage, a.step, a_3_one.item, a_4_one.item) AS item FROM application a LEFT JOIN LATERAL (SELECT json_build_array(a_3.candidate_profile_id) AS item FROM candidate a_3 WHERE a_3.candidate_profile_id = a.candidate_profile_id LIMIT 1) a_3_one ON true LEFT JOIN LATERAL (SELECT json_build_array(a_4.job_id) AS item FROM job a_4 WHERE a_4.job_id = a.job_id LIMIT 1) a_4_one ON true WHERE a.application_id = $1::uuid
-- 1 row, reads at most 5

/* item.candidate */ SELECT json_build_array(a.candidate_profile_id, a.first_name, a.last_name, ARRAY(SELECT json_build_array(a_3.job_id) FROM job a_3 WHERE a_3.job_id IN (SELECT a_3_link.job_id FROM appointment a_3_link
          WHERE a_3_link.candidate_profile_id = a.candidate_profile_id) ORDER BY a_3.job_id LIMIT 1000)) AS item FROM candidate a WHERE a.candidate_profile_id = $1::uuid
-- 1 row, reads at most 20

/* item.employee */ SELECT json_build_array(a.employee_id, a.first_name, a.last_name) AS item FROM employee a WHERE a.employee_id = $1::text
-- 1 row, reads at most 1

/* item.interview */ SELECT json_build_array(a.interview_id, a.type, a.location, a.time_zone, a.canceled, (a.created_at AT TIME ZONE 'UTC'), (a.updated_at AT TIME ZONE 'UTC'), a.start_date, (a.starts_at AT TIME ZONE 'UTC'), a.duration, a.candidate_status, a_11_one.item, ARRAY(SELECT json_build_array(a_12.interview_id, a_12.slot_id, a_12.start_time, a_12.end_time, (a_12.starts_at AT TIME ZONE 'UTC'), (a_12.ends_at AT TIME ZONE 'UTC'), a_12.duration, a_12.room, a_12.application_stage, a_12.application_step, a_12.interviewer_count) FROM time_slot a_12 WHERE a_12.interview_id = a.interview_id ORDER BY a_12.start_time, a_12.end_time, a_12.slot_id)) AS item FROM interview a LEFT JOIN LATERAL (SELECT json_build_array(a_11.employee_id) AS item FROM employee a_11 WHERE a_11.employee_id = a.creator_employee_id LIMIT 1) a_11_one ON true WHERE a.interview_id = $1::text
-- 1 row, reads at most 5

/* item.job */ SELECT json_build_array(a.job_id, a.title, a.department, ARRAY(SELECT json_build_array(a_3.employee_id) FROM employee a_3 WHERE a_3.employee_id IN (SELECT a_3_link.interviewer_employee_id FROM appointment a_3_link
          WHERE a_3_link.job_id = a.job_id) ORDER BY a_3.employee_id LIMIT 1000)) AS item FROM job a WHERE a.job_id = $1::uuid
-- 1 row, reads at most 500

/* pages.application */ SELECT a.parent, json_build_array(a.application_id) AS item
    FROM (SELECT p.n AS parent, a.application_id, row_number() OVER (PARTITION BY p.n ORDER BY a.application_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN application a ON a.candidate_profile_id = p.k0 WHERE true) a
    WHERE a.position <= 50 ORDER BY a.parent, a.position
-- 2 rows, reads at most 2

/* pages.interview */ SELECT a.parent, json_build_array(a.interview_id) AS item, a.total
    FROM (SELECT p.n AS parent, a.interview_id, count(*) OVER (PARTITION BY p.n) AS total, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id) AS position
      FROM (SELECT DISTINCT p.n, l.interview_id AS k0
        FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.interviewer_employee_id = p.k0) p JOIN interview a ON a.interview_id = p.k0 WHERE true) a
    WHERE a.position <= 1 ORDER BY a.parent, a.position
-- 0 rows, reads at most 1
