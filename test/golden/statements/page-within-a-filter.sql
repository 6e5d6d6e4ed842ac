-- 1 statement, 3 rows, reads at most 5

/* page.interview */ SELECT json_build_array(a.interview_id, (a.starts_at AT TIME ZONE 'UTC')) AS item
    FROM (SELECT a.* FROM interview a WHERE ((a.starts_at, a.interview_id) < ($3::timestamptz(0), $4::text) AND (a.starts_at >= $1::timestamptz(0) AND a.starts_at < $2::timestamptz(0))) ORDER BY a.starts_at DESC, a.interview_id DESC LIMIT 3) a ORDER BY a.starts_at DESC, a.interview_id DESC
-- 3 rows, reads at most 5
