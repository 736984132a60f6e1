import { Client } from 'pg';

/**
 * The method that pgroll publishes (xataio/pgroll, pkg/backfill at v0.12: templates/sql.go and function.go): a row
 * trigger copies every column of the row into variables, reads search_path and fills the new column, and a loop of one
 * statement a transaction locks the next 1,000 rows in the order of the key and sets their key to itself, so that the
 * trigger fires. Favourably to it only the trigger of one direction is there (pgroll has two at that time).
 */
export const pgrollSetup: readonly string[] = [
  'ALTER TABLE users ADD COLUMN _pgroll_needs_backfill boolean DEFAULT true',
  `CREATE OR REPLACE FUNCTION _pgroll_trigger_users() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      "id" public.users.id%TYPE := NEW."id";
      "name" public.users.name%TYPE := NEW."name";
      "email" public.users.email%TYPE := NEW."email";
      "created_at" public.users.created_at%TYPE := NEW."created_at";
      latest_schema text;
      search_path text;
    BEGIN
      SELECT current_setting INTO search_path FROM current_setting('search_path');
      IF search_path != 'public_02_full_name' THEN
        NEW."full_name" = "name";
        NEW."_pgroll_needs_backfill" = false;
      END IF;
      RETURN NEW;
    END; $$`,
  'CREATE TRIGGER _pgroll_trigger_users BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION _pgroll_trigger_users()',
];

const batchRows = 1_000;

/** Fills `full_name` of all rows. */
export async function pgrollStyle(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let last: string | undefined;
    do {
      await client.query('BEGIN');
      const { rows } = await client.query<{ last: string }>(batch(last));
      await client.query('COMMIT');
      last = rows[0]?.last;
    } while (last !== undefined);
  } finally {
    await client.end();
  }
}

function batch(last: string | undefined): string {
  return `WITH batch AS (
    SELECT "id" FROM "users" WHERE "_pgroll_needs_backfill" = true ${last === undefined ? '' : `AND ("id") > ('${last}')`}
    ORDER BY "id" LIMIT ${batchRows} FOR NO KEY UPDATE
  ), update AS (
    UPDATE "users" SET "id" = "users"."id" FROM batch WHERE "users"."id" = batch."id" RETURNING "users"."id"
  )
  SELECT LAST_VALUE("id") OVER () AS last FROM update LIMIT 1`;
}
