-- CreateIndex
CREATE INDEX "appointment_starts_at_interview_id_row_id_idx" ON "appointment"("starts_at", "interview_id", "row_id");

-- CreateIndex
CREATE INDEX "appointment_interview_update_date_interview_id_row_id_idx" ON "appointment"("interview_update_date", "interview_id", "row_id");

-- CreateIndex
CREATE INDEX "interview_starts_at_interview_id_idx" ON "interview"("starts_at", "interview_id");

-- CreateIndex
CREATE INDEX "interview_created_at_interview_id_idx" ON "interview"("created_at", "interview_id");

-- CreateIndex
CREATE INDEX "interview_updated_at_interview_id_idx" ON "interview"("updated_at", "interview_id");
