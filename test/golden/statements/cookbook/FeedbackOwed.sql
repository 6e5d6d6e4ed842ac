-- 4 statements, 16 rows, reads at most 1051

/* dataset.clock */ SELECT version::text, known_at AS "knownAt" FROM dataset WHERE id = 1
-- 1 row, reads at most 1

/* items.employee */ SELECT p.n, json_build_array(a.employee_id, a.first_name, a.last_name) AS item
      FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n)
      JOIN employee a ON a.employee_id = p.k0
-- 7 rows, reads at most 50

/* metrics.groups */ SELECT m.k1::text AS k1, m.c0 AS v1, m.c1 AS v2, m.c2 AS v3, m.has_previous, (count(*) OVER ())::int AS groups, 0 AS others FROM (SELECT u.k1, coalesce(max(u.c0), 0) AS c0, coalesce(max(u.c1), 0) AS c1, max(u.c2) AS c2, bool_or(NOT u.is_current) AS has_previous FROM (SELECT i.k1 AS k1, count(*) FILTER (WHERE (i.due AND NOT i.given AND (i.seconds_since_end >= $1::numeric AND i.seconds_since_end < $2::numeric)))::int AS c0, count(*) FILTER (WHERE (i.due AND NOT i.given AND (i.seconds_since_end >= $3::numeric AND i.seconds_since_end < $4::numeric)))::int AS c1, min(i.ends_at) FILTER (WHERE (i.due AND NOT i.given)) AS c2, true AS is_current FROM (SELECT a.interviewer_employee_id AS k1, ((a.interview_canceled IS NOT TRUE AND a.ends_at <= $5::timestamptz) IS TRUE AND a.has_interviewer AND NOT (a.interviewer_status IS NOT DISTINCT FROM 'DECLINED')) AS due, (a.has_feedback AND (a.reviewed_at IS NULL OR a.reviewed_at <= $5::timestamptz)) AS given, date_part('epoch', $5::timestamptz - a.ends_at) AS seconds_since_end, a.ends_at AS ends_at FROM appointment a WHERE true) i GROUP BY i.k1) u GROUP BY u.k1 HAVING bool_or(u.is_current)) m WHERE m.c0 > $6::float8 ORDER BY m.c0 DESC NULLS LAST, m.k1 COLLATE "C" ASC NULLS LAST LIMIT 10
-- 7 rows, reads at most 1000

/* metrics.settings */ SELECT set_config('work_mem', '64MB', true), set_config('random_page_cost', '1.1', true), set_config('jit', 'off', true)
-- 1 row, reads at most 0
