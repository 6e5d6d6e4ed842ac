-- 6 statements, 56 rows, reads at most 1106

/* counts.candidate */ SELECT p.n AS parent, count(*) FROM (SELECT DISTINCT p.n, l.candidate_profile_id AS k0
        FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.job_id = p.k0) p JOIN candidate a ON a.candidate_profile_id = p.k0 WHERE true GROUP BY p.n
-- 1 row, reads at most 500

/* pages.candidate */ SELECT a.parent, ARRAY[a.candidate_profile_id::text] AS key, ARRAY[a.candidate_profile_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.candidate_profile_id, row_number() OVER (PARTITION BY p.n ORDER BY a.candidate_profile_id) AS position
      FROM (SELECT DISTINCT p.n, l.candidate_profile_id AS k0
        FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN appointment l ON l.job_id = p.k0) p JOIN candidate a ON a.candidate_profile_id = p.k0 WHERE true) a
    WHERE a.position <= 101 ORDER BY a.parent, a.position
-- 23 rows, reads at most 500

/* pages.interview */ SELECT a.parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.interview_id, a.starts_at, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.candidate_profile_id = p.k0 WHERE ((a.canceled = ANY($2::boolean[])) IS NOT TRUE AND a.job_id = ANY($3::uuid[]) AND a.starts_at >= $4::timestamptz(0))) a
    WHERE a.position <= 2 ORDER BY a.parent, a.position
-- 5 rows, reads at most 50

SELECT "candidate"."candidate_profile_id", "candidate"."first_name", "candidate"."last_name" FROM "candidate" WHERE "candidate"."candidate_profile_id" IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23) OFFSET $24
-- 23 rows, reads at most 50

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2,$3) OFFSET $4
-- 3 rows, reads at most 5

SELECT "job"."job_id", "job"."title", "job"."department" FROM "job" WHERE ("job"."job_id" = $1 AND 1=1) LIMIT $2 OFFSET $3
-- 1 row, reads at most 1
