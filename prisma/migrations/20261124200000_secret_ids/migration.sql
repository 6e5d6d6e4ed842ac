-- AlterTable
ALTER TABLE "dataset" ADD COLUMN     "id_secret" BYTEA;

-- 244 random bits, of the server's own generator
UPDATE "dataset" SET "id_secret" = uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());

-- AlterTable
ALTER TABLE "dataset" ALTER COLUMN "id_secret" SET NOT NULL;

-- Ids that are made with it (src/db/secret-ids.ts), for the rows that are there
UPDATE "appointment" a SET
  "slot_id" = encode(substring(sha256(d."id_secret" || timestamp_send(coalesce(a."start_time", 'infinity'))
    || timestamp_send(coalesce(a."end_time", 'infinity')) || convert_to(a."interview_id" || coalesce('=' || a."room", ''), 'UTF8')) FOR 16), 'hex')::uuid,
  "row_id" = CASE WHEN a."interviewer_employee_id" IS NULL
    THEN encode(substring(sha256(d."id_secret" || uuid_send(a."row_id")) FOR 16), 'hex')::uuid ELSE a."row_id" END
FROM "dataset" d;

UPDATE "time_slot" t SET
  "slot_id" = encode(substring(sha256(d."id_secret" || timestamp_send(coalesce(t."start_time", 'infinity'))
    || timestamp_send(coalesce(t."end_time", 'infinity')) || convert_to(t."interview_id" || coalesce('=' || t."room", ''), 'UTF8')) FOR 16), 'hex')::uuid
FROM "dataset" d;

-- Rows that agree on all else are ordered by their ids
UPDATE "dataset" SET "version" = "version" + 1 WHERE "version" > 0;
