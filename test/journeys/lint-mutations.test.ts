import { beforeAll, expect, test } from 'vitest';
import { loadParser } from '#db/drivers/postgres/sql/syntax-tree';
import { exampleSchema } from '#db/lint/example-schema';
import { lintFiles } from '#db/lint/lint';
import { aliasesOf } from '#db/lint/make-finding';
import { ruleNames } from '#db/lint/suppression/rule-names';
import { applySuppressions } from '#db/lint/suppression/suppressions';
import { rules } from '#db/rules/index';
import { seed } from '../support/seed.ts';

beforeAll(loadParser);

const statements = 100_000;
const perFile = 20;

/** mulberry32: small, and the same everywhere for a seed. */
function chanceOf(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const texts = rules.flatMap(({ bad, good }) => [...bad, ...good].map(({ sql }) => sql));
const words = [
  ...new Set(texts.flatMap((text) => text.split(/(\s+|[(),;.])/)).filter((word) => word.trim() !== '')),
  ...["'", '"', '$$', '$x$', '--', '/*', '*/', ';', '\0', '\ud800', '😀', '::', '[', ']', '\\', '${a}', '{{b}}', ':c'],
  '-- godwit: ignore pg/truncate: because\n',
  '-- squawk-ignore-file\n',
];

test(`nothing that can be written crashes lint: ${statements} mutated statements, SEED=${seed}`, () => {
  const chance = chanceOf(seed);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(chance() * list.length)];
  const mutated = (): string => {
    const parts = (pick(texts) ?? '').split(/(\s+|[(),;.])/);
    for (let change = Math.floor(chance() * 4); change > 0; change -= 1) {
      const at = Math.floor(chance() * parts.length);
      const isCut = chance() < 0.4;
      parts.splice(at, isCut ? 1 : 0, ...(isCut ? [] : [pick(words) ?? '']));
    }
    return parts.join('');
  };
  const names = ruleNames(rules.map((rule) => ({ id: rule.id, aliases: aliasesOf(rule) })));
  let findings = 0;
  for (let made = 0; made < statements; made += perFile) {
    const text = Array.from({ length: perFile }, mutated).join(';\n');
    const file = {
      path: 'a.sql',
      text,
      parts: [{ start: 0, end: text.length, direction: 'up', transaction: 'unknown' }],
    } as const;
    const linted = lintFiles({
      files: [file],
      tool: 'plain',
      schema: chance() < 0.1 ? exampleSchema : undefined,
      majors: { from: 12, to: 18 },
      rules: rules.map((rule) => ({ rule, severity: rule.severity })),
      options: {},
      live: undefined,
    });
    for (const { findings: found, statements: places } of linted) {
      for (const { line = 0, column = 0, endLine = 0, endColumn = 0 } of found) {
        expect(line >= 1 && column >= 1 && (endLine > line || (endLine === line && endColumn >= column))).toBe(true);
      }
      findings += applySuppressions({ text, file: 'a.sql', statements: places, findings: found, names }).findings
        .length;
    }
  }
  expect(findings).toBeGreaterThan(statements / 10);
});
