-- AlterTable
ALTER TABLE "dataset" ADD COLUMN     "retained_at" TIMESTAMPTZ(0),
ADD COLUMN     "retained_from" DATE;
