-- 5 statements, 69 rows, reads at most 1580

/* page.candidate */ SELECT NULL::bigint AS parent, ARRAY[a.candidate_profile_id::text] AS key, ARRAY[a.candidate_profile_id::text] AS keyset
    FROM (SELECT a.* FROM candidate a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT DISTINCT a__link.candidate_profile_id AS k0, a_.interview_id AS o0, a_.slot_id AS o1 FROM interview a__link
        JOIN time_slot a_ ON a_.interview_id = a__link.interview_id WHERE (EXISTS (SELECT 1 FROM interview a__ WHERE (a__.interview_id = a_.interview_id AND (a__.canceled = ANY($1::boolean[])) IS NOT TRUE)) AND a_.starts_at >= $2::timestamptz(0))) a__groups GROUP BY k0 HAVING count(*) >= $3::integer) a__groups WHERE a__groups.k0 = a.candidate_profile_id)) IS TRUE) ORDER BY a.candidate_profile_id LIMIT 51) a ORDER BY a.candidate_profile_id LIMIT 51
-- 6 rows, reads at most 1000

/* pages.interview */ SELECT a.parent, ARRAY[a.interview_id::text] AS key, ARRAY[a.starts_at::text, a.interview_id::text] AS keyset
    FROM (SELECT p.n AS parent, a.interview_id, a.starts_at, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.candidate_profile_id = p.k0 WHERE ((a.canceled = ANY($2::boolean[])) IS NOT TRUE AND EXISTS (SELECT 1 FROM time_slot a_ WHERE (a_.interview_id = a.interview_id AND a_.starts_at >= $3::timestamptz(0))))) a
    WHERE a.position <= 51 ORDER BY a.parent, a.position
-- 15 rows, reads at most 500

SELECT "candidate"."candidate_profile_id", "candidate"."first_name", "candidate"."last_name" FROM "candidate" WHERE "candidate"."candidate_profile_id" IN ($1,$2,$3,$4,$5,$6) OFFSET $7
-- 6 rows, reads at most 10

SELECT "interview"."interview_id", "interview"."application_id", "interview"."candidate_profile_id", "interview"."candidate_status"::text, "interview"."job_id", "interview"."type"::text, "interview"."location", "interview"."time_zone", "interview"."created_at", "interview"."updated_at", "interview"."start_date", "interview"."starts_at", "interview"."ends_at", "interview"."duration", "interview"."canceled", "interview"."creator_employee_id" FROM "interview" WHERE "interview"."interview_id" IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15) OFFSET $16
-- 15 rows, reads at most 20

SELECT "time_slot"."interview_id", "time_slot"."slot_id", "time_slot"."start_time", "time_slot"."end_time", "time_slot"."starts_at", "time_slot"."ends_at", "time_slot"."duration", "time_slot"."room", "time_slot"."application_stage"::text, "time_slot"."application_step", "time_slot"."interviewer_count" FROM "time_slot" WHERE "time_slot"."interview_id" IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15) ORDER BY "time_slot"."start_time" ASC, "time_slot"."end_time" ASC, "time_slot"."slot_id" ASC OFFSET $16
-- 27 rows, reads at most 50
