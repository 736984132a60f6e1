/**
 * A schema with every kind of object that godwit reads, for a database on PostgreSQL 14 or later. `reader` is a role
 * that exists; the extension citext is there. Names need quoting wherever they can.
 */
export function richSchema(reader: string): string {
  return `
CREATE SCHEMA "Odd Schema";
CREATE SCHEMA zebra;
CREATE TYPE public.mood AS ENUM ('sad', 'it''s ok', 'happy');
CREATE DOMAIN public.email AS text COLLATE "C" DEFAULT 'nobody@example.org' NOT NULL
  CONSTRAINT has_at CHECK (VALUE LIKE '%@%') CHECK (length(VALUE) < 200);
CREATE TYPE "Odd Schema"."Pair" AS (left_side integer, "right side" character varying(20) COLLATE "C", feeling public.mood);
CREATE TYPE public.span AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE SEQUENCE public.tickets AS integer START WITH 100 INCREMENT BY 5 MAXVALUE 100000 CYCLE CACHE 3;
CREATE FUNCTION public.slug(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT lower(replace(value, ' ', '-')) $$;
CREATE FUNCTION public.next_ticket() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RETURN nextval('public.tickets'); END $$;
CREATE TABLE public.users (
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 2) PRIMARY KEY,
  name text NOT NULL,
  slugged text GENERATED ALWAYS AS (public.slug(name)) STORED,
  mail public.email,
  feeling public.mood DEFAULT 'happy',
  created_at timestamptz NOT NULL DEFAULT now(),
  born date DEFAULT '2000-01-01',
  ticket bigint DEFAULT public.next_ticket(),
  score numeric(10,2) DEFAULT 0 CHECK (score >= 0),
  tags text[] DEFAULT '{}',
  code text COLLATE "POSIX",
  data jsonb DEFAULT '{"a": "b\\\\c"}',
  moment timestamptz DEFAULT '2020-02-02 12:00:00+03',
  nick public.citext,
  length public.span,
  CONSTRAINT users_mail_key UNIQUE (mail) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT name_not_empty CHECK (name <> '')
) WITH (fillfactor = 80);
ALTER TABLE public.users ALTER COLUMN name SET STATISTICS 500;
ALTER TABLE public.users ALTER COLUMN data SET COMPRESSION pglz;
ALTER TABLE public.users ALTER COLUMN code SET STORAGE EXTERNAL;
ALTER TABLE public.users ADD CONSTRAINT unproven CHECK (born > '1900-01-01') NOT VALID;
CREATE TABLE "Odd Schema"."Order Line" (
  "Order ID" uuid NOT NULL DEFAULT gen_random_uuid(),
  line serial,
  user_id bigint REFERENCES public.users ON DELETE CASCADE ON UPDATE SET NULL,
  "select" integer DEFAULT 1,
  during tsrange,
  room integer,
  pair "Odd Schema"."Pair",
  PRIMARY KEY ("Order ID", line),
  UNIQUE NULLS NOT DISTINCT ("select", room),
  EXCLUDE USING gist (during WITH &&)
);
ALTER TABLE "Odd Schema"."Order Line" ADD CONSTRAINT by_line UNIQUE (line) INCLUDE ("select");
ALTER TABLE "Odd Schema"."Order Line" ADD CONSTRAINT later
  FOREIGN KEY (room) REFERENCES "Odd Schema"."Order Line" (line) NOT VALID;
${dependents(reader)}`;
}

/** What reads, guards or watches the tables above. */
function dependents(reader: string): string {
  return `
CREATE INDEX users_lower_name ON public.users (lower(name) text_pattern_ops DESC NULLS LAST) WHERE score > 0;
CREATE INDEX users_covering ON public.users USING btree (born, score DESC) INCLUDE (name) WITH (fillfactor = 70);
CREATE INDEX users_tags ON public.users USING gin (tags);
CREATE UNIQUE INDEX users_nick ON public.users (nick);
CREATE STATISTICS public.users_stats (dependencies) ON born, score FROM public.users;
CREATE TABLE public.events (id bigint NOT NULL, at timestamptz NOT NULL, kind text DEFAULT 'x', CHECK (id > 0))
  PARTITION BY RANGE (at);
CREATE TABLE public.events_2024 PARTITION OF public.events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE public.events_2025 PARTITION OF public.events (kind DEFAULT 'y')
  FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY HASH (id);
CREATE TABLE public.events_2025_y PARTITION OF public.events_2025 FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TABLE public.events_rest PARTITION OF public.events DEFAULT;
ALTER TABLE public.events ADD PRIMARY KEY (id, at);
CREATE INDEX events_kind ON public.events (kind);
CREATE INDEX only_2024 ON public.events_2024 (kind, id);
CREATE TABLE public.event_notes (event bigint, at timestamptz, note text, FOREIGN KEY (event, at) REFERENCES public.events);
CREATE TABLE public.animals (id integer PRIMARY KEY, name text NOT NULL, CONSTRAINT short CHECK (length(name) < 50));
ALTER TABLE public.events ADD COLUMN animal integer REFERENCES public.animals ON DELETE SET NULL;
CREATE TABLE public.birds (wings integer) INHERITS (public.animals);
CREATE UNLOGGED TABLE public.scratch (id integer);
CREATE TABLE public."no columns" ();
ALTER TABLE public.animals REPLICA IDENTITY FULL;
CREATE UNIQUE INDEX "Order Ident" ON "Odd Schema"."Order Line" ("Order ID", line);
ALTER TABLE "Odd Schema"."Order Line" REPLICA IDENTITY USING INDEX "Order Ident";
CREATE VIEW public.happy_users WITH (security_barrier = true) AS
  SELECT u.id, u.name AS label, count(l.line) AS lines FROM public.users u
  LEFT JOIN "Odd Schema"."Order Line" l ON l.user_id = u.id WHERE u.feeling = 'happy' GROUP BY u.id;
CREATE VIEW "Odd Schema"."View of view" AS SELECT label FROM public.happy_users WITH CASCADED CHECK OPTION;
CREATE MATERIALIZED VIEW public.names AS SELECT id, name FROM public.users WITH NO DATA;
CREATE UNIQUE INDEX names_id ON public.names (id);
CREATE FUNCTION public.users_named(public.users) RETURNS SETOF public.users LANGUAGE sql STABLE
  BEGIN ATOMIC SELECT * FROM public.users WHERE name = ($1).name; END;
CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN NEW.created_at := now(); RETURN NEW; END $body$;
CREATE PROCEDURE public.nothing(INOUT x integer DEFAULT 3) LANGUAGE plpgsql AS $$ BEGIN x := 1; END $$;
CREATE AGGREGATE public.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE TRIGGER touch BEFORE UPDATE OF name, mail ON public.users FOR EACH ROW
  WHEN (OLD.score IS DISTINCT FROM NEW.score) EXECUTE FUNCTION public.touch();
CREATE TRIGGER "Quiet" AFTER INSERT ON public.users FOR EACH STATEMENT EXECUTE FUNCTION public.touch();
ALTER TABLE public.users DISABLE TRIGGER "Quiet";
CREATE TRIGGER on_events BEFORE INSERT ON public.events FOR EACH ROW EXECUTE FUNCTION public.touch();
CREATE TRIGGER instead INSTEAD OF UPDATE ON public.happy_users FOR EACH ROW EXECUTE FUNCTION public.touch();
CREATE CONSTRAINT TRIGGER checked AFTER UPDATE ON public.animals DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION public.touch();
CREATE RULE no_delete AS ON DELETE TO public.scratch DO INSTEAD NOTHING;
ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.users FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON public.users FOR UPDATE TO ${reader} USING (name = current_user) WITH CHECK (score < 10);
CREATE POLICY "Not here" ON public.users AS RESTRICTIVE USING (true);
GRANT SELECT, INSERT ON public.users TO ${reader} WITH GRANT OPTION;
GRANT UPDATE (name, mail) ON public.users TO ${reader};
GRANT SELECT ON public.happy_users TO PUBLIC;
COMMENT ON TABLE public.users IS 'People, "quoted" and ''so''';
COMMENT ON COLUMN public.users.name IS E'Line one\\nline two \\\\ slash';
COMMENT ON CONSTRAINT name_not_empty ON public.users IS 'why';
COMMENT ON INDEX public.users_tags IS 'index';
COMMENT ON TRIGGER touch ON public.users IS 'trigger';
COMMENT ON VIEW public.happy_users IS 'view';
CREATE PUBLICATION news FOR TABLE public.animals;
CREATE TABLE godwit_not_ours (id integer);`;
}
