import { isBuiltin } from 'node:module';
import type { SgNode } from '@ast-grep/napi';
import { spanOf } from '../../../engine/edit-node.ts';
import { usesOf } from '../../../engine/scope.ts';
import type { RecipeFile, TextEdit, TreeEdit, TreeTransform, TreeUnresolved, TreeView } from '../../../recipe.ts';
import { readConfigs, settingsOf, textOf } from '../reading/configs.ts';
import { filesOfProgram } from '../reading/program-files.ts';
import { isNodeModule } from '../reading/programs.ts';

/** `import * as x` of something that is called becomes its default import. */
export const namespaceImports: TreeTransform = {
  kind: 'tree',
  id: 'namespace-imports',
  why: '`esModuleInterop` cannot be off any more: a namespace is an object then, and not what the module exports, so it can neither be called nor constructed (release notes of 6.0, "Deprecated: --esModuleInterop false").',
  async transform(tree) {
    const edits: TreeEdit[] = [];
    const unresolved: TreeUnresolved[] = [];
    for (const path of await filesWithoutInterop(tree)) {
      const file = await tree.read(path);
      if (file === undefined || !/\bimport\s*\*\s*as\b/.test(file.text)) continue;
      const found = importsOf(file);
      if (found.edits.length > 0) edits.push({ kind: 'edit', path, edits: found.edits });
      unresolved.push(...found.left.map((item) => ({ path, ...item })));
    }
    return { edits, unresolved };
  },
};

/** Sources that were compiled with interoperation off: it was so where nothing was said, but for Node's own formats. */
async function filesWithoutInterop(tree: TreeView): Promise<readonly string[]> {
  const paths = new Set<string>();
  for (const program of (await readConfigs(tree)).programs) {
    const settings = settingsOf(program);
    const module = textOf(settings, 'module') ?? '';
    if (settings.get('esModuleInterop')?.value === true) continue;
    if (!settings.has('esModuleInterop') && (isNodeModule(module) || module === 'preserve')) continue;
    for (const path of (await filesOfProgram(tree, program)).files) if (/\.([cm]?ts|tsx)$/.test(path)) paths.add(path);
  }
  return [...paths].sort();
}

type Found = { readonly edits: readonly TextEdit[]; readonly left: readonly Omit<TreeUnresolved, 'path'>[] };

function importsOf(file: RecipeFile): Found {
  const edits: TextEdit[] = [];
  const left: Omit<TreeUnresolved, 'path'>[] = [];
  for (const namespace of file.root().findAll({ rule: { kind: 'namespace_import' } })) {
    const name = namespace.find({ rule: { kind: 'identifier' } });
    const clause = namespace.parent();
    const specifier = clause?.parent()?.field('source')?.text().slice(1, -1);
    if (name === null || clause === null || specifier === undefined) continue;
    const uses = usesOf(name);
    const isCalled = uses.some(isCallee);
    const isBare = uses.some((use) => isBareValue(use));
    if (!isCalled && !(isBare && isBuiltin(specifier))) continue;
    if (clause.namedChildren().length === 1) edits.push({ ...spanOf(namespace), text: name.text() });
    else
      left.push({
        ...spanOf(namespace),
        message: `\`${name.text()}\` is called, and a namespace of ${specifier} cannot be.`,
        cure: `Import the default of ${specifier} instead; here it is imported already.`,
        evidence: 'Release notes of TypeScript 6.0, "Deprecated: --esModuleInterop false".',
      });
  }
  return { edits, left };
}

function isCallee(use: SgNode): boolean {
  const parent = use.parent();
  if (parent === null) return false;
  const callee = parent.is('call_expression')
    ? parent.field('function')
    : parent.is('new_expression')
      ? parent.field('constructor')
      : null;
  return callee?.id() === use.id();
}

/** True where the namespace itself is handed on, and not a member of it. */
function isBareValue(use: SgNode): boolean {
  const parent = use.parent();
  return (
    parent?.is('arguments') === true ||
    parent?.is('variable_declarator') === true ||
    use.is('shorthand_property_identifier')
  );
}
