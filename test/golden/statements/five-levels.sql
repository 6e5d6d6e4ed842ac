-- 2 statements, 4 rows, reads at most 505

/* page.interview */ SELECT json_build_array(a.interview_id, a_1_one.item, ARRAY(SELECT json_build_array(a_2.interview_id, a_2.slot_id, a_2.start_time, ARRAY(SELECT json_build_array(a_2_3.interview_id, a_2_3.row_id, a_2_3.interviewer_status, a_2_3_3_one.item) FROM appointment a_2_3 LEFT JOIN LATERAL (SELECT json_build_array(a_2_3_3.employee_id) AS item FROM employee a_2_3_3 WHERE a_2_3_3.employee_id = a_2_3.interviewer_employee_id LIMIT 1) a_2_3_3_one ON true WHERE (a_2_3.interview_id = a_2.interview_id AND a_2_3.slot_id = a_2.slot_id) ORDER BY a_2_3.interviewer_employee_id, a_2_3.row_id)) FROM time_slot a_2 WHERE a_2.interview_id = a.interview_id ORDER BY a_2.start_time, a_2.end_time, a_2.slot_id)) AS item
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.starts_at, a.interview_id LIMIT 3) a LEFT JOIN LATERAL (SELECT json_build_array(a_1.job_id, ARRAY(SELECT json_build_array(json_build_array(a_1_1.interview_id, a_1_1_1_one.item))
      FROM (SELECT a_1_1.* FROM (SELECT a_1_1.* FROM interview a_1_1 WHERE a_1_1.job_id = a_1.job_id OFFSET 0) a_1_1 ORDER BY a_1_1.starts_at, a_1_1.interview_id LIMIT 2) a_1_1 LEFT JOIN LATERAL (SELECT json_build_array(a_1_1_1.candidate_profile_id, ARRAY(SELECT json_build_array(json_build_array(a_1_1_1_1.application_id, a_1_1_1_1_1_one.item))
      FROM (SELECT a_1_1_1_1.* FROM (SELECT a_1_1_1_1.* FROM application a_1_1_1_1 WHERE a_1_1_1_1.candidate_profile_id = a_1_1_1.candidate_profile_id OFFSET 0) a_1_1_1_1 ORDER BY a_1_1_1_1.application_id LIMIT 2) a_1_1_1_1 LEFT JOIN LATERAL (SELECT json_build_array(a_1_1_1_1_1.job_id) AS item FROM job a_1_1_1_1_1 WHERE a_1_1_1_1_1.job_id = a_1_1_1_1.job_id LIMIT 1) a_1_1_1_1_1_one ON true ORDER BY a_1_1_1_1.application_id)) AS item FROM candidate a_1_1_1 WHERE a_1_1_1.candidate_profile_id = a_1_1.candidate_profile_id LIMIT 1) a_1_1_1_one ON true ORDER BY a_1_1.starts_at, a_1_1.interview_id)) AS item FROM job a_1 WHERE a_1.job_id = a.job_id LIMIT 1) a_1_one ON true ORDER BY a.starts_at, a.interview_id
-- 3 rows, reads at most 500

/* pages.interview */ SELECT a.parent, json_build_array(a.interview_id) AS item
    FROM (SELECT p.n AS parent, a.interview_id, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id) AS position
      FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.creator_employee_id = p.k0 WHERE true) a
    WHERE a.position <= 1 ORDER BY a.parent, a.position
-- 1 row, reads at most 5
