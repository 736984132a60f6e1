import type * as TypeScript from 'typescript';
import { applyEdits } from '../../engine/apply-edits.ts';
import { declaredNames } from '../../engine/declared-names.ts';
import { importEdits } from '../../engine/import-edits.ts';
import { type TypedTree, typedTree } from '../../engine/typed-tree.ts';
import type { TextEdit } from '../../recipe.ts';
import { decide, type Outlook } from './deciding/decide.ts';
import type { LodashTree } from './reading/lodash-tree.ts';
import { type LodashFile, lodashFile } from './reading/lodash-uses.ts';
import { methodNames } from './reading/method-names.ts';

/** The tree when nothing more can be replaced. */
export type Settled = {
  readonly texts: ReadonlyMap<string, string>;
  readonly files: readonly LodashFile[];
  outlookOf(path: string): Outlook;
};

/** Calls within calls of lodash need a round for each level. */
const roundsMax = 40;

/**
 * Replaces what can be, the innermost first: its native form tells the compiler more than lodash did. Then the names that
 * nothing uses go. Pure.
 */
export function settle(read: LodashTree): Settled {
  const texts = new Map(read.texts);
  let before: TypedTree | undefined;
  for (let round = 0; ; round += 1) {
    const tree = typedTree(texts, { roots: read.files, before });
    const files = filesOf(read, tree);
    const outlooks = new Map(files.map((file) => [file.path, outlookOf(file, { read, tree })]));
    const outlook = (path: string): Outlook => outlooks.get(path) ?? never(path);
    const isChanged = round < roundsMax && changed(texts, files, outlook);
    if (!isChanged) return { texts, files, outlookOf: outlook };
    before = tree;
  }
}

function never(path: string): never {
  throw new Error(`${path} is none of the files that were read.`);
}

function filesOf({ files, otherVersion }: LodashTree, tree: TypedTree): readonly LodashFile[] {
  const reading = { checker: tree.checker, methods: methodNames, otherVersion };
  return files.flatMap((path) => {
    const source = tree.sourceOf(path);
    return source === undefined ? [] : [lodashFile(path, source, reading)];
  });
}

function outlookOf(file: LodashFile, { read, tree }: { readonly read: LodashTree; readonly tree: TypedTree }): Outlook {
  const { path, source, uses } = file;
  const methods = new Map<TypeScript.Expression, string>(
    uses.flatMap((use) => (use.kind === 'call' ? [[use.call.expression, use.method] as const] : [])),
  );
  const target = read.targetOf(path);
  const isTypeScript = /\.[cm]?tsx?$/.test(path);
  const isTrusted = isTypeScript && (target.isStrict || read.granted.has('true-types'));
  return {
    tree,
    isTrusted,
    isTypeScript,
    assumed: new Map(),
    methodOf: (callee) => methods.get(callee),
    premises: read.premises,
    year: isTypeScript ? Math.min(target.year, target.libraryYear) : target.year,
    declared: declaredNames(source),
  };
}

/** Lays the edits of one round; false where there are none. */
function changed(
  texts: Map<string, string>,
  files: readonly LodashFile[],
  outlookOf: (path: string) => Outlook,
): boolean {
  let count = 0;
  for (const file of files) {
    const decided = file.uses.flatMap((use) => {
      const decision = decide(use, outlookOf(file.path));
      return 'edit' in decision ? [decision.edit] : [];
    });
    const edits = decided.length > 0 ? innermost(decided) : importEdits(file);
    if (edits.length > 0) texts.set(file.path, applyEdits(file.source.text, edits).text);
    count += edits.length;
  }
  return count > 0;
}

function innermost(edits: readonly TextEdit[]): readonly TextEdit[] {
  const isWithin = (inner: TextEdit, outer: TextEdit): boolean =>
    inner !== outer && inner.offset >= outer.offset && inner.offset + inner.length <= outer.offset + outer.length;
  return edits.filter((outer) => !edits.some((inner) => isWithin(inner, outer)));
}
