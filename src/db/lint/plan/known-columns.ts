import type { Fact, Plan } from '#core/plan';
import { quoteName, quoteQualified } from '../../drivers/postgres/quote.ts';

/**
 * Statements that say of the columns which a plan touches what the plan tells of them as they are: `public.users.name` is
 * `text NOT NULL; index users_name`. The tables have other columns besides, of which it tells nothing.
 */
export function knownColumns({ current }: Pick<Plan, 'current'>): readonly string[] {
  const tables = current.filter(({ detail }) => detail.startsWith('about '));
  return tables.flatMap((table) => {
    const name = qualified(table.subject);
    const columns = current.filter(({ subject }) => subject.startsWith(`${table.subject}.`));
    return name === undefined ? [] : columns.map((column) => addition(name, table, column));
  });
}

/** Names in which a dot stands cannot be told from a schema and a name. */
function qualified(subject: string): string | undefined {
  const [schema, name, more] = subject.split('.');
  return schema === undefined || name === undefined || more !== undefined
    ? undefined
    : quoteQualified({ schema, name });
}

function addition(table: string, { subject: whole }: Fact, { subject, detail }: Fact): string {
  const [definition] = detail.split(/; (?:constraint|index) /);
  return `ALTER TABLE ${table} ADD COLUMN ${quoteName(subject.slice(whole.length + 1))} ${definition};\n`;
}
