import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { planOf, typicalShape } from '../../test/simulation/plans.ts';
import { readPlan, writePlan } from './plan-file.ts';

const plan = planOf(typicalShape);
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'godwit-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a plan comes back as it was written', async () => {
  const dir = join(folder, 'migrations', plan.id);
  await writePlan(dir, plan);
  expect(await readPlan(dir)).toEqual(plan);
  await writePlan(dir, plan);
});

it('a different plan is never overwritten', async () => {
  await writePlan(folder, plan);
  const other = planOf({ ...typicalShape, migrate: [] });
  await expect(writePlan(folder, other)).rejects.toMatchObject({ code: 'plan-exists' });
  expect(await readPlan(folder)).toEqual(plan);
});

it('a plan that was edited by hand is refused, whatever was edited', async () => {
  await writePlan(folder, plan);
  const file = join(folder, 'plan.json');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('"value": 7', '"value": 8'));
  await expect(readPlan(folder)).rejects.toMatchObject({ code: 'plan-edited', exitCode: 4 });
  writeFileSync(file, text.replace('Deploy the new application.', 'Do nothing.'));
  await expect(readPlan(folder)).rejects.toMatchObject({ code: 'plan-edited' });
});

it('what is not a plan is said to be none', async () => {
  const unreadable = { code: 'plan-unreadable' };
  await expect(readPlan(join(folder, 'nowhere'))).rejects.toMatchObject(unreadable);
  writeFileSync(join(folder, 'plan.json'), '{ not json');
  await expect(readPlan(folder)).rejects.toMatchObject(unreadable);
  writeFileSync(join(folder, 'plan.json'), '{"formatVersion": 2}');
  await expect(readPlan(folder)).rejects.toMatchObject(unreadable);
});
