-- 3 statements, 5 rows, reads at most 1700

/* page.candidate */ SELECT json_build_array(a.candidate_profile_id, a.first_name, a.last_name) AS item, (SELECT count(*) FROM candidate a WHERE nullif(concat_ws(' ', nullif(a.first_name, ''), nullif(a.last_name, '')), '') COLLATE "und-x-icu" ILIKE $1::text) AS total
    FROM (SELECT a.* FROM candidate a WHERE nullif(concat_ws(' ', nullif(a.first_name, ''), nullif(a.last_name, '')), '') COLLATE "und-x-icu" ILIKE $2::text ORDER BY a.candidate_profile_id LIMIT 3) a ORDER BY a.candidate_profile_id
-- 0 rows, reads at most 1000

/* page.employee */ SELECT json_build_array(a.employee_id, a.first_name, a.last_name) AS item, (SELECT count(*) FROM employee a WHERE (a.first_name COLLATE "und-x-icu" ILIKE $1::text AND (a.last_name COLLATE "und-x-icu" ILIKE $2::text) IS NOT TRUE)) AS total
    FROM (SELECT a.* FROM employee a WHERE (a.first_name COLLATE "und-x-icu" ILIKE $3::text AND (a.last_name COLLATE "und-x-icu" ILIKE $4::text) IS NOT TRUE) ORDER BY a.employee_id LIMIT 3) a ORDER BY a.employee_id
-- 3 rows, reads at most 200

/* page.employee */ SELECT json_build_array(a.employee_id, a.first_name, a.last_name) AS item, (SELECT count(*) FROM employee a WHERE nullif(concat_ws(' ', nullif(a.first_name, ''), nullif(a.last_name, '')), '') COLLATE "und-x-icu" ILIKE $1::text) AS total
    FROM (SELECT a.* FROM employee a WHERE nullif(concat_ws(' ', nullif(a.first_name, ''), nullif(a.last_name, '')), '') COLLATE "und-x-icu" ILIKE $2::text ORDER BY a.employee_id LIMIT 3) a ORDER BY a.employee_id
-- 2 rows, reads at most 500
