/**
 * The schema on which the examples of all rules stand: what is there before a migration. Tests fill it with rows and run
 * every example on a real server. An example needs something else only where this does not have it (`given`).
 */
export const exampleSchema = `
CREATE TYPE order_status AS ENUM ('open', 'paid', 'sent');
CREATE DOMAIN email_address AS text;
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);

CREATE TABLE countries (
  code char(2) PRIMARY KEY,
  name text NOT NULL
);

CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text,
  email varchar(100) NOT NULL,
  contact email_address,
  age integer,
  country char(2),
  balance numeric(10, 2) NOT NULL DEFAULT 0,
  code varchar(20),
  settings jsonb,
  created_at timestamp NOT NULL DEFAULT now(),
  updated_at timestamptz,
  CONSTRAINT users_age_check CHECK (age > 0)
);
CREATE UNIQUE INDEX users_email_key ON users (email);
CREATE INDEX users_name_index ON users (name);

CREATE TABLE orders (
  id bigint PRIMARY KEY,
  user_id bigint,
  status order_status NOT NULL DEFAULT 'open',
  total integer NOT NULL,
  note text,
  placed_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT orders_user_fkey FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX orders_user_index ON orders (user_id);
CREATE INDEX orders_placed_index ON orders (placed_at);

CREATE TABLE items (
  id bigint PRIMARY KEY,
  order_id bigint NOT NULL,
  quantity integer NOT NULL,
  price numeric(10, 2) NOT NULL
);

CREATE TABLE events (
  id bigint NOT NULL,
  happened_on date NOT NULL,
  kind text NOT NULL,
  payload jsonb
) PARTITION BY RANGE (happened_on);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 (LIKE events);

CREATE TABLE logs (
  id bigint NOT NULL,
  written_on date NOT NULL,
  line text
) PARTITION BY RANGE (written_on);
CREATE TABLE logs_2025 PARTITION OF logs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE logs_default PARTITION OF logs DEFAULT;

CREATE TABLE notes (
  id bigint,
  body text
);

CREATE VIEW user_names AS SELECT id, name FROM users;
CREATE MATERIALIZED VIEW order_totals AS SELECT user_id, sum(total) AS total FROM orders GROUP BY user_id;
CREATE UNIQUE INDEX order_totals_user ON order_totals (user_id);
CREATE SEQUENCE invoice_numbers;

CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.updated_at := now(); RETURN NEW; END $$;
CREATE FUNCTION pick() RETURNS integer LANGUAGE sql VOLATILE AS $$ SELECT floor(random() * 10)::integer $$;
CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
`;
