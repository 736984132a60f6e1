import type { SgNode } from '@ast-grep/napi';
import type { Binding } from '../../../engine/bindings.ts';
import { declarationIn, usesOf } from '../../../engine/scope.ts';
import type { FileTransform } from '../../../recipe.ts';
import { type ModuleWork, moduleTransform } from '../editing/module-work.ts';
import { importText } from '../editing/new-import.ts';
import { bindingsOfModule, type ModuleUse } from '../reading/module-uses.ts';

type Moved = {
  readonly id: string;
  readonly why: string;
  readonly from: string;
  readonly to: string;
  /** Old name → new name. */
  readonly names: Readonly<Record<string, string>>;
};

const all: readonly Moved[] = [
  {
    id: 'repl-builtin-modules',
    why: '`repl.builtinModules` and `repl._builtinLibs` are deprecated since Node 22 (DEP0191, DEP0142); the list stands in `node:module`.',
    from: 'repl',
    to: 'module',
    names: { builtinModules: 'builtinModules', _builtinLibs: 'builtinModules' },
  },
  {
    id: 'create-credentials',
    why: '`crypto.createCredentials()` is gone since Node 11 (DEP0010); `tls.createSecureContext()` took its place.',
    from: 'crypto',
    to: 'tls',
    names: { createCredentials: 'createSecureContext' },
  },
];
/** What CommonJS declares in every file. */
const ownNames = new Set(['module', 'require', 'exports']);

/** Exports that stand in another module. */
export const movedExports: readonly FileTransform[] = all.map((moved) =>
  moduleTransform({ id: moved.id, why: moved.why, module: moved.from, mentions: Object.keys(moved.names) }, (work) => {
    const bindings = bindingsOfModule(work.root, moved.from);
    const statements = new Map(bindings.map(({ statement }) => [statement.id(), statement]));
    for (const statement of statements.keys()) {
      moveStatement(
        work,
        bindings.filter((one) => one.statement.id() === statement),
        moved,
      );
    }
  }),
);

function moveStatement(work: ModuleWork, bindings: readonly Binding[], moved: Moved): void {
  const [first] = bindings;
  if (first === undefined) return;
  const isMoving = (member: string): boolean => Object.hasOwn(moved.names, member);
  const uses = work.uses.filter(
    ({ binding, member }) => isMoving(member) && bindings.some(({ node }) => node.id() === binding?.node.id()),
  );
  const isNamed = bindings.every(({ imported }) => isMoving(imported));
  const isSpace = bindings.length === 1 && (first.imported === '*' || first.imported === 'default');
  const isWholeSpace = isSpace && uses.length > 0 && uses.length === usesOf(first.node).length;
  if (isNamed) moveNames(work, bindings, moved);
  else if (isWholeSpace) moveSpace(work, { binding: first, uses, moved });
  else if (uses.length > 0) splitStatement(work, { bindings, uses, moved });
}

/** Everything of the statement goes: it names the other module. */
function moveNames(work: ModuleWork, bindings: readonly Binding[], { names, to }: Moved): void {
  for (const { node, local, imported, specifier } of bindings) {
    const name = names[imported] ?? imported;
    respecify(work, specifier, to);
    const pair = node.parent();
    if (local !== imported && pair !== null) {
      const key = pair.field('key') ?? pair.field('name');
      if (key !== null && key.id() !== node.id()) work.edit(key, name);
      continue;
    }
    work.edit(node, name);
    for (const use of usesOf(node)) work.edit(use, name);
  }
}

function moveSpace(
  work: ModuleWork,
  { binding, uses, moved }: { readonly binding: Binding; readonly uses: readonly ModuleUse[]; readonly moved: Moved },
): void {
  const { from, to, names } = moved;
  respecify(work, binding.specifier, to);
  const isModule = binding.form === 'dynamic-import' && /\.m[jt]s$/.test(work.path);
  const isFree = (isModule || !ownNames.has(to)) && declarationIn(work.root, to) === undefined;
  const local = binding.local === from && isFree ? to : binding.local;
  if (local !== binding.local) work.edit(binding.node, local);
  for (const { node, member } of uses) work.edit(node, `${local}.${names[member] ?? member}`);
}

function splitStatement(
  work: ModuleWork,
  {
    bindings,
    uses,
    moved,
  }: { readonly bindings: readonly Binding[]; readonly uses: readonly ModuleUse[]; readonly moved: Moved },
): void {
  const specifiers = new Set<string>();
  const locals = new Map<string, Set<string>>();
  for (const { member, binding } of uses) {
    const name = moved.names[member] ?? member;
    locals.set(name, (locals.get(name) ?? new Set<string>()).add(binding?.local ?? name));
  }
  const isFreeFor = (name: string): boolean => declarationIn(work.root, name) === undefined;
  for (const use of uses) {
    const name = moved.names[use.member] ?? use.member;
    const { binding, holder } = use;
    const isOwnName = holder === undefined && binding !== undefined && binding.local !== binding.imported;
    // Two names for what is one thing now: it has its own.
    const isAlias = isOwnName && !(locals.get(name)?.size !== 1 && isFreeFor(name));
    specifiers.add(isAlias ? `${name}: ${binding.local}` : name);
    work.drop(use);
    if (!isAlias) work.edit(use.node, name);
  }
  const [first] = bindings;
  if (first === undefined) return;
  const statement = first.statement.is('variable_declarator')
    ? (first.statement.parent() ?? first.statement)
    : first.statement;
  const text = importText(work.root, { module: moved.to, names: [...specifiers] }, first.form);
  work.put({ offset: statement.range().end.index, length: 0, text: `\n${text}` });
}

function respecify(work: ModuleWork, specifier: SgNode, to: string): void {
  const text = specifier.text();
  const prefix = text.slice(1).startsWith('node:') ? 'node:' : '';
  work.edit(specifier, `${text[0] ?? "'"}${prefix}${to}${text.at(-1) ?? "'"}`);
}
