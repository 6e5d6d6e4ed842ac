-- AlterTable
ALTER TABLE "interview" ADD COLUMN     "first_ends_at" TIMESTAMPTZ(0),
ADD COLUMN     "first_start_time" TIMESTAMP(0),
ADD COLUMN     "first_starts_at" TIMESTAMPTZ(0),
ADD COLUMN     "last_start_time" TIMESTAMP(0),
ADD COLUMN     "spread" SMALLINT;

-- AlterTable
ALTER TABLE "time_slot" ADD COLUMN     "all_declined" BOOLEAN,
ADD COLUMN     "canceled" BOOLEAN,
ADD COLUMN     "covering_rows" INTEGER,
ADD COLUMN     "job_id" UUID,
ADD COLUMN     "rows_agree" BOOLEAN;

-- What an import derives from now on (src/db/derived/derive.ts), for the rows that are there. All interviews get a new version, of which each
-- index would hold an entry: making the indexes anew takes a fraction of the time
DROP INDEX "interview_starts_at_interview_id_idx", "interview_created_at_interview_id_idx", "interview_updated_at_interview_id_idx",
  "interview_application_id_idx", "interview_candidate_profile_id_idx", "interview_job_id_idx", "interview_creator_employee_id_idx";

UPDATE "interview" t
SET "first_start_time" = e."first_start_time", "last_start_time" = e."last_start_time", "first_starts_at" = e."first_starts_at",
  "first_ends_at" = e."first_ends_at", "spread" = e."spread"
FROM (
  SELECT "interview_id", min("start_time") AS "first_start_time", max("start_time") AS "last_start_time",
    min("starts_at") AS "first_starts_at", min("ends_at") AS "first_ends_at",
    CASE WHEN NOT bool_and("agrees") OR count("start_time") NOT IN (0, count(*)) THEN 2
      WHEN min("start_time") IS NOT DISTINCT FROM max("start_time") THEN 0
      WHEN min("start_time"::date) = max("start_time"::date) THEN 1 ELSE 2 END AS "spread"
  FROM (
    SELECT *, "interview_canceled" IS NOT DISTINCT FROM lag("interview_canceled", 1, "interview_canceled") OVER w
      AND "candidate_status" IS NOT DISTINCT FROM lag("candidate_status", 1, "candidate_status") OVER w
      AND "interview_create_date" IS NOT DISTINCT FROM lag("interview_create_date", 1, "interview_create_date") OVER w
      AND "job_id" IS NOT DISTINCT FROM lag("job_id", 1, "job_id") OVER w
      AND "interview_time_zone" IS NOT DISTINCT FROM lag("interview_time_zone", 1, "interview_time_zone") OVER w AS "agrees"
    FROM "appointment" WINDOW w AS (PARTITION BY "interview_id" ORDER BY "row_id")
  ) compared
  GROUP BY "interview_id"
) e
WHERE t."interview_id" = e."interview_id";

UPDATE "time_slot" t
SET "job_id" = e."job_id", "canceled" = e."canceled", "covering_rows" = e."covering_rows", "all_declined" = e."all_declined",
  "rows_agree" = e."rows_agree"
FROM (
  SELECT DISTINCT ON ("interview_id", "slot_id") "interview_id", "slot_id", "job_id", "interview_canceled" AS "canceled",
    count(*) FILTER (WHERE "has_interviewer" AND "interviewer_status" IS DISTINCT FROM 'DECLINED') OVER whole AS "covering_rows",
    bool_and("interviewer_status" IS NOT DISTINCT FROM 'DECLINED') OVER whole AS "all_declined", bool_and("agrees") OVER whole AS "rows_agree"
  FROM (
    SELECT *, "interview_canceled" IS NOT DISTINCT FROM lag("interview_canceled", 1, "interview_canceled") OVER w
      AND "duration" IS NOT DISTINCT FROM lag("duration", 1, "duration") OVER w
      AND "job_id" IS NOT DISTINCT FROM lag("job_id", 1, "job_id") OVER w
      AND "interview_time_zone" IS NOT DISTINCT FROM lag("interview_time_zone", 1, "interview_time_zone") OVER w AS "agrees"
    FROM "appointment"
    WINDOW w AS (PARTITION BY "interview_id", "slot_id"
      ORDER BY "interview_update_date" DESC NULLS LAST, "start_time" DESC NULLS LAST, "row_id" DESC)
  ) compared
  WINDOW whole AS (PARTITION BY "interview_id", "slot_id"
    ORDER BY "interview_update_date" DESC NULLS LAST, "start_time" DESC NULLS LAST, "row_id" DESC
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
  ORDER BY "interview_id", "slot_id", "interview_update_date" DESC NULLS LAST, "start_time" DESC NULLS LAST, "row_id" DESC
) e
WHERE t."interview_id" = e."interview_id" AND t."slot_id" = e."slot_id";

ALTER TABLE "interview" ALTER COLUMN "spread" SET NOT NULL;

ALTER TABLE "time_slot" ALTER COLUMN "all_declined" SET NOT NULL,
ALTER COLUMN "covering_rows" SET NOT NULL,
ALTER COLUMN "rows_agree" SET NOT NULL;

-- CreateIndex
CREATE INDEX "interview_metrics" ON "interview"("spread", "last_start_time", "first_start_time", "first_starts_at", "first_ends_at", "canceled", "candidate_status", "created_at", "job_id", "interview_id");

-- CreateIndex
CREATE INDEX "time_slot_metrics" ON "time_slot"("rows_agree", "start_time", "starts_at", "ends_at", "duration", "canceled", "job_id", "covering_rows", "all_declined", "interview_id", "slot_id");

CREATE INDEX "interview_starts_at_interview_id_idx" ON "interview"("starts_at", "interview_id");
CREATE INDEX "interview_created_at_interview_id_idx" ON "interview"("created_at", "interview_id");
CREATE INDEX "interview_updated_at_interview_id_idx" ON "interview"("updated_at", "interview_id");
CREATE INDEX "interview_application_id_idx" ON "interview"("application_id");
CREATE INDEX "interview_candidate_profile_id_idx" ON "interview"("candidate_profile_id");
CREATE INDEX "interview_job_id_idx" ON "interview"("job_id");
CREATE INDEX "interview_creator_employee_id_idx" ON "interview"("creator_employee_id");
