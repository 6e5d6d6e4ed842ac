-- 3 statements, 12 rows, reads at most 201

/* dataset.clock */ SELECT version::text, known_at AS "knownAt" FROM dataset WHERE id = 1
-- 1 row, reads at most 1

/* metrics.groups */ SELECT ($1::text[])[m.k1] AS k1, m.k2::text AS k2, m.c0 AS v1, m.has_previous, (count(*) OVER ())::int AS groups, 0 AS others FROM (SELECT u.k1, u.k2, coalesce(max(u.c0), 0) AS c0, bool_or(NOT u.is_current) AS has_previous FROM (SELECT i.k1 AS k1, i.k2 AS k2, count(*)::int AS c0, true AS is_current FROM (SELECT (((a.start_time)::date - date '0001-01-01') % 7 + 1) AS k1, date_part('hour', a.start_time)::int AS k2, a.interview_id, a.slot_id FROM (SELECT interview_id, slot_id, start_time, starts_at, ends_at, duration, canceled AS interview_canceled, job_id,
  covering_rows, all_declined, rows_agree FROM time_slot) a WHERE ((a.start_time >= $2::timestamp AND a.start_time < $3::timestamp) AND a.rows_agree) UNION ALL SELECT r.k1, r.k2, r.interview_id, r.slot_id FROM (SELECT (((a.start_time)::date - date '0001-01-01') % 7 + 1) AS k1, date_part('hour', a.start_time)::int AS k2, a.interview_id, a.slot_id FROM appointment a WHERE ((a.start_time >= $2::timestamp AND a.start_time < $3::timestamp) AND (a.interview_id, a.slot_id) IN (SELECT s.interview_id, s.slot_id FROM time_slot s WHERE NOT s.rows_agree)) OFFSET 0) r GROUP BY r.k1, r.k2, r.interview_id, r.slot_id) i GROUP BY i.k1, i.k2) u GROUP BY u.k1, u.k2 HAVING bool_or(u.is_current)) m WHERE true ORDER BY m.c0 DESC NULLS LAST, m.k1 ASC NULLS LAST, m.k2 ASC NULLS LAST LIMIT 10
-- 10 rows, reads at most 200

/* metrics.settings */ SELECT set_config('work_mem', '64MB', true), set_config('random_page_cost', '1.1', true), set_config('jit', 'off', true)
-- 1 row, reads at most 0
