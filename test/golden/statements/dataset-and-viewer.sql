-- 2 statements, 2 rows, reads at most 10005

/* counts */ SELECT (SELECT count(*)::int FROM appointment a WHERE true) AS c0, (SELECT count(*)::int FROM interview a WHERE true) AS c1, (SELECT count(*)::int FROM employee a WHERE true) AS c2, (SELECT count(*)::int FROM candidate a WHERE true) AS c3, (SELECT count(*)::int FROM job a WHERE true) AS c4, (SELECT count(*)::int FROM application a WHERE true) AS c5
-- 1 row, reads at most 10000

/* dataset.state */ SELECT version::text, imported_at AS "importedAt", known_at AS "knownAt", sample,
        (SELECT min(starts_at) FROM interview a WHERE true) AS "firstStart", (SELECT max(starts_at) FROM interview a WHERE true) AS "lastStart"
       FROM dataset
-- 1 row, reads at most 5
