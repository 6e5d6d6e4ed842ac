-- 3 statements, 16 rows, reads at most 51

/* dataset.clock */ SELECT version::text, known_at AS "knownAt" FROM dataset WHERE id = 1
-- 1 row, reads at most 1

/* metrics.groups */ SELECT to_char(m.k1, 'YYYY-MM-DD') AS k1, m.c0 AS v1, m.c1 AS v2, m.has_previous, (count(*) OVER ())::int AS groups, 0 AS others FROM (SELECT u.k1, coalesce(max(u.c0), 0) AS c0, coalesce(max(u.c1), 0) AS c1, bool_or(NOT u.is_current) AS has_previous FROM (SELECT i.k1 AS k1, count(*) FILTER (WHERE i.upcoming)::int AS c0, count(*) FILTER (WHERE (i.upcoming AND i.uncovered))::int AS c1, true AS is_current FROM (SELECT (a.start_time)::date AS k1, a.interview_id, a.slot_id, ((a.interview_canceled IS NOT TRUE AND a.ends_at > $1::timestamptz) IS TRUE) AS upcoming, a.covering_rows = 0 AS uncovered FROM (SELECT interview_id, slot_id, start_time, starts_at, ends_at, duration, canceled AS interview_canceled, job_id,
  covering_rows, all_declined, rows_agree FROM time_slot) a WHERE ((a.start_time >= $2::timestamp AND a.start_time < $3::timestamp) AND a.rows_agree) UNION ALL SELECT r.k1, r.interview_id, r.slot_id, bool_or(r.upcoming) AS upcoming, NOT bool_or(r.covers) AS uncovered FROM (SELECT (a.start_time)::date AS k1, a.interview_id, a.slot_id, ((a.interview_canceled IS NOT TRUE AND a.ends_at > $1::timestamptz) IS TRUE) AS upcoming, (a.has_interviewer AND NOT (a.interviewer_status IS NOT DISTINCT FROM 'DECLINED')) AS covers FROM appointment a WHERE ((a.start_time >= $2::timestamp AND a.start_time < $3::timestamp) AND (a.interview_id, a.slot_id) IN (SELECT s.interview_id, s.slot_id FROM time_slot s WHERE NOT s.rows_agree)) OFFSET 0) r GROUP BY r.k1, r.interview_id, r.slot_id) i GROUP BY i.k1 UNION ALL SELECT b.bucket AS k1, NULL::int AS c0, NULL::int AS c1, true AS is_current FROM unnest($4::date[]) b(bucket)) u GROUP BY u.k1 HAVING bool_or(u.is_current)) m WHERE true ORDER BY m.k1 ASC NULLS LAST LIMIT 1001
-- 14 rows, reads at most 50

/* metrics.settings */ SELECT set_config('work_mem', '64MB', true), set_config('random_page_cost', '1.1', true), set_config('jit', 'off', true)
-- 1 row, reads at most 0
