-- 2 statements, 84 rows, reads at most 1000

/* page.application */ SELECT json_build_array(a.application_id, a.step) AS item, (SELECT count(*) FROM application a WHERE ((NOT EXISTS (SELECT 1 FROM interview a_ WHERE (a_.application_id = a.application_id AND ((a_.canceled = ANY($1::boolean[])) IS NOT TRUE AND a_.starts_at >= $2::timestamptz(0)))) AND EXISTS (SELECT 1 FROM interview a_ WHERE (a_.application_id = a.application_id AND ((a_.canceled = ANY($3::boolean[])) IS NOT TRUE AND a_.starts_at < $4::timestamptz(0))))) AND a.stage = ANY($5::application_stage[]))) AS total
    FROM (SELECT a.* FROM application a WHERE ((NOT EXISTS (SELECT 1 FROM interview a_ WHERE (a_.application_id = a.application_id AND ((a_.canceled = ANY($6::boolean[])) IS NOT TRUE AND a_.starts_at >= $7::timestamptz(0)))) AND EXISTS (SELECT 1 FROM interview a_ WHERE (a_.application_id = a.application_id AND ((a_.canceled = ANY($8::boolean[])) IS NOT TRUE AND a_.starts_at < $9::timestamptz(0))))) AND a.stage = ANY($10::application_stage[])) ORDER BY a.application_id LIMIT 50) a ORDER BY a.application_id
-- 42 rows, reads at most 500

/* pages.interview */ SELECT a.parent, json_build_array(a.interview_id, (a.starts_at AT TIME ZONE 'UTC')) AS item
    FROM (SELECT p.n AS parent, a.interview_id, a.starts_at, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at DESC, a.interview_id DESC) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.application_id = p.k0 WHERE true) a
    WHERE a.position <= 1 ORDER BY a.parent, a.position
-- 42 rows, reads at most 500
