-- 1 statement, 3 rows, reads at most 50

/* page.interview */ SELECT json_build_array(a.interview_id, (a.starts_at AT TIME ZONE 'UTC'), a.location, ARRAY(SELECT json_build_array(a_3.interview_id, a_3.slot_id, a_3.room) FROM time_slot a_3 WHERE a_3.interview_id = a.interview_id ORDER BY a_3.start_time, a_3.end_time, a_3.slot_id)) AS item
    FROM (SELECT a.* FROM interview a WHERE (a.location COLLATE "und-x-icu" ILIKE $1::text AND (a.starts_at >= $2::timestamptz(0) AND a.starts_at < $3::timestamptz(0))) ORDER BY a.starts_at, a.interview_id LIMIT 50) a ORDER BY a.starts_at, a.interview_id
-- 3 rows, reads at most 50
