-- 1 statement, 1 row, reads at most 500

/* item.job */ SELECT json_build_array(a.job_id, ARRAY(SELECT json_build_array(json_build_array(a_1.candidate_profile_id, ARRAY(SELECT json_build_array(json_build_array(a_1_1.interview_id, (a_1_1.starts_at AT TIME ZONE 'UTC'), a_1_1.type))
      FROM (SELECT a_1_1.* FROM (SELECT a_1_1.* FROM interview a_1_1 WHERE (a_1_1.candidate_profile_id = a_1.candidate_profile_id AND ((a_1_1.canceled = ANY($2::boolean[])) IS NOT TRUE AND a_1_1.job_id = ANY($3::uuid[]) AND a_1_1.starts_at >= $4::timestamptz(0))) OFFSET 0) a_1_1 ORDER BY a_1_1.starts_at, a_1_1.interview_id LIMIT 1) a_1_1 ORDER BY a_1_1.starts_at, a_1_1.interview_id)), a_1.total)
      FROM (SELECT a_1.*, count(*) OVER () AS total FROM (SELECT a_1.* FROM candidate a_1 WHERE a_1.candidate_profile_id IN (SELECT a_1_link.candidate_profile_id FROM appointment a_1_link
          WHERE a_1_link.job_id = a.job_id) OFFSET 0) a_1 ORDER BY a_1.candidate_profile_id LIMIT 100) a_1 ORDER BY a_1.candidate_profile_id)) AS item FROM job a WHERE a.job_id = $1::uuid
-- 1 row, reads at most 500
