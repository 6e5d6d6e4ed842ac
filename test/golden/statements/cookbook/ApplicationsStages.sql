-- 2 statements, 5 rows, reads at most 21

/* item.application */ SELECT json_build_array(a.application_id, a.stage, a.step) AS item FROM application a WHERE a.application_id = $1::uuid
-- 1 row, reads at most 1

/* pages.interview */ SELECT a.parent, json_build_array(a.interview_id, (a.starts_at AT TIME ZONE 'UTC'), a.canceled, ARRAY(SELECT json_build_array(a_3.interview_id, a_3.slot_id, a_3.application_stage, a_3.application_step, (a_3.starts_at AT TIME ZONE 'UTC')) FROM time_slot a_3 WHERE a_3.interview_id = a.interview_id ORDER BY a_3.start_time, a_3.end_time, a_3.slot_id)) AS item
    FROM (SELECT p.n AS parent, a.interview_id, a.starts_at, a.canceled, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.application_id = p.k0 WHERE true) a
    WHERE a.position <= 50 ORDER BY a.parent, a.position
-- 4 rows, reads at most 20
