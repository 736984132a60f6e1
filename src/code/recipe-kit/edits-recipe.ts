import type { Finding } from '#core/finding';
import { applyEdits } from '../engine/apply-edits.ts';
import { withLineEndsOf } from '../engine/line-ends.ts';
import { isBroken, recipeFile } from '../engine/recipe-file.ts';
import type { RecipeRun, SourceTree } from '../engine/recipe-run.ts';
import type { FileChange } from '../text/file-change.ts';

type Edit = NonNullable<Finding['edit']>;
type Proposed = { readonly finding: Finding; readonly edit: Edit };

/**
 * The generic recipe: makes the edits that findings propose, mechanically. A finding without edit, or whose edit cannot be
 * made, stays open and is answered as `unresolved`: of two that overlap with different texts neither is made, an edit whose
 * `before` no longer stands there is stale, and a file whose syntax would break is left as it is and named in `faults`.
 */
export async function runEdits(findings: readonly Finding[], tree: SourceTree): Promise<RecipeRun> {
  const changes: FileChange[] = [];
  const unresolved: Finding[] = [];
  const faults: Finding[] = [];
  const byFile = new Map<string, Proposed[]>();
  for (const finding of findings) {
    const { file, edit } = finding;
    if (file === undefined || edit === undefined) unresolved.push(finding);
    else byFile.set(file, [...(byFile.get(file) ?? []), { finding, edit }]);
  }
  for (const [path, proposed] of [...byFile].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const answer = await tree.read(path);
    const done =
      'why' in answer
        ? { open: proposed.map(({ finding }) => open(finding, answer.why)) }
        : edited(path, answer.text, proposed);
    unresolved.push(...done.open);
    if ('fault' in done && done.fault !== undefined) faults.push(done.fault);
    if ('change' in done && done.change !== undefined) changes.push(done.change);
  }
  return { changes, unresolved, faults, passedOver: tree.passedOver, looked: byFile.size, gates: [], notes: [] };
}

type Edited = { readonly open: readonly Finding[]; readonly change?: FileChange; readonly fault?: Finding };

function edited(path: string, text: string, proposed: readonly Proposed[]): Edited {
  const fresh = proposed.filter(({ edit }) => text.slice(edit.offset, edit.offset + edit.length) === edit.before);
  const stale = proposed.filter((one) => !fresh.includes(one));
  const clashing = fresh.filter((one) => fresh.some((other) => clashes(one.edit, other.edit)));
  const free = fresh.filter((one) => !clashing.includes(one));
  const edits = free.map(({ edit: { offset, length, text: after } }) => ({
    offset,
    length,
    text: withLineEndsOf(text, after),
  }));
  const { text: after } = applyEdits(text, edits);
  const stays = [
    ...stale.map(({ finding }) => open(finding, 'The text that it would replace no longer stands there.')),
    ...clashing.map(({ finding }) => open(finding, 'Another edit wants to replace the same text with something else.')),
  ];
  const read = (one: string) => recipeFile(path, one.replace(/^\uFEFF/, ''));
  if (isBroken(read(after), read(text)))
    return { open: [...stays, ...free.map(({ finding }) => finding)], fault: broken(path) };
  return { open: stays, ...(after === text ? {} : { change: { path, before: text, after } }) };
}

function clashes(one: Edit, other: Edit): boolean {
  if (one === other || (one.offset === other.offset && one.length === other.length && one.text === other.text))
    return false;
  const isApart = one.offset + one.length <= other.offset || other.offset + other.length <= one.offset;
  const isSamePlace = one.offset === other.offset && one.length === other.length;
  return isSamePlace || !isApart;
}

function open(finding: Finding, why: string): Finding {
  const cure = finding.cure === undefined ? why : `${finding.cure} ${why}`;
  return { ...finding, cure };
}

function broken(path: string): Finding {
  return {
    rule: 'recipe/failed',
    severity: 'error',
    message: `The edits proposed for ${path} together do not parse.`,
    cure: 'The file was left as it is; make them one by one.',
    object: 'edits',
    file: path,
  };
}
