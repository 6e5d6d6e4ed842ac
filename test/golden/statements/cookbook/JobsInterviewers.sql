-- 3 statements, 31 rows, reads at most 221

/* pages.employee */ SELECT a.parent, ARRAY[a.employee_id::text] AS key, ARRAY[a.employee_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.employee_id, row_number() OVER (PARTITION BY p.n ORDER BY a.employee_id) AS position
      FROM (SELECT DISTINCT p.n, l.interviewer_employee_id AS k0
        FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.job_id = p.k0) p JOIN employee a ON a.employee_id = p.k0 WHERE true) a
    WHERE a.position <= 1001 ORDER BY a.parent, a.position
-- 15 rows, reads at most 200

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE "employee"."employee_id" IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15) OFFSET $16
-- 15 rows, reads at most 20

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE ("job"."job_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 1 row, reads at most 1
