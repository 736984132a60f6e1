import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import { functionMeant, isExported, type NamesInFile, namesInFile } from '../names-in-file.ts';
import { boundTo, type Meanings, memberOf } from './members.ts';
import type { ModuleFile, Target, TreeModules } from './tree-modules.ts';
import { usesAcross } from './uses-across.ts';

/** What the names of a tree mean: within a file by the compiler's scopes, across files where imports are static. */
export type NamesInTree = NamesInFile & {
  /** May a declaration be used where that is not seen: from outside, or through something that is not followed? */
  isExposed(declaration: TypeScript.Declaration): boolean;
  /** What an expression or the name of a type stands for; of a name that is bound out of something, what it is there. */
  targetOf(node: TypeScript.Node): Target | undefined;
  /** What a declaration stands for: itself, or what it takes from another file. */
  standsFor(declaration: TypeScript.Declaration): Target | undefined;
  memberOf(target: Target, name: string): Target | undefined;
};

export type TreeOfNames = {
  readonly files: ReadonlyMap<string, ModuleFile>;
  readonly modules: TreeModules;
  /** May what a file gives be used by somebody who is not looked at? `entry`: because a package is reached through it. */
  isOpen(path: string): 'open' | 'entry' | undefined;
};

/** Names are bound, and files are parsed, when they are first asked for. */
export function namesInTree({ files, modules, isOpen }: TreeOfNames): NamesInTree {
  const own = new Map<TypeScript.SourceFile, NamesInFile>();
  const ownOf = (node: TypeScript.Node): NamesInFile => {
    const source = node.getSourceFile();
    const known = own.get(source) ?? namesInFile(source);
    own.set(source, known);
    return known;
  };
  const stood = new Map<TypeScript.Node, Target | undefined>();
  const targetOf = (node: TypeScript.Node): Target | undefined => {
    if (stood.has(node)) return stood.get(node);
    stood.set(node, undefined);
    const found = targetIn(node, { ownOf, modules, meanings });
    stood.set(node, found);
    return found;
  };
  const meanings: Meanings = { targetOf, givenBy: modules.givenBy };
  const declarationOf = (node: TypeScript.Node): TypeScript.Declaration | undefined => {
    const target = targetOf(node);
    return target?.kind === 'node' && isDeclaration(target.node) ? target.node : ownOf(node).declarationOf(node);
  };
  const across = usesAcross({ files, modules, ownOf, declarationOf, isEntry: (path) => isOpen(path) === 'entry' });
  const bound = (target: Target | undefined): Target | undefined => {
    if (target?.kind !== 'node' || !ts.isBindingElement(target.node)) return target;
    return boundTo(target.node, meanings) ?? target;
  };
  return {
    targetOf: (node) => bound(targetOf(node)),
    standsFor: (declaration) => bound(standingFor(declaration, modules)),
    memberOf: (target, name) => {
      const member = memberOf(target, name, meanings);
      return member?.kind === 'node' && ts.isIdentifier(member.node) ? targetOf(member.node) : member;
    },
    declarationOf,
    usesOf: (declaration) => across(declaration).uses,
    functionOf: (node) => functionMeant(node, declarationOf),
    isExposed: (declaration) => {
      if (!isExported(declaration)) return false;
      if (ts.isClassElement(declaration) || isMemberOfObject(declaration)) return true;
      return isOpen(declaration.getSourceFile().fileName) === 'open' || !across(declaration).isWhole;
    },
  };
}

/** A member of an object that is not what a module exports: who has the object has it. */
function isMemberOfObject(declaration: TypeScript.Declaration): boolean {
  const around = ts.isPropertyAssignment(declaration) ? declaration.parent.parent : undefined;
  return around !== undefined && !(ts.isBinaryExpression(around) && around.left.getText() === 'module.exports');
}

type Asked = {
  ownOf(node: TypeScript.Node): NamesInFile;
  readonly modules: TreeModules;
  readonly meanings: Meanings;
};

function targetIn(node: TypeScript.Node, { ownOf, modules, meanings }: Asked): Target | undefined {
  const isSame =
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAwaitExpression(node);
  if (isSame) return meanings.targetOf(node.expression);
  if (ts.isNewExpression(node) || ts.isObjectLiteralExpression(node)) return { kind: 'node', node };
  const name = namedBy(node);
  if (name === undefined) return undefined;
  const declared = ownOf(node).declarationOf(name);
  if (declared !== undefined) return standingFor(declared, modules);
  const owner = ownerOf(name);
  const target = owner === undefined ? undefined : meanings.targetOf(owner);
  const member = target === undefined ? undefined : memberOf(target, name.text, meanings);
  return member?.kind === 'node' && ts.isIdentifier(member.node) ? meanings.targetOf(member.node) : member;
}

function standingFor(declared: TypeScript.Declaration, modules: TreeModules): Target | undefined {
  const isImport = ts.isImportSpecifier(declared) || ts.isImportClause(declared) || ts.isNamespaceImport(declared);
  return modules.takenFrom(declared) ?? (isImport ? undefined : { kind: 'node', node: declared });
}

/** The last name of `a`, `a.b`, `this.b`, and of the same as types. */
function namedBy(node: TypeScript.Node): TypeScript.Identifier | TypeScript.PrivateIdentifier | undefined {
  if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) return node;
  if (ts.isPropertyAccessExpression(node)) return node.name;
  return ts.isQualifiedName(node) ? node.right : undefined;
}

/** What a name is a member of. */
function ownerOf(name: TypeScript.Node): TypeScript.Node | undefined {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent) && parent.name === name) return parent.expression;
  return ts.isQualifiedName(parent) && parent.right === name ? parent.left : undefined;
}

/** What can be used by name, and what a module gives without one. */
function isDeclaration(node: TypeScript.Node): node is TypeScript.Declaration {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isBindingElement(node) ||
    ts.isFunctionLike(node) ||
    ts.isClassElement(node) ||
    ts.isClassLike(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node) ||
    ts.isPropertySignature(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isEnumMember(node)
  );
}
