-- Written with `npm run migration:new` and then edited: text keys and room have COLLATE "C" (the export's order is that
-- of UTF-8 bytes), and the checks below, none of which Prisma's schema can say. Postgres 15 or later.

-- CreateEnum
CREATE TYPE "application_stage" AS ENUM ('NEW', 'IN_REVIEW', 'INTERVIEW', 'HIRED', 'REJECTED', 'WITHDRAWN', 'OFFER', 'LEAD', 'TRANSFERRED');

-- CreateEnum
CREATE TYPE "response_status" AS ENUM ('PENDING', 'TENTATIVE', 'ACCEPTED', 'DECLINED');

-- CreateEnum
CREATE TYPE "interview_type" AS ENUM ('ONSITE', 'PHONE', 'VIDEO', 'OTHER');

-- CreateTable
CREATE TABLE "appointment" (
    "interview_id" TEXT COLLATE "C" NOT NULL,
    "row_id" UUID NOT NULL,
    "content_hash" UUID NOT NULL,
    "slot_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(0),
    "ends_at" TIMESTAMPTZ(0),
    "application_id" UUID,
    "application_stage" "application_stage",
    "application_step" TEXT,
    "candidate_profile_id" UUID,
    "candidate_status" "response_status",
    "job_id" UUID,
    "interview_type" "interview_type",
    "interview_location" TEXT,
    "interview_create_date" TIMESTAMP(0),
    "interview_update_date" TIMESTAMP(0),
    "interview_start_date" TIMESTAMP(0),
    "interview_time_zone" TEXT,
    "interview_duration" DECIMAL,
    "interview_canceled" BOOLEAN,
    "creator_employee_id" TEXT COLLATE "C",
    "creator_first_name" TEXT,
    "creator_last_name" TEXT,
    "interviewer_employee_id" TEXT COLLATE "C",
    "interviewer_first_name" TEXT,
    "interviewer_last_name" TEXT,
    "interviewer_status" "response_status",
    "interviewer_review" TEXT,
    "interviewer_rating" DECIMAL,
    "start_time" TIMESTAMP(0),
    "end_time" TIMESTAMP(0),
    "duration" DECIMAL,
    "room" TEXT COLLATE "C",
    "interviewers" INTEGER,
    "time_to_provide_feedback" DECIMAL,

    CONSTRAINT "appointment_pkey" PRIMARY KEY ("interview_id","row_id"),
    CONSTRAINT "appointment_interview_id_stated" CHECK ("interview_id" <> '')
);

-- CreateTable
CREATE TABLE "interview" (
    "interview_id" TEXT COLLATE "C" NOT NULL,
    "application_id" UUID,
    "candidate_profile_id" UUID,
    "candidate_status" "response_status",
    "job_id" UUID,
    "type" "interview_type",
    "location" TEXT,
    "time_zone" TEXT,
    "created_at" TIMESTAMPTZ(0),
    "updated_at" TIMESTAMPTZ(0),
    "start_date" TIMESTAMP(0),
    "starts_at" TIMESTAMPTZ(0),
    "duration" DECIMAL,
    "canceled" BOOLEAN,
    "creator_employee_id" TEXT COLLATE "C",

    CONSTRAINT "interview_pkey" PRIMARY KEY ("interview_id"),
    CONSTRAINT "interview_id_stated" CHECK ("interview_id" <> '')
);

-- CreateTable
CREATE TABLE "time_slot" (
    "interview_id" TEXT COLLATE "C" NOT NULL,
    "slot_id" UUID NOT NULL,
    "start_time" TIMESTAMP(0),
    "end_time" TIMESTAMP(0),
    "starts_at" TIMESTAMPTZ(0),
    "ends_at" TIMESTAMPTZ(0),
    "duration" DECIMAL,
    "room" TEXT COLLATE "C",
    "application_stage" "application_stage",
    "application_step" TEXT,
    "interviewer_count" INTEGER,

    CONSTRAINT "time_slot_pkey" PRIMARY KEY ("interview_id","slot_id"),
    CONSTRAINT "time_slot_interview_id_stated" CHECK ("interview_id" <> '')
);

-- CreateTable
CREATE TABLE "employee" (
    "employee_id" TEXT COLLATE "C" NOT NULL,
    "first_name" TEXT,
    "last_name" TEXT,

    CONSTRAINT "employee_pkey" PRIMARY KEY ("employee_id"),
    CONSTRAINT "employee_id_stated" CHECK ("employee_id" <> '')
);

-- CreateTable
CREATE TABLE "candidate" (
    "candidate_profile_id" UUID NOT NULL,
    "first_name" TEXT,
    "last_name" TEXT,

    CONSTRAINT "candidate_pkey" PRIMARY KEY ("candidate_profile_id")
);

-- CreateTable
CREATE TABLE "job" (
    "job_id" UUID NOT NULL,
    "title" TEXT,
    "department" TEXT,

    CONSTRAINT "job_pkey" PRIMARY KEY ("job_id")
);

-- CreateTable
CREATE TABLE "application" (
    "application_id" UUID NOT NULL,
    "candidate_profile_id" UUID,
    "job_id" UUID,
    "stage" "application_stage",
    "step" TEXT,

    CONSTRAINT "application_pkey" PRIMARY KEY ("application_id")
);

-- CreateTable
CREATE TABLE "dataset" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "version" BIGINT NOT NULL DEFAULT 0,
    "sample" BOOLEAN NOT NULL DEFAULT false,
    "imported_at" TIMESTAMPTZ(3),

    CONSTRAINT "dataset_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "dataset_one_row" CHECK ("id" = 1)
);

-- CreateTable
CREATE TABLE "access_token" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "scopes" TEXT[] NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "access_token_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "access_token_name_stated" CHECK ("name" <> ''),
    CONSTRAINT "access_token_hash_sha256" CHECK (octet_length("hash") = 32),
    CONSTRAINT "access_token_scopes_known" CHECK (cardinality("scopes") > 0 AND "scopes" <@ ARRAY['read', 'personal', 'write', 'admin'])
);

-- CreateIndex
CREATE INDEX "appointment_extract_order" ON "appointment"("interview_create_date", "interview_id", "start_time", "end_time");

-- CreateIndex
CREATE INDEX "appointment_interviewer_employee_id_idx" ON "appointment"("interviewer_employee_id");

-- CreateIndex
CREATE INDEX "appointment_creator_employee_id_idx" ON "appointment"("creator_employee_id");

-- CreateIndex
CREATE INDEX "appointment_candidate_profile_id_idx" ON "appointment"("candidate_profile_id");

-- CreateIndex
CREATE INDEX "appointment_job_id_idx" ON "appointment"("job_id");

-- CreateIndex
CREATE INDEX "appointment_application_id_idx" ON "appointment"("application_id");

-- CreateIndex
CREATE INDEX "interview_application_id_idx" ON "interview"("application_id");

-- CreateIndex
CREATE INDEX "interview_candidate_profile_id_idx" ON "interview"("candidate_profile_id");

-- CreateIndex
CREATE INDEX "interview_job_id_idx" ON "interview"("job_id");

-- CreateIndex
CREATE INDEX "interview_creator_employee_id_idx" ON "interview"("creator_employee_id");

-- CreateIndex
CREATE INDEX "application_candidate_profile_id_idx" ON "application"("candidate_profile_id");

-- CreateIndex
CREATE INDEX "application_job_id_idx" ON "application"("job_id");

-- CreateIndex
CREATE UNIQUE INDEX "access_token_hash_key" ON "access_token"("hash");

-- The one row of dataset
INSERT INTO "dataset" ("id") VALUES (1);
