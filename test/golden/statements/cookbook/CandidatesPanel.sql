-- 2 statements, 20 rows, reads at most 51

/* item.candidate */ SELECT json_build_array(a.candidate_profile_id, a.first_name, a.last_name) AS item FROM candidate a WHERE a.candidate_profile_id = $1::uuid
-- 1 row, reads at most 1

/* pages.appointment */ SELECT a.parent, json_build_array(a.interview_id, a.row_id, a.interviewer_first_name, a.interviewer_last_name, a.interviewer_status, a.interviewer_rating, a.interviewer_review, a_7_one.item) AS item
    FROM (SELECT p.n AS parent, a.interview_id, a.row_id, a.interviewer_first_name, a.interviewer_last_name, a.interviewer_status, a.interviewer_rating, a.interviewer_review, a.slot_id, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id, a.row_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment a ON a.candidate_profile_id = p.k0 WHERE true) a LEFT JOIN LATERAL (SELECT json_build_array(a_7.interview_id, a_7.slot_id, (a_7.starts_at AT TIME ZONE 'UTC'), a_7.application_stage, a_7.application_step) AS item FROM time_slot a_7 WHERE (a_7.interview_id = a.interview_id AND a_7.slot_id = a.slot_id) LIMIT 1) a_7_one ON true
    WHERE a.position <= 100 ORDER BY a.parent, a.position
-- 19 rows, reads at most 50
