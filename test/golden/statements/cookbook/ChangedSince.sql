-- 1 statement, 25 rows, reads at most 50

/* page.interview */ SELECT json_build_array(a.interview_id, (a.updated_at AT TIME ZONE 'UTC'), (a.starts_at AT TIME ZONE 'UTC'), a.canceled, a.candidate_status) AS item, (SELECT count(*) FROM interview a WHERE a.updated_at >= $1::timestamptz(0)) AS total
    FROM (SELECT a.* FROM ((SELECT a.* FROM interview a WHERE (a.updated_at IS NOT NULL AND a.updated_at >= $2::timestamptz(0)) ORDER BY a.updated_at DESC, a.interview_id DESC LIMIT 50) UNION ALL (SELECT a.* FROM interview a WHERE (a.updated_at IS NULL AND a.updated_at >= $2::timestamptz(0)) ORDER BY a.updated_at DESC, a.interview_id DESC LIMIT 50)) a ORDER BY a.updated_at DESC NULLS LAST, a.interview_id DESC LIMIT 50) a ORDER BY a.updated_at DESC NULLS LAST, a.interview_id DESC
-- 25 rows, reads at most 50
