-- 1 statement, 1 row, reads at most 10000

/* dataset.state */ SELECT version::text, imported_at AS "importedAt", sample, (SELECT count(*)::int FROM appointment) AS appointments, (SELECT count(*)::int FROM interview) AS interviews, (SELECT count(*)::int FROM employee) AS employees, (SELECT count(*)::int FROM candidate) AS candidates, (SELECT count(*)::int FROM job) AS jobs, (SELECT count(*)::int FROM application) AS applications,
        (SELECT min(starts_at) FROM interview) AS "firstStart", (SELECT max(starts_at) FROM interview) AS "lastStart"
       FROM dataset
-- 1 row, reads at most 10000
