-- CreateTable
CREATE TABLE "audit_entry" (
    "at" TIMESTAMPTZ(3) NOT NULL,
    "id" UUID NOT NULL,
    "request_id" TEXT,
    "actor" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "issuer" TEXT,
    "address" TEXT,
    "action" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "operation" TEXT,
    "attributes" JSONB NOT NULL,
    "subjects" TEXT[],
    "rows" BIGINT,
    "personal" BOOLEAN NOT NULL,
    "status" INTEGER,
    "outcome" TEXT NOT NULL,
    "code" TEXT,
    "data_version" BIGINT,
    "duration_ms" INTEGER NOT NULL,
    "requests" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("at","id")
);

-- CreateIndex
CREATE INDEX "audit_entry_subjects_idx" ON "audit_entry" USING GIN ("subjects");

-- What may change an entry is told by who called: a statement of a client has no caller, whatever it sets before. SECURITY DEFINER with a fixed
-- search_path, so that a role that may only INSERT and SELECT can use them and nothing else.
CREATE FUNCTION "audit_append_only"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    stack TEXT;
BEGIN
    GET DIAGNOSTICS stack = PG_CONTEXT;
    IF stack ~ '(^|\n)[^"\n]* (public\.)?audit_(expire|pseudonymise)\(' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'audit_entry is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER "audit_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entry"
    FOR EACH STATEMENT EXECUTE FUNCTION "audit_append_only"();

-- Also where triggers are off, as in a session that applies the changes of another server.
ALTER TABLE "audit_entry" ENABLE ALWAYS TRIGGER "audit_append_only";

-- Removes up to 10,000 entries that are older than so many days, at least 30: nobody can remove what they did just now. Returns how many.
CREATE FUNCTION "audit_expire"("days" INTEGER) RETURNS BIGINT LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    removed BIGINT;
BEGIN
    IF $1 IS NULL OR $1 < 30 THEN
        RAISE EXCEPTION 'entries are kept for at least 30 days' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- One instance is enough.
    IF NOT pg_try_advisory_xact_lock(4711318420261129) THEN
        RETURN 0;
    END IF;
    DELETE FROM public.audit_entry WHERE ("at", "id") IN (
        SELECT e."at", e."id" FROM public.audit_entry e WHERE e."at" < now() - $1 * INTERVAL '1 day' ORDER BY e."at" LIMIT 10000
    );
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END
$$;

-- Replaces the ids of people who were erased by their pseudonyms, and nothing else. Entries that are being written wait for it, and are
-- written with the pseudonyms. Returns the number of entries.
CREATE FUNCTION "audit_pseudonymise"("former" TEXT[], "instead" TEXT[]) RETURNS BIGINT LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    changed BIGINT;
BEGIN
    IF EXISTS (SELECT FROM unnest($1, $2) AS pair (was, becomes) WHERE pair.was IS NULL OR pair.becomes IS NULL OR NOT (
        (pair.was LIKE 'candidate:%' AND pair.becomes ~ '^candidate:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')
        OR (pair.was LIKE 'employee:%' AND pair.becomes ~ '^employee:erased-[0-9a-f]{32}$')
    )) THEN
        RAISE EXCEPTION 'only people are replaced, and only by pseudonyms' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    LOCK TABLE public.audit_entry IN SHARE ROW EXCLUSIVE MODE;
    UPDATE public.audit_entry e SET "subjects" = ARRAY(
        SELECT coalesce(pair.becomes, one.subject) FROM unnest(e."subjects") WITH ORDINALITY AS one (subject, n)
        LEFT JOIN unnest($1, $2) AS pair (was, becomes) ON pair.was = one.subject ORDER BY one.n
    ) WHERE e."subjects" && $1;
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$$;

REVOKE ALL ON FUNCTION "audit_expire"(INTEGER), "audit_pseudonymise"(TEXT[], TEXT[]) FROM PUBLIC;
