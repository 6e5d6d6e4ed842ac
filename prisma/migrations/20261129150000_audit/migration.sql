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
    "written_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("at","id")
);

-- CreateIndex
CREATE INDEX "audit_entry_subjects_idx" ON "audit_entry" USING GIN ("subjects");

-- Changes are let through while one of the two functions below runs: they run as the owner of the table, and set a marker for as long as they
-- change it. Anybody may set the marker, but nobody else is the owner then. It keeps the owner from mistakes only, who can set it as well, or
-- drop the trigger: a service that is not to be able to needs a role of its own.
CREATE FUNCTION "audit_append_only"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_setting('interviews.audit_change', true) = 'on'
        AND pg_has_role(current_user, (SELECT c.relowner FROM pg_class c WHERE c.oid = TG_RELID), 'USAGE') THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'audit_entry is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER "audit_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entry"
    FOR EACH STATEMENT EXECUTE FUNCTION "audit_append_only"();

-- Also where triggers are off, as in a session that applies the changes of another server.
ALTER TABLE "audit_entry" ENABLE ALWAYS TRIGGER "audit_append_only";

-- Both functions are SECURITY DEFINER with a fixed search_path, so that a role that may only INSERT and SELECT can use them and nothing else.

-- Removes up to 10,000 entries that are older than so many days, at least 30: nobody can remove what they did just now. An entry is as old as
-- the later one of its two times: the clock of the instance that made it may be behind. Removes nothing while the newest entry is older than 40
-- days, because the clock of the database may be ahead then. Returns how many; null if it should have removed some, and didn't for that.
CREATE FUNCTION "audit_expire"("days" INTEGER) RETURNS BIGINT LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    expired TIMESTAMPTZ := now() - $1 * INTERVAL '1 day';
    removed BIGINT;
BEGIN
    IF $1 IS NULL OR $1 < 30 THEN
        RAISE EXCEPTION 'entries are kept for at least 30 days' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- One instance is enough.
    IF NOT pg_try_advisory_xact_lock(4711318420261129) THEN
        RETURN 0;
    END IF;
    IF NOT EXISTS (SELECT FROM public.audit_entry e WHERE e."at" < expired AND e."written_at" < expired) THEN
        RETURN 0;
    END IF;
    -- By the clocks of the instances. One that is ahead says nothing about this one.
    IF (SELECT max(e."at") FROM public.audit_entry e WHERE e."at" <= now()) < now() - INTERVAL '40 days' THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('interviews.audit_change', 'on', true);
    DELETE FROM public.audit_entry WHERE ("at", "id") IN (
        SELECT e."at", e."id" FROM public.audit_entry e WHERE e."at" < expired AND e."written_at" < expired ORDER BY e."at" LIMIT 10000
    );
    GET DIAGNOSTICS removed = ROW_COUNT;
    PERFORM set_config('interviews.audit_change', '', true);
    RETURN removed;
END
$$;

-- Replaces the ids of people who are on the list of erasures by their pseudonyms, and nothing else: the rest of the ids that are given stay as
-- they are. Entries that are being written wait for it, and are written with the pseudonyms. Returns the number of entries.
CREATE FUNCTION "audit_pseudonymise"("former" TEXT[]) RETURNS BIGINT LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    secret BYTEA;
    inner_key BYTEA := decode(repeat('36', 64), 'hex');
    outer_key BYTEA := decode(repeat('5c', 64), 'hex');
    people TEXT[];
    pseudonyms TEXT[];
    changed BIGINT;
BEGIN
    -- HMAC-SHA-256 as RFC 2104 has it (src/db/erasure/pseudonyms.ts): a caller can't choose the pseudonyms.
    SELECT d."id_secret" INTO STRICT secret FROM public.dataset d;
    FOR n IN 0 .. length(secret) - 1 LOOP
        inner_key := set_byte(inner_key, n, get_byte(inner_key, n) # get_byte(secret, n));
        outer_key := set_byte(outer_key, n, get_byte(outer_key, n) # get_byte(secret, n));
    END LOOP;
    SELECT array_agg(h.subject), array_agg(
        CASE h.kind WHEN 'CANDIDATE' THEN 'candidate:' || h.hash::text ELSE 'employee:erased-' || replace(h.hash::text, '-', '') END
    ) INTO people, pseudonyms
    FROM (
        SELECT q.subject, q.kind, encode(substring(sha256(outer_key || sha256(inner_key ||
            convert_to('erased ' || q.kind || ' ' || substr(q.subject, strpos(q.subject, ':') + 1), 'UTF8'))) FOR 16), 'hex')::uuid AS hash
        FROM (
            SELECT DISTINCT g.subject, CASE WHEN g.subject LIKE 'candidate:%' THEN 'CANDIDATE' ELSE 'EMPLOYEE' END AS kind
            FROM unnest($1) AS g (subject) WHERE g.subject LIKE 'candidate:%' OR g.subject LIKE 'employee:%'
        ) q
    ) h JOIN public.erasure e ON e."kind" = h.kind AND e."hash" = h.hash;
    IF people IS NULL THEN
        RETURN 0;
    END IF;
    LOCK TABLE public.audit_entry IN SHARE ROW EXCLUSIVE MODE;
    PERFORM set_config('interviews.audit_change', 'on', true);
    UPDATE public.audit_entry e SET "subjects" = ARRAY(
        SELECT coalesce(pair.becomes, one.subject) FROM unnest(e."subjects") WITH ORDINALITY AS one (subject, n)
        LEFT JOIN unnest(people, pseudonyms) AS pair (was, becomes) ON pair.was = one.subject ORDER BY one.n
    ) WHERE e."subjects" && people;
    GET DIAGNOSTICS changed = ROW_COUNT;
    PERFORM set_config('interviews.audit_change', '', true);
    RETURN changed;
END
$$;

REVOKE ALL ON FUNCTION "audit_expire"(INTEGER), "audit_pseudonymise"(TEXT[]) FROM PUBLIC;
