import type { SgNode } from '@ast-grep/napi';
import type { Binding } from '../../../engine/bindings.ts';
import { specifiersOf } from '../../../engine/bindings.ts';
import { replaceNode, spanOf } from '../../../engine/edit-node.ts';
import { usesOf } from '../../../engine/scope.ts';
import { type FileTransform, sourceFiles, type TextEdit, type Unresolved } from '../../../recipe.ts';
import { canJoin, importEdits, importedAs, type NewName, statementAround } from '../editing/import-edits.ts';
import { styleOf } from '../editing/style.ts';
import { type ExportUse, exportUsesOf, isWhole, moduleBindingsOf } from '../reading/export-uses.ts';
import { freeName, takenNames } from '../reading/names.ts';

const isTestUtils = (specifier: string): boolean => /^react-dom\/test-utils(\.js)?$/.test(specifier);
const evidence = 'React 19 Upgrade Guide, “Removed: react-dom/test-utils”';

/** `act` comes from `react`; everything else of `react-dom/test-utils` is gone and is reported. */
export const actImports: FileTransform = {
  kind: 'file',
  id: 'act-imports',
  why: '`act` moved from `react-dom/test-utils` to `react`; the other utilities of that module throw in React 19.',
  files: sourceFiles,
  mentions: ['react-dom/test-utils'],
  transform(file) {
    const root = file.root();
    const uses = exportUsesOf(root, isTestUtils);
    const bindings = moduleBindingsOf(root, isTestUtils);
    const members = uses.filter(({ form, name }) => form === 'member' && name === 'act');
    const named = bindings.filter((binding) => binding.imported === 'act');
    const whole = bindings.filter(isWhole);
    const edits: TextEdit[] = [...reexports(root)];
    const freed = whole.filter(
      (binding) =>
        usesOf(binding.node).every((use) => members.some(({ node }) => node.id() === use.parent()?.id())) &&
        usesOf(binding.node).length > 0,
    );
    const moved = namesOf(root, { named, members, freed });
    for (const use of members) edits.push(replaceNode(headOf(use), moved.head));
    edits.push(...moved.edits);
    return { edits, unresolved: others(uses, bindings) };
  },
};

/** Of `TestUtils.act` the part before `act`. */
function headOf({ node, last }: ExportUse): SgNode {
  return node.children().find((child) => child.id() !== last.id()) ?? node;
}

type Moves = {
  readonly named: readonly Binding[];
  readonly members: readonly ExportUse[];
  readonly freed: readonly Binding[];
};

function namesOf(
  root: SgNode,
  { named, members, freed }: Moves,
): { readonly head: string; readonly edits: readonly TextEdit[] } {
  const [first] = [...named, ...freed];
  const head = wholeReact(root) ?? freeName('React', takenNames(root));
  const drop = [...named, ...freed];
  if (first === undefined && members.length === 0) return { head, edits: [] };
  const add: NewName[] = [];
  for (const { local } of named) {
    const there = importedAs(root, { module: 'react', imported: 'act', isType: false });
    if (there !== local) add.push({ module: 'react', imported: 'act', local, isType: false });
  }
  const isNew = members.length > 0 && wholeReact(root) === undefined;
  const [alone] = drop;
  const statement = alone === undefined ? undefined : statementAround(alone);
  if (alone !== undefined && statement !== undefined && canChangeModule(root, alone, statement, drop, isNew)) {
    const edits = [replaceNode(alone.specifier, `${alone.specifier.text()[0]}react${alone.specifier.text()[0]}`)];
    return { head, edits: isNew ? [...edits, replaceNode(alone.node, head)] : edits };
  }
  if (isNew) add.push({ module: 'react', imported: importedForm(freed), local: head, isType: false });
  const near = statement ?? undefined;
  return {
    head,
    edits: importEdits(root, {
      drop,
      add,
      ...(near?.parent()?.is('program') === true ? { at: { near, side: 'before' } } : {}),
    }),
  };
}

function importedForm([first]: readonly Binding[]): string {
  return first?.imported ?? '*';
}

function wholeReact(root: SgNode): string | undefined {
  return moduleBindingsOf(root, (name) => name === 'react').find((one) => isWhole(one) && !one.isTypeOnly)?.local;
}

/** The only name of its statement stays where it is, and only the module changes; where `react` is imported, it joins that. */
function canChangeModule(
  root: SgNode,
  alone: Binding,
  statement: SgNode,
  drop: readonly Binding[],
  isNew: boolean,
): boolean {
  if (drop.length !== 1) return false;
  const siblings = moduleBindingsOf(root, isTestUtils).filter((one) => statementAround(one).id() === statement.id());
  const hasReact = canJoin(root, { module: 'react', imported: 'act', local: 'act', isType: false });
  return siblings.length === 1 && (isWhole(alone) ? isNew : !hasReact);
}

function reexports(root: SgNode): readonly TextEdit[] {
  return specifiersOf(root, isTestUtils).flatMap((specifier): readonly TextEdit[] => {
    const statement = specifier.parent();
    if (statement?.is('export_statement') !== true) return [];
    const clause = statement.namedChildren().find((one) => one.kind() === 'export_clause');
    const names = clause?.namedChildren() ?? [];
    const { quote, semicolon } = styleOf(root, statement);
    if (clause !== undefined) {
      const isAct = names.length > 0 && names.every((one) => one.field('name')?.text() === 'act');
      return isAct ? [replaceNode(specifier, `${quote}react${quote}`)] : [];
    }
    const isThere = /export\s*\{[^}]*\bact\b[^}]*\}\s*from\s*['"]react['"]/.test(root.text());
    const end = statement.range().end.index;
    return isThere || /\*\s*as\b/.test(statement.text())
      ? []
      : [{ offset: end, length: 0, text: `\nexport { act } from ${quote}react${quote}${semicolon}` }];
  });
}

const cures: Readonly<Record<string, string>> = {
  Simulate: 'Use `fireEvent` of Testing Library, or dispatch real events.',
  renderIntoDocument: 'Use `render` of Testing Library, or `createRoot` of `react-dom/client`.',
  mockComponent: 'Mock the module of the component in your test runner.',
};

function others(uses: readonly ExportUse[], bindings: readonly Binding[]): readonly Unresolved[] {
  const named = bindings.filter((binding) => !isWhole(binding) && binding.imported !== 'act' && !binding.isTypeOnly);
  const members = uses.filter(({ form, name }) => form === 'member' && name !== 'act');
  return [
    ...named.map(({ node, imported }) => [node, imported] as const),
    ...members.map(({ node, name }) => [node, name] as const),
  ].map(([node, name]) => ({
    ...spanOf(node),
    message: `\`${name}\` of react-dom/test-utils is gone in React 19.`,
    cure: cures[name] ?? 'Test what the user sees with Testing Library.',
    symbol: name,
    evidence,
  }));
}
