import type { SgNode } from '@ast-grep/napi';
import { replaceNode, spanOf } from '../../../engine/edit-node.ts';
import { findKinds } from '../../../engine/find-kinds.ts';
import { usesOf } from '../../../engine/scope.ts';
import { type FileTransform, type RecipeFile, sourceFiles, type TextEdit, type Unresolved } from '../../../recipe.ts';
import { importEdits, importedAs, statementAround } from '../editing/import-edits.ts';
import { removeWithGap } from '../editing/style.ts';
import { droppedBy } from '../editing/unused-imports.ts';
import { type ExportUse, exportUsesOf, moduleBindingsOf } from '../reading/export-uses.ts';
import { isReact } from '../reading/names.ts';
import { argumentsOf, callOf } from '../reading/places.ts';

/** `createFactory` becomes `createElement` where the factory is called, and an element where it never is. */
export const createFactories: FileTransform = {
  kind: 'file',
  id: 'create-factories',
  why: 'React 19 has no `createFactory`.',
  files: sourceFiles,
  mentions: ['createFactory'],
  transform(file, context) {
    const root = file.root();
    const uses = exportUsesOf(root, isReact).filter(
      ({ name, node }) => name === 'createFactory' && callOf(node)?.id() !== undefined,
    );
    const others = exportUsesOf(root, isReact).filter(
      ({ name, node }) =>
        name === 'createFactory' && callOf(node) === undefined && callOf(node.parent() ?? node) === undefined,
    );
    const edits: TextEdit[] = [];
    const gone = new Set<number>();
    let needsElement = false;
    for (const use of uses) {
      const made = rewritten(use, file);
      if (made === undefined) continue;
      edits.push(...made.edits);
      gone.add(use.node.id());
      needsElement ||= made.needsElement;
    }
    if (gone.size > 0) {
      const bindings = moduleBindingsOf(root, isReact);
      const drop = droppedBy(bindings, gone, {
        ...context,
        params: { ...context.params, 'emptied-imports': 'remove' },
      });
      const keeps =
        needsElement &&
        drop.some((binding) => usesOf(binding.node).some((one) => one.parent()?.is('member_expression') === true));
      const there = importedAs(root, { module: 'react', imported: 'createElement', isType: false }, drop);
      const isByName = uses.some(({ form, node }) => form === 'named' && gone.has(node.id()));
      const add =
        needsElement && isByName && there === undefined
          ? [{ module: 'react', imported: 'createElement', local: 'createElement', isType: false }]
          : [];
      const [first] = drop;
      const at = first === undefined ? {} : { at: { near: statementAround(first), side: 'after' as const } };
      edits.push(...importEdits(root, { drop: keeps ? [] : drop, add, ...at }));
    }
    return { edits, unresolved: others.map(leftOpen) };
  },
};

type Made = { readonly edits: readonly TextEdit[]; readonly needsElement: boolean };

/** Undefined for `createFactory()` without one plain argument. */
function rewritten(use: ExportUse, file: RecipeFile): Made | undefined {
  const call = callOf(use.node);
  const [type, ...more] = call === undefined ? [] : argumentsOf(call);
  if (call === undefined || type === undefined || more.length > 0 || !isPlain(type)) return undefined;
  const creates = `${use.node.text().slice(0, -'createFactory'.length)}createElement`;
  const create = use.form === 'named' ? 'createElement' : creates;
  const outer = callOf(call);
  if (outer !== undefined) return { edits: calledAs(outer, create, type), needsElement: true };
  const declarator = call.parent();
  const name = declarator?.is('variable_declarator') === true ? declarator.field('name') : null;
  const bound: Made = { edits: [replaceNode(call, `${create}.bind(null, ${type.text()})`)], needsElement: true };
  const declaration = declarator?.parent();
  if (name?.is('identifier') !== true || declaration?.parent()?.is('export_statement') === true) return bound;
  const calls = usesOf(name).map(callOf);
  if (calls.length === 0)
    return { edits: [replaceNode(call, elementText(type, file, create))], needsElement: !hasMarkup(file) };
  if (calls.some((one) => one === undefined)) return bound;
  const inlined = calls.flatMap((one) => (one === undefined ? [] : calledAs(one, create, type)));
  const isAlone = declaration?.namedChildren().length === 1;
  return isAlone && declaration != null
    ? { edits: [...inlined, removeWithGap(declaration)], needsElement: true }
    : bound;
}

function isPlain(type: SgNode): boolean {
  return type.is('identifier') || type.is('string') || type.is('member_expression');
}

function calledAs(call: SgNode, create: string, type: SgNode): readonly TextEdit[] {
  const callee = call.field('function');
  const list = call.field('arguments');
  if (callee === null || list === null) return [];
  const hasMore = argumentsOf(call).length > 0;
  return [
    replaceNode(callee, create),
    { offset: list.range().start.index + 1, length: 0, text: `${type.text()}${hasMore ? ', ' : ''}` },
  ];
}

/** Files that may hold markup; in a file of plain TypeScript `<a />` is something else. */
function hasMarkup({ language, path, root }: RecipeFile): boolean {
  if (language === 'tsx' || path.endsWith('.jsx')) return true;
  if (language === 'typescript') return false;
  return findKinds(root(), ['jsx_element', 'jsx_self_closing_element']).length > 0;
}

function elementText(type: SgNode, file: RecipeFile, create: string): string {
  const name = type.is('string') ? type.text().slice(1, -1) : type.text();
  const isTag = type.is('string') ? /^[a-z][\w-]*$/.test(name) : /^[A-Z_$]|\./.test(name);
  return hasMarkup(file) && isTag ? `<${name} />` : `${create}(${type.text()})`;
}

function leftOpen({ node }: ExportUse): Unresolved {
  return {
    ...spanOf(node),
    message: `\`${node.text()}\` is gone in React 19, and what it is used for cannot be seen.`,
    cure: 'Use JSX, or a function that calls `createElement`.',
    symbol: 'createFactory',
    evidence: 'React 19 Upgrade Guide, “Removed: React.createFactory”',
  };
}
