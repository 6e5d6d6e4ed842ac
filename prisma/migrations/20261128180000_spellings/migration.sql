-- CreateTable
CREATE TABLE "spelling" (
    "kind" TEXT COLLATE "C" NOT NULL,
    "text" TEXT COLLATE "C" NOT NULL,
    "folded" TEXT COLLATE "C" NOT NULL,
    "sort_key" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "spelling_pkey" PRIMARY KEY ("kind","text")
);

-- AlterTable
ALTER TABLE "dataset" ADD COLUMN     "spelling_version" INTEGER NOT NULL DEFAULT 0;

-- The rows of spelling are made by the program, which does so wherever spelling_version is less than its own
