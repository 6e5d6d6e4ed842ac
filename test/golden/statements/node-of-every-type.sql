-- 9 statements, 9 rows, reads at most 1033

/* counts.candidate */ SELECT p.n AS parent, count(*) FROM (SELECT DISTINCT p.n, l.candidate_profile_id AS k0
        FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.job_id = p.k0) p JOIN candidate a ON a.candidate_profile_id = p.k0 WHERE true GROUP BY p.n
-- 1 row, reads at most 500

/* counts.interview */ SELECT p.n AS parent, count(*) FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.creator_employee_id = p.k0 WHERE true GROUP BY p.n
-- 1 row, reads at most 500

/* items.application */ SELECT p.n, json_build_array(a.application_id, a.stage, a.step, a_3_one.item) AS item
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n)
      JOIN application a ON a.application_id = p.k0 LEFT JOIN LATERAL (SELECT json_build_array(a_3.candidate_profile_id) AS item FROM candidate a_3 WHERE a_3.candidate_profile_id = a.candidate_profile_id LIMIT 1) a_3_one ON true
-- 1 row, reads at most 2

/* items.appointment */ SELECT p.n, json_build_array(a.interview_id, a.row_id, a.interviewer_status, a_3_one.item) AS item
      FROM unnest($1::text[], $2::uuid[]) WITH ORDINALITY AS p(k0, k1, n)
      JOIN appointment a ON a.interview_id = p.k0 AND a.row_id = p.k1 LEFT JOIN LATERAL (SELECT json_build_array(a_3.employee_id) AS item FROM employee a_3 WHERE a_3.employee_id = a.interviewer_employee_id LIMIT 1) a_3_one ON true
-- 1 row, reads at most 2

/* items.candidate */ SELECT p.n, json_build_array(a.candidate_profile_id, ARRAY(SELECT json_build_array(a_1.job_id) FROM job a_1 WHERE a_1.job_id IN (SELECT a_1_link.job_id FROM appointment a_1_link
          WHERE a_1_link.candidate_profile_id = a.candidate_profile_id) ORDER BY a_1.job_id LIMIT 1000)) AS item
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n)
      JOIN candidate a ON a.candidate_profile_id = p.k0
-- 1 row, reads at most 20

/* items.employee */ SELECT p.n, json_build_array(a.employee_id, a.first_name, a.last_name) AS item
      FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n)
      JOIN employee a ON a.employee_id = p.k0
-- 1 row, reads at most 1

/* items.interview */ SELECT p.n, json_build_array(a.interview_id, (a.starts_at AT TIME ZONE 'UTC'), a_2_one.item) AS item
      FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n)
      JOIN interview a ON a.interview_id = p.k0 LEFT JOIN LATERAL (SELECT json_build_array(a_2.job_id) AS item FROM job a_2 WHERE a_2.job_id = a.job_id LIMIT 1) a_2_one ON true
-- 1 row, reads at most 2

/* items.job */ SELECT p.n, json_build_array(a.job_id) AS item
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n)
      JOIN job a ON a.job_id = p.k0
-- 1 row, reads at most 1

/* items.timeSlot */ SELECT p.n, json_build_array(a.interview_id, a.slot_id, a.start_time, a_3_one.item, ARRAY(SELECT json_build_array(a_4.interview_id, a_4.row_id, a_4.interviewer_status) FROM appointment a_4 WHERE (a_4.interview_id = a.interview_id AND a_4.slot_id = a.slot_id) ORDER BY a_4.interviewer_employee_id, a_4.row_id)) AS item
      FROM unnest($1::text[], $2::uuid[]) WITH ORDINALITY AS p(k0, k1, n)
      JOIN time_slot a ON a.interview_id = p.k0 AND a.slot_id = p.k1 LEFT JOIN LATERAL (SELECT json_build_array(a_3.interview_id) AS item FROM interview a_3 WHERE a_3.interview_id = a.interview_id LIMIT 1) a_3_one ON true
-- 1 row, reads at most 5
