-- AlterTable
ALTER TABLE "interview" ADD COLUMN     "ends_at" TIMESTAMPTZ(0);

-- What an import derives from now on (src/db/derived/derive.ts), for the interviews that are there
UPDATE "interview" i SET "ends_at" = last.ends_at
FROM (SELECT "interview_id", max("ends_at") AS ends_at FROM "appointment" GROUP BY "interview_id") last
WHERE last."interview_id" = i."interview_id" AND last.ends_at IS NOT NULL;
