-- CreateTable
CREATE TABLE "import_record" (
    "id" SERIAL NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "origin" TEXT NOT NULL,
    "upstream" TEXT,
    "outcome" TEXT NOT NULL,
    "rows_read" INTEGER NOT NULL,
    "inserted" INTEGER NOT NULL,
    "updated" INTEGER NOT NULL,
    "removed" INTEGER NOT NULL,
    "moved" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,
    "names_changed" INTEGER NOT NULL,
    "as_of" TIMESTAMPTZ(0),
    "entity_tag" TEXT,
    "version" BIGINT,
    "code" TEXT,
    "message" TEXT,

    CONSTRAINT "import_record_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "import_record_origin" CHECK ("origin" IN ('COMMAND', 'HTTP', 'SYNC', 'SAMPLE')),
    CONSTRAINT "import_record_outcome" CHECK ("outcome" IN ('CHANGED', 'UNCHANGED', 'REFUSED', 'FAILED'))
);
