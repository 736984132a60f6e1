import { quoteName } from './quote.ts';

type Reader = { readonly user: string; readonly database: string };

/** What to grant a user for reading, from the server's own words for what it was refused. */
export function grantsForReading(message: string, { user, database }: Reader): string {
  const role = quoteName(user);
  const all = `From PostgreSQL 14 on, GRANT pg_read_all_data TO ${role}; is enough for all that is there and will be.`;
  if (/row-level security/.test(message))
    return `ALTER ROLE ${role} BYPASSRLS; lets it see all rows, as godwit has to: rows passed over silently would be a wrong answer.`;
  const [, kind = '', name = ''] = /^permission denied for (\w+(?: view| table)?) "?(.*?)"?$/.exec(message) ?? [];
  if (kind === 'database') return `GRANT CONNECT ON DATABASE ${quoteName(database)} TO ${role};`;
  if (kind === 'schema')
    return `GRANT USAGE ON SCHEMA ${quoteName(name)} TO ${role}; GRANT SELECT ON ALL TABLES IN SCHEMA ${quoteName(name)} TO ${role}; ${all}`;
  if (kind === 'function')
    return `GRANT EXECUTE ON FUNCTION ${name} TO ${role}; if it is to be called by what only reads.`;
  if (['table', 'view', 'materialized view', 'foreign table', 'sequence'].includes(kind))
    return `GRANT SELECT ON ${quoteName(name)} TO ${role}; with its schema before the name. ${all}`;
  return `Grant it to ${role}; \`godwit doctor\` lists what a user for reading needs.`;
}
