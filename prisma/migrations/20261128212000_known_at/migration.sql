-- AlterTable
ALTER TABLE "dataset" ADD COLUMN     "known_at" TIMESTAMPTZ(0);

-- The end of the last import is the nearest that earlier versions stored. Cut off, as by an import: the type would round to a later second
UPDATE "dataset" SET "known_at" = date_trunc('second', "imported_at");
