-- AlterTable
ALTER TABLE "candidate" ADD COLUMN     "sample" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "job" ADD COLUMN     "sample" BOOLEAN NOT NULL DEFAULT false;
