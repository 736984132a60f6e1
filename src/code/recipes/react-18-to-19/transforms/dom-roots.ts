import type { SgNode } from '@ast-grep/napi';
import type { Binding } from '../../../engine/bindings.ts';
import { replaceNode, spanOf } from '../../../engine/edit-node.ts';
import { usesOf } from '../../../engine/scope.ts';
import {
  type FileTransform,
  type RecipeContext,
  type RecipeFile,
  sourceFiles,
  type TextEdit,
  type Unresolved,
} from '../../../recipe.ts';
import { grouped } from '../editing/grouped.ts';
import { headOf, importEdits, importedAs, statementAround } from '../editing/import-edits.ts';
import { droppedBy, emptiedImportsGo } from '../editing/unused-imports.ts';
import { exportUsesOf, moduleBindingsOf } from '../reading/export-uses.ts';
import { freeName, isReactDom, takenNames } from '../reading/names.ts';
import { functionAround, indentOf } from '../reading/places.ts';
import { containerText } from '../roots/container.ts';
import { elementText } from '../roots/element-text.ts';
import { isMadeHere, mayRunAgain, type RootSite, rootSitesOf } from '../roots/root-sites.ts';
import { type Names, sharedHelpers, sharedSite } from '../roots/shared-roots.ts';

const guide = 'React 19 Upgrade Guide, “Removed deprecated React DOM APIs”';

/** `ReactDOM.render`, `hydrate` and `unmountComponentAtNode` become roots of `react-dom/client`. */
export const domRoots: FileTransform = {
  kind: 'file',
  id: 'dom-roots',
  why: 'React DOM 19 has no `render`, `hydrate` and `unmountComponentAtNode`, and its roots come from `react-dom/client` alone.',
  files: sourceFiles,
  mentions: ['react-dom'],
  transform(file, context) {
    const root = file.root();
    const { sites, others } = rootSitesOf(root);
    const moved = exportUsesOf(root, isReactDom).filter(({ name }) => name === 'createRoot' || name === 'hydrateRoot');
    const unresolved = others.map((use) => leftOpen(use.node, use.name));
    if (sites.length === 0 && moved.length === 0) return { edits: [], unresolved };
    const names = namesFor(root);
    const plan = planned(sites);
    const edits: TextEdit[] = [];
    const wanted = new Set<string>(moved.map(({ name }) => name));
    const taken = new Set(takenNames(root));
    for (const { node, name } of moved)
      edits.push(replaceNode(node, name === 'createRoot' ? names.createRoot : names.hydrateRoot));
    for (const { group, form } of plan) {
      const made =
        form === 'shared'
          ? group.map((site) => sharedSite(site, containerText(site.container, file, context), names))
          : ownRoot(group, { file, context, names, taken });
      edits.push(...made.flatMap((one) => one.edits));
      for (const one of made) for (const want of one.wants) wanted.add(want);
      unresolved.push(...made.flatMap((one) => one.unresolved));
    }
    const shared = plan.filter(({ form }) => form === 'shared').flatMap(({ group }) => group);
    if (shared.length > 0) edits.push(helpersAt(root, shared, { file, names }));
    edits.push(
      ...imports(root, {
        sites,
        moved: moved.map(({ node }) => node),
        wanted,
        names,
        file,
        isShared: shared.length > 0,
        context,
      }),
    );
    return { edits, unresolved };
  },
};

function namesFor(root: SgNode): Names {
  const taken = takenNames(root);
  const own = (imported: string): string =>
    importedAs(root, { module: 'react-dom/client', imported, isType: false }) ??
    freeName(imported, new Set([...taken].filter((name) => name !== imported || isDeclared(root, name))));
  return {
    createRoot: own('createRoot'),
    hydrateRoot: own('hydrateRoot'),
    roots: freeName('roots', taken),
    rootOf: freeName('rootOf', taken),
    unmountAt: freeName('unmountAt', taken),
  };
}

/** A name that comes from `react-dom` itself is about to go, and leaves its place to the new one. */
function isDeclared(root: SgNode, name: string): boolean {
  return !moduleBindingsOf(root, isReactDom).some((binding) => binding.local === name);
}

type Planned = { readonly group: readonly RootSite[]; readonly form: 'own' | 'shared' };

/** Sites of one container in one function share a constant; where functions, or calls, follow each other, all that was rendered is kept. */
function planned(sites: readonly RootSite[]): readonly Planned[] {
  const groups = [...grouped(sites, ({ key }) => key).values()];
  const plans = groups.map((group): Planned => ({ group, form: needsSharing(group) ? 'shared' : 'own' }));
  const isShared = plans.some(({ form }) => form === 'shared');
  const takesPart = ({ group, form }: Planned): boolean =>
    form === 'shared' || (isShared && group.every(({ verb }) => verb === 'unmount'));
  return plans.map((plan) => (takesPart(plan) ? { ...plan, form: 'shared' } : plan));
}

function needsSharing(group: readonly RootSite[]): boolean {
  const [first] = group;
  if (first === undefined) return false;
  if (group.length === 1) return !isMadeHere(first) && mayRunAgain(first);
  const block = first.statement?.parent();
  const isWithin = ({ call }: RootSite): boolean => call.ancestors().some((one) => one.id() === block?.id());
  const isOneRun =
    first.verb !== 'unmount' &&
    block != null &&
    group.every((site) => isWithin(site) && functionAround(site.call)?.id() === functionAround(first.call)?.id());
  return !isOneRun || (!isMadeHere(first) && mayRunAgain(first));
}

type Made = {
  readonly edits: readonly TextEdit[];
  readonly wants: readonly ('createRoot' | 'hydrateRoot')[];
  readonly unresolved: readonly Unresolved[];
};

type Work = {
  readonly file: RecipeFile;
  readonly context: RecipeContext;
  readonly names: Names;
  readonly taken: Set<string>;
};

function ownRoot(group: readonly RootSite[], { file, context, names, taken }: Work): readonly Made[] {
  let known: string | undefined;
  return group.map((site): Made => {
    const { verb, statement, container, callback } = site;
    const held = containerText(container, file, context);
    const unresolved = [
      ...callbackNote(site),
      ...(verb === 'unmount' && known === undefined ? [foreignUnmount(site)] : []),
    ];
    const lines: string[] = [];
    let wants: Made['wants'] = [];
    const indent = statement === undefined ? '' : indentOf(statement);
    const isLast = group.at(-1) === site;
    const deed = verb === 'unmount' ? 'unmount()' : `render(${elementText(site)})`;
    if (known !== undefined) {
      lines.push(`${known}.${deed}`);
    } else if (verb === 'hydrate') {
      wants = ['hydrateRoot'];
      const made = `${names.hydrateRoot}(${held}, ${elementText(site)})`;
      known = isLast || statement === undefined ? undefined : fresh(taken);
      lines.push(known === undefined ? made : `const ${known} = ${made}`);
    } else {
      wants = ['createRoot'];
      if (statement === undefined) lines.push(`${names.createRoot}(${held}).${deed}`);
      else {
        known = fresh(taken);
        lines.push(`const ${known} = ${names.createRoot}(${held})`, `${known}.${deed}`);
      }
    }
    if (callback !== undefined && isCallable(callback)) lines.push(`${called(callback)}()`);
    return { edits: [written(site, lines, indent)], wants, unresolved };
  });
}

function fresh(taken: Set<string>): string {
  const name = freeName('root', taken);
  taken.add(name);
  return name;
}

function written({ call, statement }: RootSite, lines: readonly string[], indent: string): TextEdit {
  if (statement === undefined) return replaceNode(call, lines.length > 1 ? `(${lines.join(', ')})` : lines.join(''));
  const end = /;\s*$/.test(statement.text()) ? ';' : '';
  return replaceNode(statement, lines.join(`${end === '' ? '' : ';'}\n${indent}`) + end);
}

function isCallable(callback: SgNode): boolean {
  return callback.text() !== 'undefined' && callback.text() !== 'null';
}

function called(callback: SgNode): string {
  return callback.is('identifier') || callback.is('member_expression') ? callback.text() : `(${callback.text()})`;
}

function callbackNote({ callback }: RootSite): readonly Unresolved[] {
  if (callback === undefined || !isCallable(callback)) return [];
  return [
    {
      ...spanOf(callback),
      message: `\`${callback.text().split('\n')[0]}\` ran when the tree was mounted; a root renders later than the line after it.`,
      cure: 'Call it in an effect of the component, or wrap the rendering in `flushSync`.',
      symbol: 'render',
      evidence: 'React 18 Upgrade Guide, “Updates to Client Rendering APIs”: the callback is gone from render.',
    },
  ];
}

function foreignUnmount({ call, container }: RootSite): Unresolved {
  return {
    ...spanOf(call),
    message: `What was rendered into \`${container.text()}\` elsewhere can only be unmounted by the root that rendered it; this makes another root.`,
    cure: 'Keep the root where it is created, and call `unmount` of it here.',
    symbol: 'unmountComponentAtNode',
    evidence: guide,
  };
}

function leftOpen(node: SgNode, name: string): Unresolved {
  return {
    ...spanOf(node),
    message: `\`${node.text()}\` is gone in React 19, and its result is used here, or it is passed on.`,
    cure:
      name === 'unmountComponentAtNode'
        ? 'Call `unmount` of the root.'
        : 'Create a root from `react-dom/client`; take the instance by a ref.',
    symbol: name,
    evidence: guide,
  };
}

function helpersAt(
  root: SgNode,
  shared: readonly RootSite[],
  { file, names }: { readonly file: RecipeFile; readonly names: Names },
): TextEdit {
  const { near, side } = headOf(root);
  const isTyped = file.language === 'typescript' || file.language === 'tsx';
  const text = sharedHelpers(names, {
    isTyped,
    unmounts: shared.some(({ verb }) => verb === 'unmount'),
    renders: shared.some(({ verb }) => verb === 'render'),
  });
  const requires = root
    .namedChildren()
    .findLast((one) => /^(const|let|var)\s[^=]+=\s*require\([^)]*\)/.test(one.text()));
  const last = near?.is('import_statement') === true ? near : requires;
  if (last !== undefined) return { offset: last.range().end.index, length: 0, text: `\n\n${text}` };
  const at = side === 'before' && near !== undefined ? near.range().start.index : 0;
  return { offset: at, length: 0, text: `${text}\n\n` };
}

type ImportWork = {
  readonly sites: readonly RootSite[];
  readonly moved: readonly SgNode[];
  readonly wanted: ReadonlySet<string>;
  readonly names: Names;
  readonly file: RecipeFile;
  readonly isShared: boolean;
  readonly context: RecipeContext;
};

function imports(
  root: SgNode,
  { sites, moved, wanted, names, file, isShared, context }: ImportWork,
): readonly TextEdit[] {
  const rewritten = new Set([...sites.map(({ use }) => use.node.id()), ...moved.map((node) => node.id())]);
  const bindings = moduleBindingsOf(root, isReactDom);
  const clients = new Set(['createRoot', 'hydrateRoot']);
  const drop = droppedBy(bindings, rewritten, context).filter(
    ({ imported }) => clients.has(imported) || emptiedImportsGo(context),
  );
  const needs = isShared && sites.some(({ verb }) => verb === 'render') ? new Set([...wanted, 'createRoot']) : wanted;
  const values = (
    [
      ['createRoot', names.createRoot],
      ['hydrateRoot', names.hydrateRoot],
    ] as const
  )
    .filter(([imported]) => needs.has(imported))
    .map(([imported, local]) => ({ module: 'react-dom/client', imported, local, isType: false }));
  const isTyped = file.language === 'typescript' || file.language === 'tsx';
  const types = (isShared && isTyped ? ['Container', 'Root'] : []).map((imported) => ({
    module: 'react-dom/client',
    imported,
    local: imported,
    isType: true,
  }));
  const add = [...values, ...types].filter((name) => importedAs(root, name) === undefined);
  const near = nearest(bindings, sites);
  return importEdits(root, { drop, add, ...(near === undefined ? {} : { at: { near, side: 'before' } }) });
}

function nearest(bindings: readonly Binding[], sites: readonly RootSite[]): SgNode | undefined {
  const used =
    bindings.find((binding) =>
      sites.some(({ use }) => use.binding?.node.id() === binding.node.id() || usesOf(binding.node).length === 0),
    ) ?? bindings[0];
  const statement = used === undefined ? undefined : statementAround(used);
  return statement?.parent()?.is('program') === true ? statement : undefined;
}
