-- 3 statements, 6 rows, reads at most 501

/* dataset.clock */ SELECT version::text, known_at AS "knownAt" FROM dataset WHERE id = 1
-- 1 row, reads at most 1

/* metrics.groups */ SELECT m.k1::text AS k1, (m.c0::float8 / nullif(m.c1, 0)) AS v1, m.c0 AS v2, m.c1 AS v3, m.has_previous, (count(*) OVER ())::int AS groups, 0 AS others FROM (SELECT u.k1, coalesce(max(u.c0), 0) AS c0, coalesce(max(u.c1), 0) AS c1, bool_or(NOT u.is_current) AS has_previous FROM (SELECT i.k1 AS k1, count(*) FILTER (WHERE i.canceled)::int AS c0, count(*)::int AS c1, true AS is_current FROM (SELECT r.k1, r.interview_id, (CASE WHEN min(r.canceled) = max(r.canceled) THEN min(r.canceled) ELSE (SELECT (a.interview_canceled IS TRUE)::int FROM appointment a WHERE ((a.start_time >= $1::timestamp AND a.start_time < $2::timestamp) AND a.interview_id = r.interview_id AND a.interview_type IS NOT DISTINCT FROM r.k1) ORDER BY a.interview_update_date DESC NULLS LAST, a.start_time DESC NULLS LAST, a.row_id DESC LIMIT 1) END) = 1 AS canceled FROM (SELECT a.interview_type AS k1, a.interview_id, (a.interview_canceled IS TRUE)::int AS canceled FROM appointment a WHERE (a.start_time >= $1::timestamp AND a.start_time < $2::timestamp) OFFSET 0) r GROUP BY r.k1, r.interview_id) i GROUP BY i.k1) u GROUP BY u.k1 HAVING bool_or(u.is_current)) m WHERE true ORDER BY (m.c0::float8 / nullif(m.c1, 0)) DESC NULLS LAST, m.k1 ASC NULLS LAST LIMIT 1001
-- 4 rows, reads at most 500

/* metrics.settings */ SELECT set_config('work_mem', '64MB', true), set_config('random_page_cost', '1.1', true), set_config('jit', 'off', true)
-- 1 row, reads at most 0
