-- 7 statements, 14 rows, reads at most 3514

/* page.application */ SELECT json_build_array(a.application_id, a.stage, a.step) AS item
    FROM (SELECT a.* FROM application a WHERE true ORDER BY a.stage, a.step DESC NULLS LAST, a.application_id DESC LIMIT 2) a ORDER BY a.stage, a.step DESC NULLS LAST, a.application_id DESC
-- 2 rows, reads at most 1000

/* page.appointment */ SELECT json_build_array(a.interview_id, a.row_id, (a.reviewed_at AT TIME ZONE 'UTC'), a_3_one.item) AS item
    FROM (SELECT a.* FROM ((SELECT a.* FROM appointment a WHERE a.reviewed_at IS NOT NULL ORDER BY a.reviewed_at, a.starts_at DESC NULLS LAST, a.interview_id DESC, a.row_id DESC LIMIT 2) UNION ALL (SELECT a.* FROM appointment a WHERE a.reviewed_at IS NULL ORDER BY a.reviewed_at, a.starts_at DESC NULLS LAST, a.interview_id DESC, a.row_id DESC LIMIT 2)) a ORDER BY a.reviewed_at NULLS FIRST, a.starts_at DESC NULLS LAST, a.interview_id DESC, a.row_id DESC LIMIT 2) a LEFT JOIN LATERAL (SELECT json_build_array(a_3.interview_id, a_3.slot_id, (a_3.starts_at AT TIME ZONE 'UTC')) AS item FROM time_slot a_3 WHERE (a_3.interview_id = a.interview_id AND a_3.slot_id = a.slot_id) LIMIT 1) a_3_one ON true ORDER BY a.reviewed_at NULLS FIRST, a.starts_at DESC NULLS LAST, a.interview_id DESC, a.row_id DESC
-- 2 rows, reads at most 2000

/* page.interview */ SELECT json_build_array(a.interview_id, (a.updated_at AT TIME ZONE 'UTC')) AS item
    FROM (SELECT a.* FROM ((SELECT a.* FROM interview a WHERE a.updated_at IS NOT NULL ORDER BY a.updated_at DESC, a.interview_id DESC LIMIT 2) UNION ALL (SELECT a.* FROM interview a WHERE a.updated_at IS NULL ORDER BY a.updated_at DESC, a.interview_id DESC LIMIT 2)) a ORDER BY a.updated_at DESC NULLS LAST, a.interview_id DESC LIMIT 2) a ORDER BY a.updated_at DESC NULLS LAST, a.interview_id DESC
-- 2 rows, reads at most 5

/* page.interview */ SELECT json_build_array(a.interview_id, (a.updated_at AT TIME ZONE 'UTC')) AS item
    FROM (SELECT a.* FROM ((SELECT a.* FROM interview a WHERE a.updated_at IS NOT NULL ORDER BY a.updated_at, a.interview_id LIMIT 2) UNION ALL (SELECT a.* FROM interview a WHERE a.updated_at IS NULL ORDER BY a.updated_at, a.interview_id LIMIT 2)) a ORDER BY a.updated_at NULLS FIRST, a.interview_id LIMIT 2) a ORDER BY a.updated_at NULLS FIRST, a.interview_id
-- 2 rows, reads at most 5

/* page.interview */ SELECT json_build_array(a.interview_id, (a.updated_at AT TIME ZONE 'UTC')) AS item
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.updated_at DESC, a.interview_id DESC LIMIT 2) a ORDER BY a.updated_at DESC, a.interview_id DESC
-- 2 rows, reads at most 2

/* page.interview */ SELECT json_build_array(a.interview_id, (a.updated_at AT TIME ZONE 'UTC')) AS item
    FROM (SELECT a.* FROM interview a WHERE true ORDER BY a.updated_at DESC, a.interview_id DESC LIMIT 2) a ORDER BY a.updated_at DESC, a.interview_id DESC
-- 2 rows, reads at most 2

/* page.job */ SELECT json_build_array(a.job_id, a.title, a.department) AS item
    FROM (SELECT a.* FROM ((SELECT a.* FROM (SELECT t.*, coalesce(s0.sort_key, t.title COLLATE "C") AS order_title, coalesce(s1.sort_key, t.department COLLATE "C") AS order_department FROM job t LEFT JOIN spelling s0 ON s0.kind = 'job' AND s0.text = t.title LEFT JOIN spelling s1 ON s1.kind = 'job' AND s1.text = t.department) a WHERE a.order_title IS NOT NULL ORDER BY a.order_title DESC, a.order_department NULLS FIRST, a.job_id LIMIT 2) UNION ALL (SELECT a.* FROM (SELECT t.*, coalesce(s0.sort_key, t.title COLLATE "C") AS order_title, coalesce(s1.sort_key, t.department COLLATE "C") AS order_department FROM job t LEFT JOIN spelling s0 ON s0.kind = 'job' AND s0.text = t.title LEFT JOIN spelling s1 ON s1.kind = 'job' AND s1.text = t.department) a WHERE a.order_title IS NULL ORDER BY a.order_title DESC, a.order_department NULLS FIRST, a.job_id LIMIT 2)) a ORDER BY a.order_title DESC NULLS LAST, a.order_department NULLS FIRST, a.job_id LIMIT 2) a ORDER BY a.order_title DESC NULLS LAST, a.order_department NULLS FIRST, a.job_id
-- 2 rows, reads at most 500
