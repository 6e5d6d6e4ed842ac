-- 6 statements, 0 rows, reads at most 0

/* items.application */ SELECT p.n, json_build_array(a.application_id) AS item
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n)
      JOIN application a ON a.application_id = p.k0
-- 0 rows, reads at most 0

/* items.candidate */ SELECT p.n, json_build_array(a.candidate_profile_id) AS item
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n)
      JOIN candidate a ON a.candidate_profile_id = p.k0
-- 0 rows, reads at most 0

/* items.employee */ SELECT p.n, json_build_array(a.employee_id) AS item
      FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n)
      JOIN employee a ON a.employee_id = p.k0
-- 0 rows, reads at most 0

/* items.interview */ SELECT p.n, json_build_array(a.interview_id) AS item
      FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n)
      JOIN interview a ON a.interview_id = p.k0
-- 0 rows, reads at most 0

/* items.interview */ SELECT p.n, json_build_array(a.interview_id, ARRAY(SELECT json_build_array(a_1.interview_id, a_1.slot_id, a_1.start_time) FROM time_slot a_1 WHERE a_1.interview_id = a.interview_id ORDER BY a_1.start_time, a_1.end_time, a_1.slot_id)) AS item
      FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n)
      JOIN interview a ON a.interview_id = p.k0
-- 0 rows, reads at most 0

/* items.job */ SELECT p.n, json_build_array(a.job_id) AS item
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n)
      JOIN job a ON a.job_id = p.k0
-- 0 rows, reads at most 0
