import { expect, it } from 'vitest';
import type { Finding } from '#core/finding';
import { memoryTree } from '../engine/memory-tree.ts';
import { runEdits } from './edits-recipe.ts';

const text = '\uFEFFimport { a } from "m";\r\na(a);\r\n';

function proposal(before: string, after: string, nth = 0): Finding {
  let offset = -1;
  for (let count = 0; count <= nth; count += 1) offset = text.indexOf(before, offset + 1);
  const edit = { offset, length: before.length, before, text: after };
  return { rule: 'api/renamed', severity: 'error', message: `${before} is ${after}`, file: 'x.ts', edit };
}

function run(...findings: readonly Finding[]) {
  return runEdits(findings, memoryTree({ 'x.ts': text }));
}

it('makes the edits that findings propose, the same one once', async () => {
  const { changes, unresolved } = await run(
    proposal('{ a }', '{\n  b\n}'),
    proposal('a(', 'b('),
    proposal('a(', 'b('),
    proposal('a)', 'b)'),
  );
  expect(changes).toEqual([{ path: 'x.ts', before: text, after: '\uFEFFimport {\r\n  b\r\n} from "m";\r\nb(b);\r\n' }]);
  expect(unresolved).toEqual([]);
});

it('makes neither of two that want the same text to be something else', async () => {
  const { changes, unresolved } = await run(proposal('a(a)', 'b(a)'), proposal('a)', 'c)'), proposal('{ a }', '{ b }'));
  expect(changes[0]?.after).toBe(text.replace('{ a }', '{ b }'));
  expect(unresolved.map(({ message }) => message)).toEqual(['a(a) is b(a)', 'a) is c)']);
  expect(unresolved[0]?.cure).toMatch(/Another edit/);
});

it('leaves open what has no edit, what is stale, and what is not there', async () => {
  const { edit: _, ...bare } = proposal('a(', 'b(');
  const stale = { ...proposal('a(', 'b('), edit: { offset: 1, length: 2, before: 'zz', text: '' } };
  const gone = { ...proposal('a(', 'b('), file: 'gone.ts' };
  const { changes, unresolved } = await run(bare, stale, gone);
  expect(changes).toEqual([]);
  expect(unresolved).toHaveLength(3);
});

it('leaves a file as it is that would no longer parse', async () => {
  const { changes, faults } = await run(proposal('{ a }', '{ a'));
  expect(changes).toEqual([]);
  expect(faults).toMatchObject([{ rule: 'recipe/failed', file: 'x.ts' }]);
});
