-- 4 statements, 12 rows, reads at most 2011

/* dataset.clock */ SELECT version::text, known_at AS "knownAt" FROM dataset WHERE id = 1
-- 1 row, reads at most 1

/* items.employee */ SELECT p.n, json_build_array(a.employee_id) AS item
      FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n)
      JOIN employee a ON a.employee_id = p.k0
-- 5 rows, reads at most 10

/* metrics.groups */ SELECT m.k1::text AS k1, m.c0 AS v1, m.c1 AS v2, m.has_previous, (count(*) OVER ())::int AS groups, 0 AS others FROM (SELECT u.k1, coalesce(max(u.c0), 0) AS c0, coalesce(max(u.c1), 0) AS c1, bool_or(NOT u.is_current) AS has_previous FROM (SELECT i.k1 AS k1, count(*)::int AS c0, count(*) FILTER (WHERE i.overlapping)::int AS c1, true AS is_current FROM (SELECT a.interviewer_employee_id AS k1, ((a.interview_id, a.row_id) IN (WITH near AS (SELECT * FROM (
    SELECT o.interview_id, o.slot_id, o.row_id, o.interviewer_employee_id, o.starts_at, o.ends_at,
      max(o.ends_at) OVER (PARTITION BY o.interviewer_employee_id ORDER BY o.starts_at, o.ends_at, o.interview_id, o.row_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ends_before,
      lead(o.starts_at) OVER (PARTITION BY o.interviewer_employee_id ORDER BY o.starts_at, o.ends_at, o.interview_id, o.row_id) AS starts_after
    FROM appointment o
    WHERE true AND o.interview_canceled IS NOT TRUE
      AND o.interviewer_status IS DISTINCT FROM 'DECLINED' AND o.starts_at < o.ends_at
      AND o.interviewer_employee_id IN (SELECT DISTINCT a.interviewer_employee_id FROM appointment a WHERE true OFFSET 0)
  ) w WHERE w.ends_before > w.starts_at OR w.starts_after < w.ends_at)
    SELECT x.interview_id, x.row_id FROM near x WHERE EXISTS (
      SELECT 1 FROM near y WHERE y.interviewer_employee_id = x.interviewer_employee_id
        AND y.slot_id <> x.slot_id
        AND x.starts_at < y.ends_at AND y.starts_at < x.ends_at))) AS overlapping FROM appointment a WHERE true) i GROUP BY i.k1) u GROUP BY u.k1 HAVING bool_or(u.is_current)) m WHERE true ORDER BY m.c1 DESC NULLS LAST, m.k1 COLLATE "C" ASC NULLS LAST LIMIT 5
-- 5 rows, reads at most 2000

/* metrics.settings */ SELECT set_config('work_mem', '64MB', true), set_config('random_page_cost', '1.1', true), set_config('jit', 'off', true)
-- 1 row, reads at most 0
