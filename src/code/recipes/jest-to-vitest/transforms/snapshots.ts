import { applyEdits } from '../../../engine/apply-edits.ts';
import { nodesBelow, parseSource } from '../../../engine/compiler-tree.ts';
import type { TextEdit, TreeEdit, TreeTransform, TreeUnresolved } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { calledGlobal } from '../../../vitest/source-names.ts';
import { testNames } from '../reading/test-file.ts';

const jestHead = /^\/\/ Jest Snapshot v1, https:\/\/\S+/;
const vitestHead = '// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html';

/** Files of snapshots. */
export const snapshots: TreeTransform = {
  kind: 'tree',
  id: 'snapshots',
  why: 'Vitest joins the names of suites and tests with ` > ` where Jest has a space, so that snapshots are found by other names (Migrating from Jest, expect.getState().currentTestName).',
  async transform(tree) {
    const edits: TreeEdit[] = [];
    const unresolved: TreeUnresolved[] = [];
    for (const path of tree.paths.filter((one) => one.endsWith('.snap'))) {
      const text = (await tree.read(path))?.text;
      const [head] = jestHead.exec(text ?? '') ?? [];
      if (text === undefined || head === undefined) continue;
      const test = path.replace(/__snapshots__\/([^/]+)\.snap$/, '$1');
      const names = namesIn(test, (await tree.read(test))?.text ?? '');
      const open: TreeUnresolved[] = [];
      const own: TextEdit[] = [{ offset: 0, length: head.length, text: vitestHead }];
      for (const { index, 0: whole, 1: key = '', 2: count = '' } of text.matchAll(
        /^exports\[`((?:[^`\\]|\\[\s\S])*?) (\d+)`\]/gm,
      )) {
        const made = renamedKey(key, names);
        if (made === undefined)
          open.push({
            path,
            offset: index,
            length: whole.length,
            message: `No test of ${test} is found for this snapshot, so that its name stays.`,
            cure: 'Its name is computed, or the test is gone: write the snapshot anew with `vitest run -u`.',
          });
        else if (made !== key) own.push({ offset: index, length: whole.length, text: `exports[\`${made} ${count}\`]` });
      }
      edits.push({ kind: 'edit', path, edits: own });
      const { moved } = applyEdits(text, own);
      unresolved.push(...open.map((one) => ({ ...one, offset: moved(one.offset) })));
    }
    return { edits, unresolved };
  },
};

type Name = { readonly joined: string; readonly parts: readonly string[] };

/** A hint given to the assertion follows the name of the test, which Jest ends with a colon, and Vitest takes as one more part. */
function renamedKey(key: string, names: readonly Name[]): string | undefined {
  const found = names.find(({ joined }) => key === joined || key.startsWith(`${joined}: `));
  if (found === undefined) return undefined;
  const hint = key === found.joined ? [] : [key.slice(found.joined.length + 2)];
  return [...found.parts, ...hint].join(' > ');
}

/** Full names of the tests of a file whose titles are written out; longest first. */
function namesIn(path: string, text: string): readonly Name[] {
  const found: Name[] = [];
  for (const node of nodesBelow(parseSource(path, text))) {
    if (!ts.isCallExpression(node) || !testNames.has(calledGlobal(node) ?? '')) continue;
    const title = titleOf(node);
    if (title === undefined) continue;
    const parts = [...suitesAround(node), title];
    if (!parts.includes(undefined)) found.push({ joined: parts.join(' '), parts: parts.flatMap((one) => one ?? []) });
  }
  return found.toSorted((one, other) => other.joined.length - one.joined.length);
}

function suitesAround(node: ts.Node): readonly (string | undefined)[] {
  const suites: (string | undefined)[] = [];
  for (let at = node.parent; at !== undefined; at = at.parent)
    if (ts.isCallExpression(at) && /describe$/.test(calledGlobal(at) ?? '') && at.arguments.length > 1)
      suites.unshift(titleOf(at));
  return suites;
}

/** As the key holds it: within backticks. */
function titleOf({ arguments: [title] }: ts.CallExpression): string | undefined {
  if (title === undefined || !ts.isStringLiteralLike(title)) return undefined;
  return title.text.replaceAll(/[`\\]|\$\{/g, (one) => `\\${one}`);
}
