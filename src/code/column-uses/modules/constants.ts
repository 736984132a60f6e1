import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../engine/compiler-tree.ts';
import ts from '../../typescript.cts';
import type { Meeting } from '../flows/flow.ts';
import { plain } from './members.ts';
import type { NamesInTree } from './names-in-tree.ts';
import type { Target } from './tree-modules.ts';

/** A value that is written once, and by which names it was come to. */
export type Constant = {
  readonly value: TypeScript.Expression;
  /** Every name on the way stands for the value in other places too: each is a meeting. Found when asked for. */
  meetings(): readonly Meeting[];
};

/** The constants of a tree: variables, members of constant objects and enums, through imports too. */
export type Constants = { at(node: TypeScript.Node): Constant | undefined };

const depthMax = 8;

/** Names are resolved when they are asked for; by their scopes only where a file declares them in several. */
export function constantsIn(names: NamesInTree): Constants {
  const declared = new Map<TypeScript.SourceFile, ReadonlyMap<string, readonly TypeScript.Declaration[]>>();
  const targetOf = (node: TypeScript.Node): Target | undefined => {
    if (ts.isPropertyAccessExpression(node)) {
      const owner = targetOf(node.expression);
      return owner && names.memberOf(owner, node.name.text);
    }
    if (!ts.isIdentifier(node)) return undefined;
    const source = node.getSourceFile();
    const known = declared.get(source) ?? declarationsIn(source);
    declared.set(source, known);
    const [only, ...others] = known.get(node.text) ?? [];
    if (only === undefined) return undefined;
    return others.length === 0 ? names.standsFor(only) : names.targetOf(node);
  };
  const at = (node: TypeScript.Node, depth: number): Constant | undefined => {
    if (depth > depthMax || !(ts.isIdentifier(node) || ts.isPropertyAccessExpression(node))) return undefined;
    const target = targetOf(node);
    const found = target?.kind === 'node' ? valueIn(target.node) : undefined;
    if (target?.kind !== 'node' || found === undefined) return undefined;
    const own = (): readonly Meeting[] => meetingsAt(node, target.node, names);
    const further = at(plain(found), depth + 1);
    if (further === undefined) return { value: plain(found), meetings: own };
    return { value: further.value, meetings: () => [...own(), ...further.meetings()] };
  };
  return { at: (node) => at(node, 0) };
}

/** What a file declares, by its name. */
function declarationsIn(source: TypeScript.SourceFile): ReadonlyMap<string, readonly TypeScript.Declaration[]> {
  const found = new Map<string, TypeScript.Declaration[]>();
  for (const node of nodesBelow(source)) {
    const isDeclared =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isImportSpecifier(node) ||
      ts.isImportClause(node) ||
      ts.isNamespaceImport(node) ||
      ts.isEnumDeclaration(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node);
    if (!isDeclared || node.name === undefined || !ts.isIdentifier(node.name)) continue;
    found.set(node.name.text, [...(found.get(node.name.text) ?? []), node]);
  }
  return found;
}

/** What a declaration stands for all the time. */
function valueIn(node: TypeScript.Node): TypeScript.Expression | undefined {
  if (ts.isVariableDeclaration(node)) return isConstant(node) ? node.initializer : undefined;
  if (ts.isPropertyDeclaration(node)) return isReadonly(node) ? node.initializer : undefined;
  if (ts.isPropertyAssignment(node) || ts.isEnumMember(node)) return node.initializer;
  if (ts.isShorthandPropertyAssignment(node)) return node.name;
  return ts.isExpression(node) && !ts.isFunctionLike(node) ? node : undefined;
}

function isConstant({ parent }: TypeScript.VariableDeclaration): boolean {
  return (parent.flags & ts.NodeFlags.Const) !== 0;
}

function isReadonly(node: TypeScript.PropertyDeclaration): boolean {
  const wanted = ts.ModifierFlags.Static | ts.ModifierFlags.Readonly;
  return (ts.getCombinedModifierFlags(node) & wanted) === wanted;
}

/** The places that use what a name stands for; of a member those that use that member of its object. */
function meetingsAt(node: TypeScript.Node, declared: TypeScript.Node, names: NamesInTree): readonly Meeting[] {
  const holder = holderOf(declared);
  const by = nameOf(node, holder, names);
  if (holder === undefined || by === undefined) return [{ at: declared, by: node, all: undefined, isConstant: true }];
  const key = holder === declared ? undefined : memberName(declared);
  const all = names.isExposed(holder)
    ? undefined
    : names.usesOf(holder).filter((use) => !isOnlyType(use) && (key === undefined || mayTake(use, key)));
  return [{ at: declared, by, all, isConstant: true }];
}

/** The variable or enum by whose name a value is come to. */
function holderOf(declared: TypeScript.Node): TypeScript.Declaration | undefined {
  for (let at = declared; !ts.isSourceFile(at) && !ts.isBlock(at); at = at.parent) {
    if (ts.isVariableDeclaration(at) || ts.isEnumDeclaration(at) || ts.isExportAssignment(at)) return at;
    if (ts.isPropertyAssignment(at) && isOfExports(at)) return at;
  }
  return undefined;
}

function isOfExports({ parent: { parent } }: TypeScript.PropertyAssignment): boolean {
  return ts.isBinaryExpression(parent) && parent.left.getText() === 'module.exports';
}

function memberName(node: TypeScript.Node): string {
  const isNamed = ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node) || ts.isEnumMember(node);
  return isNamed ? node.name.getText().replace(/^(['"])(.*)\1$/, '$2') : '';
}

/** In `T.users` the name that means the holder. */
function nameOf(
  node: TypeScript.Node,
  holder: TypeScript.Declaration | undefined,
  names: NamesInTree,
): TypeScript.Node | undefined {
  for (let at = node; ; ) {
    const name = ts.isPropertyAccessExpression(at) ? at.name : at;
    if (holder !== undefined && isNameOf(name, holder, names)) return name;
    if (!ts.isPropertyAccessExpression(at)) return undefined;
    at = at.expression;
  }
}

function isNameOf(name: TypeScript.Node, holder: TypeScript.Declaration, names: NamesInTree): boolean {
  if (!ts.isExportAssignment(holder)) return names.declarationOf(name) === holder;
  const target = names.targetOf(name);
  return target?.kind === 'node' && target.node === holder.expression;
}

/** False where a place takes another member, of however many steps. */
function mayTake(use: TypeScript.Identifier, key: string): boolean {
  let at: TypeScript.Node = use;
  const { parent } = use;
  if (ts.isPropertyAccessExpression(parent) && parent.name === use) at = parent;
  if (!ts.isPropertyAccessExpression(at.parent) || at.parent.expression !== at) return true;
  for (; ts.isPropertyAccessExpression(at.parent) && at.parent.expression === at; at = at.parent)
    if (at.parent.name.text === key) return true;
  return false;
}

/** `typeof T` as a type, which follows what it is of. */
function isOnlyType({ parent }: TypeScript.Identifier): boolean {
  return ts.isTypeQueryNode(parent) || ts.isTypeReferenceNode(parent);
}
