-- 3 statements, 27 rows, reads at most 551

/* item.job */ SELECT json_build_array(a.job_id) AS item FROM job a WHERE a.job_id = $1::uuid
-- 1 row, reads at most 1

/* pages.candidate */ SELECT a.parent, json_build_array(a.candidate_profile_id) AS item, a.total
    FROM (SELECT p.n AS parent, a.candidate_profile_id, count(*) OVER (PARTITION BY p.n) AS total, row_number() OVER (PARTITION BY p.n ORDER BY a.candidate_profile_id) AS position
      FROM (SELECT DISTINCT p.n, l.candidate_profile_id AS k0
        FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.job_id = p.k0) p JOIN candidate a ON a.candidate_profile_id = p.k0 WHERE true) a
    WHERE a.position <= 100 ORDER BY a.parent, a.position
-- 23 rows, reads at most 500

/* pages.interview */ SELECT a.parent, json_build_array(a.interview_id, (a.starts_at AT TIME ZONE 'UTC'), a.type) AS item
    FROM (SELECT p.n AS parent, a.interview_id, a.starts_at, a.type, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.candidate_profile_id = p.k0 WHERE ((a.canceled = ANY($2::boolean[])) IS NOT TRUE AND a.job_id = ANY($3::uuid[]) AND a.starts_at >= $4::timestamptz(0))) a
    WHERE a.position <= 1 ORDER BY a.parent, a.position
-- 3 rows, reads at most 50
