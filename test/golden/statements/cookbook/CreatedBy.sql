-- 2 statements, 7 rows, reads at most 21

/* item.employee */ SELECT json_build_array(a.employee_id, a.first_name, a.last_name) AS item FROM employee a WHERE a.employee_id = $1::text
-- 1 row, reads at most 1

/* pages.interview */ SELECT a.parent, json_build_array(a.interview_id, (a.created_at AT TIME ZONE 'UTC'), (a.starts_at AT TIME ZONE 'UTC'), a.canceled) AS item, a.total
    FROM (SELECT p.n AS parent, a.interview_id, a.created_at, a.starts_at, a.canceled, count(*) OVER (PARTITION BY p.n) AS total, row_number() OVER (PARTITION BY p.n ORDER BY a.created_at DESC NULLS LAST, a.interview_id DESC) AS position
      FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.creator_employee_id = p.k0 WHERE a.created_at >= $2::timestamptz(0)) a
    WHERE a.position <= 20 ORDER BY a.parent, a.position
-- 6 rows, reads at most 20
