-- 4 statements, 19 rows, reads at most 221

/* dataset.clock */ SELECT version::text, known_at AS "knownAt" FROM dataset WHERE id = 1
-- 1 row, reads at most 1

/* items.job */ SELECT p.n, json_build_array(a.job_id) AS item
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n)
      JOIN job a ON a.job_id = p.k0
-- 8 rows, reads at most 20

/* metrics.groups */ SELECT m.k1::text AS k1, m.c0 AS v1, m.c1 AS v2, m.c2 AS v3, m.c3 AS v4, m.has_previous, (count(*) OVER ())::int AS groups, 0 AS others FROM (SELECT u.k1, coalesce(max(u.c0), 0) AS c0, coalesce(max(u.c1), 0) AS c1, max(u.c2) AS c2, max(u.c3) AS c3, bool_or(NOT u.is_current) AS has_previous FROM (SELECT i.k1 AS k1, count(*)::int AS c0, count(i.lead_days)::int AS c1, (percentile_cont($1::float8) WITHIN GROUP (ORDER BY i.lead_days))::float8 AS c2, (percentile_cont($2::float8) WITHIN GROUP (ORDER BY i.lead_days))::float8 AS c3, true AS is_current FROM (SELECT r.k1, r.interview_id, extract(epoch FROM min(r.starts) - ((CASE WHEN count(r.created) = 0 OR (min(r.created) = max(r.created) AND count(r.created) = count(*)) THEN min(r.created) ELSE (SELECT a.interview_create_date FROM appointment a WHERE ((a.interview_create_date >= $3::timestamp AND a.interview_create_date < $4::timestamp) AND a.interview_id = r.interview_id AND a.job_id IS NOT DISTINCT FROM r.k1) ORDER BY a.interview_update_date DESC NULLS LAST, a.start_time DESC NULLS LAST, a.row_id DESC LIMIT 1) END) AT TIME ZONE 'UTC')) / 86400 AS lead_days FROM (SELECT a.job_id AS k1, a.interview_id, a.starts_at AS starts, a.interview_create_date AS created FROM appointment a WHERE (a.interview_create_date >= $3::timestamp AND a.interview_create_date < $4::timestamp) OFFSET 0) r GROUP BY r.k1, r.interview_id) i GROUP BY i.k1) u GROUP BY u.k1 HAVING bool_or(u.is_current)) m WHERE true ORDER BY m.c2 DESC NULLS LAST, m.k1 ASC NULLS LAST LIMIT 1001
-- 9 rows, reads at most 200

/* metrics.settings */ SELECT set_config('work_mem', '64MB', true), set_config('random_page_cost', '1.1', true), set_config('jit', 'off', true)
-- 1 row, reads at most 0
