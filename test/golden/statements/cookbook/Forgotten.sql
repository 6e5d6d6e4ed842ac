-- 5 statements, 211 rows, reads at most 1600

/* count.application */ SELECT count(*) FROM application a WHERE ((NOT EXISTS (SELECT 1 FROM interview a_ WHERE (a_.application_id = a.application_id AND ((a_.canceled = ANY($1::boolean[])) IS NOT TRUE AND a_.starts_at >= $2::timestamptz(0)))) AND EXISTS (SELECT 1 FROM interview a_ WHERE (a_.application_id = a.application_id AND ((a_.canceled = ANY($3::boolean[])) IS NOT TRUE AND a_.starts_at < $4::timestamptz(0))))) AND a.stage = ANY($5::application_stage[]))
-- 1 row, reads at most 500

/* page.application */ SELECT NULL::bigint AS parent, ARRAY[a.application_id::text] AS key, ARRAY[a.application_id::text] AS keyset
    FROM (SELECT a.* FROM application a WHERE ((NOT EXISTS (SELECT 1 FROM interview a_ WHERE (a_.application_id = a.application_id AND ((a_.canceled = ANY($1::boolean[])) IS NOT TRUE AND a_.starts_at >= $2::timestamptz(0)))) AND EXISTS (SELECT 1 FROM interview a_ WHERE (a_.application_id = a.application_id AND ((a_.canceled = ANY($3::boolean[])) IS NOT TRUE AND a_.starts_at < $4::timestamptz(0))))) AND a.stage = ANY($5::application_stage[])) ORDER BY a.application_id LIMIT 51) a ORDER BY a.application_id LIMIT 51
-- 42 rows, reads at most 500

/* pages.interview */ SELECT a.parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.interview_id, a.starts_at, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at DESC, a.interview_id DESC) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.application_id = p.k0 WHERE true) a
    WHERE a.position <= 2 ORDER BY a.parent, a.position
-- 84 rows, reads at most 500

SELECT "application"."application_id", "application"."candidate_profile_id", "application"."job_id", "application"."stage"::text, "application"."step" FROM "application" WHERE "application"."application_id" IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,$29,$30,$31,$32,$33,$34,$35,$36,$37,$38,$39,$40,$41,$42) OFFSET $43
-- 42 rows, reads at most 50

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,$29,$30,$31,$32,$33,$34,$35,$36,$37,$38,$39,$40,$41,$42) OFFSET $43
-- 42 rows, reads at most 50
