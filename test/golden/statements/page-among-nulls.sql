-- 4 statements, 12 rows, reads at most 60

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.updated_at::text, a.starts_at::text, a.interview_id::text] AS keyset, json_build_array(a.interview_id) AS item
    FROM (SELECT a.* FROM ((SELECT a.* FROM interview a WHERE (a.updated_at IS NULL AND (a.starts_at < $1::timestamptz(0) OR a.starts_at IS NULL OR (a.starts_at = $1::timestamptz(0) AND (a.interview_id < $2::text OR (a.interview_id = $2::text AND true))))) ORDER BY a.updated_at, a.starts_at DESC NULLS LAST, a.interview_id DESC LIMIT 2) UNION ALL (SELECT a.* FROM interview a WHERE a.updated_at IS NOT NULL ORDER BY a.updated_at, a.starts_at DESC NULLS LAST, a.interview_id DESC LIMIT 2)) a ORDER BY a.updated_at NULLS FIRST, a.starts_at DESC NULLS LAST, a.interview_id DESC LIMIT 2) a ORDER BY a.updated_at NULLS FIRST, a.starts_at DESC NULLS LAST, a.interview_id DESC
-- 2 rows, reads at most 20

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.updated_at::text, a.starts_at::text, a.interview_id::text] AS keyset, json_build_array(a.interview_id) AS item
    FROM (SELECT a.* FROM interview a WHERE (a.updated_at IS NULL AND (a.starts_at > $1::timestamptz(0) OR (a.starts_at = $1::timestamptz(0) AND (a.interview_id > $2::text OR (a.interview_id = $2::text AND true))))) ORDER BY a.updated_at DESC, a.starts_at NULLS FIRST, a.interview_id LIMIT 2) a ORDER BY a.updated_at DESC NULLS LAST, a.starts_at NULLS FIRST, a.interview_id
-- 2 rows, reads at most 10

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.updated_at::text, a.starts_at::text, a.interview_id::text] AS keyset, json_build_array(a.interview_id, (a.updated_at AT TIME ZONE 'UTC'), (a.starts_at AT TIME ZONE 'UTC')) AS item
    FROM (SELECT a.* FROM ((SELECT a.* FROM interview a WHERE (a.updated_at IS NULL AND (a.starts_at < $1::timestamptz(0) OR a.starts_at IS NULL OR (a.starts_at = $1::timestamptz(0) AND (a.interview_id < $2::text OR (a.interview_id = $2::text AND false))))) ORDER BY a.updated_at, a.starts_at DESC NULLS LAST, a.interview_id DESC LIMIT 4) UNION ALL (SELECT a.* FROM interview a WHERE a.updated_at IS NOT NULL ORDER BY a.updated_at, a.starts_at DESC NULLS LAST, a.interview_id DESC LIMIT 4)) a ORDER BY a.updated_at NULLS FIRST, a.starts_at DESC NULLS LAST, a.interview_id DESC LIMIT 4) a ORDER BY a.updated_at NULLS FIRST, a.starts_at DESC NULLS LAST, a.interview_id DESC
-- 4 rows, reads at most 20

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.updated_at::text, a.starts_at::text, a.interview_id::text] AS keyset, json_build_array(a.interview_id, (a.updated_at AT TIME ZONE 'UTC'), (a.starts_at AT TIME ZONE 'UTC')) AS item
    FROM (SELECT a.* FROM interview a WHERE (a.updated_at IS NULL AND (a.starts_at > $1::timestamptz(0) OR (a.starts_at = $1::timestamptz(0) AND (a.interview_id > $2::text OR (a.interview_id = $2::text AND false))))) ORDER BY a.updated_at DESC, a.starts_at NULLS FIRST, a.interview_id LIMIT 4) a ORDER BY a.updated_at DESC NULLS LAST, a.starts_at NULLS FIRST, a.interview_id
-- 4 rows, reads at most 10
