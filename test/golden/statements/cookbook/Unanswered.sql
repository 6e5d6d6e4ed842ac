-- 1 statement, 1 row, reads at most 50

/* page.interview */ SELECT json_build_array(a.interview_id, (a.starts_at AT TIME ZONE 'UTC'), a.candidate_status, a_3_one.item) AS item
    FROM (SELECT a.* FROM interview a WHERE ((a.canceled = ANY($1::boolean[])) IS NOT TRUE AND a.candidate_status = ANY($2::response_status[]) AND a.starts_at >= $3::timestamptz(0)) ORDER BY a.starts_at, a.interview_id LIMIT 50) a LEFT JOIN LATERAL (SELECT json_build_array(a_3.candidate_profile_id) AS item FROM candidate a_3 WHERE a_3.candidate_profile_id = a.candidate_profile_id LIMIT 1) a_3_one ON true ORDER BY a.starts_at, a.interview_id
-- 1 row, reads at most 50
