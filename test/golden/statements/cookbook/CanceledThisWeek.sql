-- 1 statement, 1 row, reads at most 10

/* page.interview */ SELECT json_build_array(a.interview_id, (a.starts_at AT TIME ZONE 'UTC'), (a.updated_at AT TIME ZONE 'UTC'), a.candidate_status, a_4_one.item) AS item
    FROM (SELECT a.* FROM interview a WHERE (a.canceled = ANY($1::boolean[]) AND (a.starts_at >= $2::timestamptz(0) AND a.starts_at < $3::timestamptz(0))) ORDER BY a.starts_at, a.interview_id LIMIT 50) a LEFT JOIN LATERAL (SELECT json_build_array(a_4.job_id) AS item FROM job a_4 WHERE a_4.job_id = a.job_id LIMIT 1) a_4_one ON true ORDER BY a.starts_at, a.interview_id
-- 1 row, reads at most 10
