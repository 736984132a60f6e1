import { beforeAll, describe, expect, test } from 'vitest';
import { loadParser } from '../drivers/postgres/sql/syntax-tree.ts';
import { lintExample } from '../lint/lint-example.ts';
import { aliasesOf } from '../lint/make-finding.ts';
import type { Rule } from '../rule.ts';
import { unusedSuppression } from './hy/unused-suppression.ts';
import { rules } from './index.ts';

beforeAll(loadParser);

/** The comments that a rule of comments is about are about the other rules. */
function heard(rule: Rule): readonly Rule[] {
  return rule.id === unusedSuppression.id ? rules : [rule];
}

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test.each(rule.bad.map((example) => [example.sql, example] as const))('finds %s', (_sql, example) => {
    const found = lintExample(example, heard(rule)).filter((finding) => finding.rule === id);
    expect(found.map(({ line, message }) => `${line}: ${message}`)).toHaveLength(example.findings ?? 1);
  });

  test.each(rule.good.map((example) => [example.sql, example] as const))('is quiet on %s', (_sql, example) => {
    expect(lintExample(example, heard(rule)).filter((finding) => finding.rule === id)).toEqual([]);
  });

  test('says why, what instead, and shows both', () => {
    expect(rule.bad.length).toBeGreaterThan(0);
    expect(rule.good.length).toBeGreaterThan(0);
    for (const text of [rule.why, rule.instead]) expect(text).toMatch(/^[A-Z`].*[.)]$/s);
    expect(rule.summary).toMatch(/^[A-Z`].*[^.]$/s);
    expect(new Set(aliasesOf(rule)).size).toBe(aliasesOf(rule).length);
  });
});

test('files are passed over only by rules that have nothing to say of them', () => {
  const asked = rules.flatMap(({ onFileWith, ...rule }): readonly Rule[] => {
    const checkFile = rule.checkFile?.bind(rule);
    if (onFileWith === undefined || checkFile === undefined) return [];
    const looked: Rule['checkFile'] = (units, context) => {
      const hits = checkFile(units, context);
      if (!units.some(({ kind }) => onFileWith.includes(kind)))
        expect(hits, `${rule.id} ${context.file.text}`).toEqual([]);
      return hits;
    };
    return [{ ...rule, checkFile: looked }];
  });
  for (const example of rules.flatMap(({ bad }) => bad)) lintExample(example, asked);
});

test('ids are unique', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
});
