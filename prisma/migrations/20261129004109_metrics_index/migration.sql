-- AlterTable
ALTER TABLE "appointment" ADD COLUMN     "has_feedback" BOOLEAN,
ADD COLUMN     "has_interviewer" BOOLEAN;

-- What an import computes from now on (src/db/derived/computed.ts), for the rows that are there: the table is written anew once, which
-- leaves no old versions of rows behind
ALTER TABLE "appointment"
ALTER COLUMN "has_feedback" TYPE BOOLEAN USING ("interviewer_review" IS NOT NULL OR "interviewer_rating" IS NOT NULL),
ALTER COLUMN "has_interviewer" TYPE BOOLEAN USING (("interviewer_employee_id" IS NOT NULL OR "interviewer_first_name" <> '' OR "interviewer_last_name" <> '') IS TRUE),
ALTER COLUMN "has_feedback" SET NOT NULL,
ALTER COLUMN "has_interviewer" SET NOT NULL;

-- CreateIndex
CREATE INDEX "appointment_metrics" ON "appointment"("start_time", "interview_id", "slot_id", "starts_at", "ends_at", "interview_canceled", "has_interviewer", "interviewer_status", "has_feedback", "reviewed_at", "time_to_provide_feedback", "duration", "candidate_status", "job_id", "interviewer_employee_id");
