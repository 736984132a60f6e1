import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readMigrations } from './migrations.ts';

let home = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'godwit-migrations-'));
  writeFileSync(join(home, 'package.json'), '{"name":"@angular/core"}');
});
afterAll(() => rmSync(home, { recursive: true }));

function read(document: unknown, from?: string, to?: string) {
  const file = join(home, 'migrations.json');
  writeFileSync(file, JSON.stringify(document));
  return readMigrations(file, { from, to });
}

const schematics = {
  early: { version: '16.0.0', factory: './a' },
  block: { version: '17.0.0', description: 'Adds blocks', factory: './b' },
  late: { version: '18.0.0', factory: './c' },
};

it('reads what a package of Angular brings, between two versions', () => {
  const found = read({ schematics }, '16.2.0', '17.3.1');
  expect(found).toMatchObject({
    tool: 'angular',
    package: '@angular/core',
    list: [{ name: 'block', version: '17.0.0', description: 'Adds blocks' }],
  });
  expect(found.line).toBe(
    'npx --no-install ng update @angular/core --migrate-only --allow-dirty --from=16.2.0 --to=17.3.1',
  );
});

it('reads what a package of Nx brings, and what nx migrate wrote', () => {
  expect(read({ generators: schematics }, '16', '18')).toMatchObject({
    tool: 'nx',
    list: [{ name: 'block' }, { name: 'late' }],
  });
  const written = read({ migrations: [{ package: '@nx/js', name: 'one', version: '17.0.0', cli: 'nx' }] });
  expect(written).toMatchObject({
    tool: 'nx',
    list: [{ name: 'one' }],
    line: 'npx --no-install nx migrate --run-migrations=migrations.json',
  });
});

it.each([
  ['another document', { name: 'x' }, '1', '2'],
  ['a package without versions', { schematics }, undefined, undefined],
])('refuses %s', (_, document, from, to) => {
  expect(() => read(document, from, to)).toThrow(/cannot be run/);
});
