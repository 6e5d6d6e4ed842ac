-- CreateTable
CREATE TABLE "erasure" (
    "kind" TEXT NOT NULL,
    "hash" UUID NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "erasure_pkey" PRIMARY KEY ("kind","hash"),
    CONSTRAINT "erasure_kind" CHECK ("kind" IN ('CANDIDATE', 'EMPLOYEE'))
);
