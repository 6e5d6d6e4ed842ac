-- AlterTable
ALTER TABLE "appointment" ADD COLUMN     "reviewed_at" TIMESTAMPTZ(0);

-- What an import computes from now on (src/db/computed.ts), for the rows that are there
UPDATE "appointment" SET "reviewed_at" = "ends_at" + "time_to_provide_feedback" * interval '1 hour'
WHERE abs("time_to_provide_feedback") <= 1000000 AND "ends_at" IS NOT NULL;

-- CreateIndex
CREATE INDEX "appointment_reviewed_at_interview_id_row_id_idx" ON "appointment"("reviewed_at", "interview_id", "row_id");
