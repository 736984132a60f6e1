/** Rows in users and in orders: enough that a scan or a rewrite is seen, few enough to be made in no time. */
export const manyRows = 2000;
const someRows = 300;

/**
 * Fills `exampleSchema`. No column has a NULL, `id`, `name`, `email` and `code` of users are unique, countries exist,
 * codes are short numbers, ages fit every integer type, no order has been sent, and the default partition of logs only
 * has lines of 2031: what an example adds (a constraint, a key, a narrower type, a partition) fits these rows, so that
 * it is what the example shows that decides.
 */
export const exampleRows = `
INSERT INTO countries (code, name)
  SELECT code, 'Land ' || code FROM unnest(ARRAY['AT', 'CH', 'DE', 'FR', 'IT', 'NL', 'SE', 'US']) AS code;
INSERT INTO users (name, email, contact, age, country, balance, code, settings, created_at, updated_at)
  SELECT 'user ' || i, 'user' || i || '@example.org', 'contact' || i || '@example.org', 18 + i % 60,
    (ARRAY['AT', 'CH', 'DE', 'FR', 'IT', 'NL', 'SE', 'US'])[1 + i % 8], i % 1000 + 0.25, i::text,
    jsonb_build_object('theme', CASE i % 2 WHEN 0 THEN 'dark' ELSE 'light' END, 'n', i),
    timestamp '2024-01-01' + i * interval '1 hour', timestamptz '2025-01-01 00:00+00' + i * interval '1 hour'
  FROM generate_series(1, ${manyRows}) AS i;
INSERT INTO orders (id, user_id, status, total, note, placed_at)
  SELECT i, 1 + i % ${manyRows}, (CASE i % 3 WHEN 0 THEN 'open' ELSE 'paid' END)::order_status, i % 500 + 1, 'note ' || i,
    timestamptz '2025-01-01 00:00+00' + i * interval '1 minute'
  FROM generate_series(1, ${manyRows}) AS i;
INSERT INTO items (id, order_id, quantity, price)
  SELECT i, i, 1 + i % 9, i + 0.5 FROM generate_series(1, ${someRows}) AS i;
INSERT INTO events (id, happened_on, kind, payload)
  SELECT i, date '2024-01-01' + i, 'kind ' || i % 5, jsonb_build_object('n', i) FROM generate_series(1, 2 * ${someRows}) AS i;
INSERT INTO events_2026 (id, happened_on, kind, payload)
  SELECT 10000 + i, date '2026-01-01' + i, 'kind ' || i % 5, jsonb_build_object('n', i) FROM generate_series(1, ${someRows}) AS i;
INSERT INTO logs (id, written_on, line)
  SELECT i, date '2025-01-01' + i, 'line ' || i FROM generate_series(1, ${someRows}) AS i;
INSERT INTO logs (id, written_on, line)
  SELECT 10000 + i, date '2031-01-01' + i, 'line ' || i FROM generate_series(1, ${someRows}) AS i;
INSERT INTO notes (id, body) SELECT i, 'body ' || i FROM generate_series(1, ${someRows}) AS i;
REFRESH MATERIALIZED VIEW order_totals;
`;
