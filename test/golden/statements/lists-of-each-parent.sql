-- 12 statements, 216 rows, reads at most 5725

/* page.interview */ SELECT NULL::bigint AS parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT a.* FROM interview a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT a_.interview_id AS k0, a_.interview_id AS o0, a_.slot_id AS o1 FROM time_slot a_ WHERE true) a__groups GROUP BY k0 HAVING count(*) >= $1::integer) a__groups WHERE a__groups.k0 = a.interview_id)) IS TRUE) ORDER BY a.starts_at, a.interview_id LIMIT 5) a ORDER BY a.starts_at, a.interview_id LIMIT 5
-- 5 rows, reads at most 5000

/* pages.employee */ SELECT a.parent, ARRAY[a.employee_id::text] AS key, ARRAY[a.employee_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.employee_id, row_number() OVER (PARTITION BY p.n ORDER BY a.employee_id) AS position
      FROM (SELECT DISTINCT p.n, l.interviewer_employee_id AS k0
        FROM unnest($1::text[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.interview_id = p.k0) p JOIN employee a ON a.employee_id = p.k0 WHERE true) a
    WHERE a.position <= 1001 ORDER BY a.parent, a.position
-- 8 rows, reads at most 20

/* pages.employee */ SELECT a.parent, ARRAY[a.employee_id::text] AS key, ARRAY[a.employee_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.employee_id, row_number() OVER (PARTITION BY p.n ORDER BY a.employee_id) AS position
      FROM (SELECT DISTINCT p.n, l.interviewer_employee_id AS k0
        FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.job_id = p.k0) p JOIN employee a ON a.employee_id = p.k0 WHERE true) a
    WHERE a.position <= 1001 ORDER BY a.parent, a.position
-- 96 rows, reads at most 500

/* pages.job */ SELECT a.parent, ARRAY[a.job_id::text] AS key, ARRAY[a.job_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.job_id, row_number() OVER (PARTITION BY p.n ORDER BY a.job_id) AS position
      FROM (SELECT DISTINCT p.n, l.job_id AS k0
        FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.candidate_profile_id = p.k0) p JOIN job a ON a.job_id = p.k0 WHERE true) a
    WHERE a.position <= 1001 ORDER BY a.parent, a.position
-- 6 rows, reads at most 50

SELECT "appointment".* FROM "appointment" WHERE ("appointment"."interview_id" IN ($1,$2,$3,$4,$5,$6,$7,$8) AND "appointment"."slot_id" IN ($9,$10,$11,$12,$13,$14,$15,$16)) ORDER BY "appointment"."interviewer_employee_id" ASC, "appointment"."row_id" ASC OFFSET $17
-- 8 rows, reads at most 10

SELECT "candidate"."candidate_profile_id", "candidate"."first_name", "candidate"."last_name" FROM "candidate" WHERE "candidate"."candidate_profile_id" IN ($1,$2,$3,$4) OFFSET $5
-- 4 rows, reads at most 5

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE "employee"."employee_id" IN ($1,$2,$3,$4,$5,$6,$7) OFFSET $8
-- 7 rows, reads at most 10

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE "employee"."employee_id" IN ($1,$2,$3,$4,$5,$6,$7,$8) OFFSET $9
-- 7 rows, reads at most 10

SELECT "employee"."employee_id", "employee"."first_name", "employee"."last_name" FROM "employee" WHERE "employee"."employee_id" IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,$29,$30,$31,$32,$33,$34,$35,$36,$37,$38,$39,$40,$41,$42,$43,$44,$45,$46,$47,$48,$49,$50,$51,$52,$53,$54,$55,$56,$57,$58) OFFSET $59
-- 58 rows, reads at most 100

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2,$3,$4) OFFSET $5
-- 4 rows, reads at most 5

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE "job"."job_id" IN ($1,$2,$3,$4,$5) OFFSET $6
-- 5 rows, reads at most 5

SELECT "time_slot"."interview_id", "time_slot"."slot_id", "time_slot"."start_time", "time_slot"."end_time", "time_slot"."starts_at", "time_slot"."ends_at", "time_slot"."duration", "time_slot"."room", "time_slot"."application_stage"::text, "time_slot"."application_step", "time_slot"."interviewer_count" FROM "time_slot" WHERE "time_slot"."interview_id" IN ($1,$2,$3,$4) ORDER BY "time_slot"."start_time" ASC, "time_slot"."end_time" ASC, "time_slot"."slot_id" ASC OFFSET $5
-- 8 rows, reads at most 10
