-- AlterTable: constants as defaults, so that no row is written
ALTER TABLE "access_token" ADD COLUMN     "departments" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "job_ids" UUID[] NOT NULL DEFAULT ARRAY[]::UUID[],
ADD COLUMN     "rate_per_minute" INTEGER,
ADD COLUMN     "replaced_at" TIMESTAMPTZ(3),
ADD COLUMN     "used_at" TIMESTAMPTZ(3);

-- A token that sees some rows only can neither change nor administer what others see
ALTER TABLE "access_token" ADD CONSTRAINT "access_token_restricted_reads" CHECK (
    (cardinality("departments") = 0 AND cardinality("job_ids") = 0) OR NOT "scopes" && ARRAY['write', 'admin']
),
ADD CONSTRAINT "access_token_rate_positive" CHECK ("rate_per_minute" > 0);
