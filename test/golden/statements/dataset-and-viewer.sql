-- 1 statement, 1 row, reads at most 10000

/* dataset.state */ SELECT version::text, imported_at AS "importedAt", known_at AS "knownAt", sample, (SELECT count(*)::int FROM appointment a WHERE true) AS appointments, (SELECT count(*)::int FROM interview a WHERE true) AS interviews, (SELECT count(*)::int FROM employee a WHERE true) AS employees, (SELECT count(*)::int FROM candidate a WHERE true) AS candidates, (SELECT count(*)::int FROM job a WHERE true) AS jobs, (SELECT count(*)::int FROM application a WHERE true) AS applications,
        (SELECT min(starts_at) FROM interview a WHERE true) AS "firstStart", (SELECT max(starts_at) FROM interview a WHERE true) AS "lastStart"
       FROM dataset
-- 1 row, reads at most 10000
