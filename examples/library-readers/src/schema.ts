import { bigint, pgTable, text } from 'drizzle-orm/pg-core';

export const readers = pgTable('readers', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  name: text().notNull(),
  email: text('email').notNull(),
});
