import { existsSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { checkCase, readCases } from '../engine/recipe-cases.ts';
import { recipes } from './index.ts';

const { signal } = new AbortController();

describe.each(recipes.map((recipe) => [recipe.id, recipe] as const))('%s', (id, recipe) => {
  const folder = join(import.meta.dirname, id, 'cases');
  const cases = existsSync(folder) ? readCases(folder) : [];

  it('says what it applies to, in ranges that can be read', () => {
    for (const { from, to } of recipe.applies)
      expect([semver.validRange(from), semver.validRange(to)]).not.toContain(null);
  });

  it('shows what it does, and what it leaves alone', () => {
    expect(cases.filter(({ after }) => after !== undefined).length).toBeGreaterThan(0);
    expect(cases.filter(({ after }) => after === undefined).length).toBeGreaterThan(0);
  });

  it('names each transform once', () => {
    const ids = recipe.transforms.map((transform) => transform.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(cases.map((one) => [one.name, one] as const))('%s', async (_, one) => {
    expect((await checkCase(recipe, one, signal)) ?? 'as it should be').toBe('as it should be');
  });
});
