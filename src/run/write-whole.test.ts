import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeWhole } from './write-whole.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'godwit-whole-'));
  writeFileSync(join(folder, 'precious'), 'kept');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each(['PLAN.md', 'PLAN.md.new'])('never writes through a link that stands at %s', async (name) => {
  symlinkSync(join(folder, 'precious'), join(folder, name));
  await writeWhole(join(folder, 'PLAN.md'), 'new');
  expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('kept');
  expect(readFileSync(join(folder, 'PLAN.md'), 'utf8')).toBe('new');
  expect(lstatSync(join(folder, 'PLAN.md')).isSymbolicLink()).toBe(false);
  expect(existsSync(join(folder, 'PLAN.md.new'))).toBe(false);
});

it('takes the place of a draft that an interrupted run left', async () => {
  writeFileSync(join(folder, 'plan.json.new'), 'half');
  await writeWhole(join(folder, 'plan.json'), 'whole');
  expect(readFileSync(join(folder, 'plan.json'), 'utf8')).toBe('whole');
});
