-- 5 statements, 5 rows, reads at most 50

/* count.interview */ SELECT count(*) FROM interview a WHERE ((a.canceled = ANY($1::boolean[])) IS NOT TRUE AND a.candidate_status = ANY($2::response_status[]) AND (a.starts_at >= $3::timestamptz(0) AND a.starts_at < $4::timestamptz(0)))
-- 1 row, reads at most 10

/* count.interview */ SELECT count(*) FROM interview a WHERE ((a.canceled = ANY($1::boolean[])) IS NOT TRUE AND a.candidate_status = ANY($2::response_status[]) AND (a.starts_at >= $3::timestamptz(0) AND a.starts_at < $4::timestamptz(0)))
-- 1 row, reads at most 10

/* count.interview */ SELECT count(*) FROM interview a WHERE ((a.canceled = ANY($1::boolean[])) IS NOT TRUE AND a.candidate_status = ANY($2::response_status[]) AND (a.starts_at >= $3::timestamptz(0) AND a.starts_at < $4::timestamptz(0)))
-- 1 row, reads at most 10

/* count.interview */ SELECT count(*) FROM interview a WHERE (a.canceled = ANY($1::boolean[]) AND (a.starts_at >= $2::timestamptz(0) AND a.starts_at < $3::timestamptz(0)))
-- 1 row, reads at most 10

/* count.interview */ SELECT count(*) FROM interview a WHERE (a.starts_at >= $1::timestamptz(0) AND a.starts_at < $2::timestamptz(0))
-- 1 row, reads at most 10
