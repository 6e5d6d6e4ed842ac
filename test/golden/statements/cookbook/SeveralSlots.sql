-- 2 statements, 21 rows, reads at most 1500

/* page.candidate */ SELECT json_build_array(a.candidate_profile_id) AS item
    FROM (SELECT a.* FROM candidate a WHERE ((EXISTS (SELECT 1 FROM (SELECT k0 FROM (SELECT DISTINCT a__link.candidate_profile_id AS k0, a_.interview_id AS o0, a_.slot_id AS o1 FROM interview a__link
        JOIN time_slot a_ ON a_.interview_id = a__link.interview_id WHERE (EXISTS (SELECT 1 FROM interview a__ WHERE (a__.interview_id = a_.interview_id AND (a__.canceled = ANY($1::boolean[])) IS NOT TRUE)) AND a_.starts_at >= $2::timestamptz(0))) a__groups GROUP BY k0 HAVING count(*) >= $3::integer) a__groups WHERE a__groups.k0 = a.candidate_profile_id)) IS TRUE) ORDER BY a.candidate_profile_id LIMIT 50) a ORDER BY a.candidate_profile_id
-- 6 rows, reads at most 1000

/* pages.interview */ SELECT a.parent, json_build_array(a.interview_id, ARRAY(SELECT json_build_array(a_1.interview_id, a_1.slot_id, (a_1.starts_at AT TIME ZONE 'UTC')) FROM time_slot a_1 WHERE a_1.interview_id = a.interview_id ORDER BY a_1.start_time, a_1.end_time, a_1.slot_id)) AS item
    FROM (SELECT p.n AS parent, a.interview_id, row_number() OVER (PARTITION BY p.n ORDER BY a.starts_at, a.interview_id) AS position
      FROM unnest($1::uuid[]) WITH ORDINALITY AS p(k0, n) JOIN interview a ON a.candidate_profile_id = p.k0 WHERE ((a.canceled = ANY($2::boolean[])) IS NOT TRUE AND EXISTS (SELECT 1 FROM time_slot a_ WHERE (a_.interview_id = a.interview_id AND a_.starts_at >= $3::timestamptz(0))))) a
    WHERE a.position <= 50 ORDER BY a.parent, a.position
-- 15 rows, reads at most 500
