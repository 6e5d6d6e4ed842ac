-- 1 statement, 1 row, reads at most 20

/* item.application */ SELECT json_build_array(a.application_id, a.stage, a.step, ARRAY(SELECT json_build_array(json_build_array(a_3.interview_id, (a_3.starts_at AT TIME ZONE 'UTC'), a_3.canceled, ARRAY(SELECT json_build_array(a_3_3.interview_id, a_3_3.slot_id, a_3_3.application_stage, a_3_3.application_step, (a_3_3.starts_at AT TIME ZONE 'UTC')) FROM time_slot a_3_3 WHERE a_3_3.interview_id = a_3.interview_id ORDER BY a_3_3.start_time, a_3_3.end_time, a_3_3.slot_id)))
      FROM (SELECT a_3.* FROM (SELECT a_3.* FROM interview a_3 WHERE a_3.application_id = a.application_id OFFSET 0) a_3 ORDER BY a_3.starts_at, a_3.interview_id LIMIT 50) a_3 ORDER BY a_3.starts_at, a_3.interview_id)) AS item FROM application a WHERE a.application_id = $1::uuid
-- 1 row, reads at most 20
