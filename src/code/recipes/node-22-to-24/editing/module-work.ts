import type { SgNode } from '@ast-grep/napi';
import { type Binding, bindingsOf } from '../../../engine/bindings.ts';
import { replaceNode, spanOf } from '../../../engine/edit-node.ts';
import { declarationIn, usesOf } from '../../../engine/scope.ts';
import {
  type FileTransform,
  type RecipeContext,
  sourceFiles,
  type TextEdit,
  type Unresolved,
} from '../../../recipe.ts';
import { isBuiltin, type ModuleUse, moduleUses } from '../reading/module-uses.ts';
import { importListEdits } from './import-list.ts';
import { mindsUnused } from './minds-unused.ts';

/** What a transform of one module does to a file. */
export type ModuleWork = {
  readonly root: SgNode;
  readonly path: string;
  readonly context: RecipeContext;
  /** All uses of exports of the module. */
  readonly uses: readonly ModuleUse[];
  /** Puts a text in the place of a node. */
  edit(node: SgNode, text: string): void;
  /** Any other edit. */
  put(edit: TextEdit): void;
  /** Says that a use is there no more: a name of an import that nothing else uses goes with it. */
  drop(use: ModuleUse): void;
  /** Lets names of imports go that nothing uses and that the module may have no more: an ES module does not even load then. */
  dropUnused(members: readonly string[]): void;
  /** The name under which an export is to be used beside a use: `util.x`, or a name that the same statement binds. */
  nameFor(use: ModuleUse, member: string, alias?: string): string | undefined;
  leave(node: SgNode, open: Omit<Unresolved, 'offset' | 'length'>): void;
};

type Options = {
  readonly id: string;
  readonly why: string;
  /** Without `node:`. */
  readonly module: string;
  readonly mentions: readonly string[];
  /** A name under which the module is known without an import. */
  readonly global?: string;
  /**
   * An import that nothing uses any more stays as it was written, where nothing in the tree would complain of it. `except` are
   * exports that are there no more: an ES module that imports one of them by name does not load.
   */
  readonly keepsIdle?: { readonly except: readonly string[] };
};

/** A transform of what a file uses of one built-in module; names of imports that nothing uses afterwards go. */
export function moduleTransform(
  { module, global, keepsIdle, ...named }: Options,
  run: (work: ModuleWork) => void,
): FileTransform {
  return {
    kind: 'file',
    ...named,
    files: sourceFiles,
    transform(file, context) {
      const edits: TextEdit[] = [];
      const unresolved: Unresolved[] = [];
      const root = file.root();
      const uses = moduleUses(root, module, global);
      const dropped = new Set<number>();
      const touched = new Map<number, Binding>();
      const added = new Map<number, string[]>();
      const kept = new Set<number>();
      run({
        root,
        path: file.path,
        context,
        uses,
        edit: (node, text) => edits.push(replaceNode(node, text)),
        put: (edit) => edits.push(edit),
        drop: ({ node, holder, binding }) => {
          dropped.add((holder ?? node).id());
          if (binding !== undefined) touched.set(binding.node.id(), binding);
        },
        dropUnused: (members) => {
          for (const binding of bindingsOf(root, isBuiltin(module))) {
            const isIdle = members.includes(binding.imported) && usesOf(binding.node).length === 0;
            if (isIdle) touched.set(binding.node.id(), binding);
          }
        },
        nameFor: (use, member, alias) => {
          if (use.holder !== undefined) kept.add(use.holder.id());
          return nameFor(use, { member, alias, root, module, added });
        },
        leave: (node, open) => unresolved.push({ ...spanOf(node), ...open }),
      });
      if (keepsIdle !== undefined && !mindsUnused(file.path, context)) {
        for (const [id, { form, imported }] of touched) {
          if (form !== 'import' || !keepsIdle.except.includes(imported)) touched.delete(id);
        }
      }
      return {
        edits: [...edits, ...cleaned(root, { module, dropped: without(dropped, kept), touched, added })],
        unresolved,
      };
    },
  };
}

function without(all: ReadonlySet<number>, some: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...all].filter((one) => !some.has(one)));
}

type Naming = {
  readonly member: string;
  readonly alias: string | undefined;
  readonly root: SgNode;
  readonly module: string;
  readonly added: Map<number, string[]>;
};

function nameFor({ holder, binding }: ModuleUse, naming: Naming): string | undefined {
  const { member, alias, root, module, added } = naming;
  if (holder !== undefined) return `${holder.text()}.${member}`;
  if (binding === undefined) return undefined;
  const local = alias ?? member;
  const known = bindingsOf(root, isBuiltin(module)).find(
    ({ imported, isTypeOnly }) => imported === member && !isTypeOnly,
  );
  if (known !== undefined && (alias === undefined || known.local === alias)) return known.local;
  const declared = declarationIn(root, local);
  if (declared !== undefined && declared.id() !== binding.node.id()) return undefined;
  const isPattern = binding.statement.is('variable_declarator');
  const specifier = local === member ? member : isPattern ? `${member}: ${local}` : `${member} as ${local}`;
  const names = [...added.values()].flat();
  if (!names.includes(specifier))
    added.set(binding.node.id(), [...(added.get(binding.node.id()) ?? []), specifier].sort());
  return local;
}

type Cleaning = {
  readonly module: string;
  readonly dropped: ReadonlySet<number>;
  readonly touched: ReadonlyMap<number, Binding>;
  readonly added: ReadonlyMap<number, readonly string[]>;
};

function cleaned(root: SgNode, { module, dropped, touched, added }: Cleaning): readonly TextEdit[] {
  const all = bindingsOf(root, isBuiltin(module));
  const gone = new Set(
    [...touched.values()]
      .filter(({ node }) => usesOf(node).every((use) => dropped.has(use.id())))
      .map(({ node }) => node.id()),
  );
  const statements = new Map<number, SgNode>();
  for (const { node, statement } of all) {
    if (gone.has(node.id()) || added.has(node.id())) statements.set(statement.id(), statement);
  }
  return [...statements].flatMap(([id, statement]) => {
    const bindings = all.filter((one) => one.statement.id() === id);
    const own = new Map([...added].filter(([node]) => bindings.some((one) => one.node.id() === node)));
    return importListEdits(statement, { bindings, dropped: gone, added: own, instead: undefined });
  });
}
