import { beforeAll, expect, it } from 'vitest';
import { normalConstraintDefinition, rewriteConstraintDefinition, rewriteIndexDefinition } from './definition.ts';
import { loadParser } from './syntax-tree.ts';

beforeAll(loadParser);

const renames = { name: 'full_name', id: 'user id', x: 'y' };

it.each([
  ['UNIQUE (name, id)', 'UNIQUE (full_name, "user id")'],
  ['UNIQUE NULLS NOT DISTINCT (name) INCLUDE (id)', 'UNIQUE NULLS NOT DISTINCT (full_name) INCLUDE ("user id")'],
  ['PRIMARY KEY (id) WITH (fillfactor=70)', 'PRIMARY KEY ("user id") WITH (fillfactor=70)'],
  ["CHECK (((name)::text <> 'name'::text)) NOT VALID", "CHECK (((full_name)::text <> 'name'::text)) NOT VALID"],
  ['CHECK ((NOT x) IS NULL)', 'CHECK ((NOT y) IS NULL)'],
  [
    'FOREIGN KEY (id, name) REFERENCES app.x(id, name) ON DELETE SET NULL (name) DEFERRABLE',
    'FOREIGN KEY ("user id", full_name) REFERENCES app.x(id, name) ON DELETE SET NULL (full_name) DEFERRABLE',
  ],
  ['FOREIGN KEY (name) REFERENCES x', 'FOREIGN KEY (full_name) REFERENCES x'],
  [
    'FOREIGN KEY (name) REFERENCES x ON DELETE SET DEFAULT (name)',
    'FOREIGN KEY (full_name) REFERENCES x ON DELETE SET DEFAULT (full_name)',
  ],
  [
    'EXCLUDE USING gist (name WITH =, lower(x) WITH &&) WHERE ((x > 0))',
    'EXCLUDE USING gist (full_name WITH =, lower(y) WITH &&) WHERE ((y > 0))',
  ],
])('%s is rewritten', (definition, expected) => {
  expect(rewriteConstraintDefinition(definition, renames)).toBe(expected);
});

it('the other side of a foreign key has names of its own', () => {
  const definition = 'FOREIGN KEY (id) REFERENCES users(id)';
  expect(rewriteConstraintDefinition(definition, {}, { id: 'uid' })).toBe('FOREIGN KEY (id) REFERENCES users(uid)');
  const table = { schema: 'App', name: 'people' };
  for (const written of ['users', 'app.users', '"App"."users"'])
    expect(rewriteConstraintDefinition(`FOREIGN KEY (id) REFERENCES ${written}(id) MATCH FULL`, {}, {}, table)).toBe(
      'FOREIGN KEY (id) REFERENCES "App"."people"(id) MATCH FULL',
    );
  expect(rewriteConstraintDefinition('FOREIGN KEY (id) REFERENCES x', {}, {}, table)).toBe(
    'FOREIGN KEY (id) REFERENCES "App"."people"',
  );
});

it.each([
  ['CREATE INDEX i ON public.users USING btree (name)', 'CREATE INDEX i ON public.users USING btree (full_name)'],
  [
    'CREATE UNIQUE INDEX i ON public.users USING btree (lower(name) text_pattern_ops DESC, x COLLATE "C") INCLUDE (id) NULLS NOT DISTINCT WITH (fillfactor=\'70\') WHERE (name IS NOT NULL)',
    'CREATE UNIQUE INDEX i ON public.users USING btree (lower(full_name) text_pattern_ops DESC, y COLLATE "C") INCLUDE ("user id") NULLS NOT DISTINCT WITH (fillfactor=\'70\') WHERE (full_name IS NOT NULL)',
  ],
  [
    "CREATE INDEX name ON x.name USING gin (((name || x)) gin_ops (x='1'))",
    "CREATE INDEX name ON x.name USING gin (((full_name || y)) gin_ops (x='1'))",
  ],
])('%s is rewritten', (definition, expected) => {
  expect(rewriteIndexDefinition(definition, { columns: renames })).toBe(expected);
});

it('an index is copied under another name and on another table', () => {
  const definition = 'CREATE UNIQUE INDEX users_name_idx ON public.users USING btree (name)';
  const copy = { name: 'Copy', table: { schema: 'app', name: 'people' }, isConcurrent: true, columns: renames };
  expect(rewriteIndexDefinition(definition, copy)).toBe(
    'CREATE UNIQUE INDEX CONCURRENTLY "Copy" ON "app"."people" USING btree (full_name)',
  );
});

it('spelling does not count when definitions are compared', () => {
  expect(normalConstraintDefinition('CHECK (age>0)')).toBe(normalConstraintDefinition('check ((AGE > 0))'));
  expect(normalConstraintDefinition('UNIQUE ("name")')).toBe(normalConstraintDefinition('unique(name)'));
});
