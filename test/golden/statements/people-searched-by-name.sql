-- 8 statements, 14 rows, reads at most 2657

/* count.candidate */ SELECT count(*) FROM candidate a WHERE nullif(concat_ws(' ', nullif(a.first_name, ''), nullif(a.last_name, '')), '') COLLATE "und-x-icu" ILIKE $1::text
-- 1 row, reads at most 1000

/* count.employee */ SELECT count(*) FROM employee a WHERE (a.first_name COLLATE "und-x-icu" ILIKE $1::text AND (a.last_name COLLATE "und-x-icu" ILIKE $2::text) IS NOT TRUE)
-- 1 row, reads at most 200

/* count.employee */ SELECT count(*) FROM employee a WHERE nullif(concat_ws(' ', nullif(a.first_name, ''), nullif(a.last_name, '')), '') COLLATE "und-x-icu" ILIKE $1::text
-- 1 row, reads at most 200

/* page.candidate */ SELECT NULL::bigint AS parent, ARRAY[a.candidate_profile_id::text] AS key, ARRAY[a.candidate_profile_id::text] AS keyset
    FROM (SELECT a.* FROM candidate a WHERE nullif(concat_ws(' ', nullif(a.first_name, ''), nullif(a.last_name, '')), '') COLLATE "und-x-icu" ILIKE $1::text ORDER BY a.candidate_profile_id LIMIT 4) a ORDER BY a.candidate_profile_id LIMIT 4
-- 0 rows, reads at most 1000

/* page.employee */ SELECT NULL::bigint AS parent, ARRAY[a.employee_id::text] AS key, ARRAY[a.employee_id::text] AS keyset
    FROM (SELECT a.* FROM employee a WHERE (a.first_name COLLATE "und-x-icu" ILIKE $1::text AND (a.last_name COLLATE "und-x-icu" ILIKE $2::text) IS NOT TRUE) ORDER BY a.employee_id LIMIT 4) a ORDER BY a.employee_id LIMIT 4
-- 4 rows, reads at most 50

/* page.employee */ SELECT NULL::bigint AS parent, ARRAY[a.employee_id::text] AS key, ARRAY[a.employee_id::text] AS keyset
    FROM (SELECT a.* FROM employee a WHERE nullif(concat_ws(' ', nullif(a.first_name, ''), nullif(a.last_name, '')), '') COLLATE "und-x-icu" ILIKE $1::text ORDER BY a.employee_id LIMIT 4) a ORDER BY a.employee_id LIMIT 4
-- 2 rows, reads at most 200

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE "employee"."employee_id" IN ($1,$2) OFFSET $3
-- 2 rows, reads at most 2

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE "employee"."employee_id" IN ($1,$2,$3) OFFSET $4
-- 3 rows, reads at most 5
