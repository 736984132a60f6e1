import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import { isPrivateMember, type NamesInFile } from '../names-in-file.ts';
import { isHandedOn } from './common-js.ts';
import { type ModuleNames, type Taken, whole } from './module-names.ts';
import type { ModuleFile, TreeModules } from './tree-modules.ts';

/** The places that use a declaration; `isWhole` where there can be no others in the tree. */
export type UsesAcross = { readonly uses: readonly TypeScript.Identifier[]; readonly isWhole: boolean };

type Asked = {
  readonly files: ReadonlyMap<string, ModuleFile>;
  readonly modules: TreeModules;
  ownOf(node: TypeScript.Node): NamesInFile;
  declarationOf(node: TypeScript.Node): TypeScript.Declaration | undefined;
  /** Is a package reached from outside through this file? */
  isEntry(path: string): boolean;
};

/** Finds the uses of declarations in their own file and in those that import it, each once. */
export function usesAcross(asked: Asked): (declaration: TypeScript.Declaration) => UsesAcross {
  const known = new Map<TypeScript.Declaration, UsesAcross>();
  return (declaration) => {
    const found = known.get(declaration) ?? lookAcross(declaration, asked);
    known.set(declaration, found);
    return found;
  };
}

function lookAcross(declaration: TypeScript.Declaration, asked: Asked): UsesAcross {
  const { modules, ownOf } = asked;
  const path = declaration.getSourceFile().fileName;
  const here = ownOf(declaration).usesOf(declaration);
  const uses = new Set(here.filter((use) => !isHandedOn(use)));
  if (ts.isClassElement(declaration) && !isPrivateMember(declaration))
    for (const use of membersAlike(declaration, asked)) uses.add(use);
  for (const use of membersOfHolder(declaration, asked)) uses.add(use);
  const names = namesGiven(declaration, modules.namesOf(path));
  const walk: Walk = { uses, asked, seen: new Set(), isWhole: true };
  if (names.size > 0) visit(path, names, walk);
  return { uses: [...uses], isWhole: walk.isWhole };
}

/** The names under which a file gives what it declares. */
function namesGiven(declaration: TypeScript.Declaration, names: ModuleNames | undefined): ReadonlySet<string> {
  const given = (names?.given ?? []).filter(({ what }) => {
    if (what.kind !== 'own') return false;
    if (ts.isExportAssignment(declaration)) return what.node === declaration.expression;
    return (
      what.node === declaration || (ts.isIdentifier(what.node) && names?.declared.get(what.node.text) === declaration)
    );
  });
  return new Set(given.map(({ name }) => name));
}

type Walk = {
  readonly uses: Set<TypeScript.Identifier>;
  readonly asked: Asked;
  readonly seen: Set<string>;
  isWhole: boolean;
};

function visit(path: string, names: ReadonlySet<string>, walk: Walk): void {
  const key = `${path} ${[...names].join(' ')}`;
  if (walk.seen.has(key)) return;
  walk.seen.add(key);
  const { modules, isEntry } = walk.asked;
  if (modules.mayBeNamedIn(path) || isEntry(path)) walk.isWhole = false;
  for (const { path: from, specifier } of modules.namedIn(path)) {
    const other = modules.namesOf(from);
    if (other === undefined) walk.isWhole = false;
    else visitImporter({ from, specifier, other, names }, walk);
  }
}

type Importer = {
  readonly from: string;
  readonly specifier: string;
  readonly other: ModuleNames;
  readonly names: ReadonlySet<string>;
};

function visitImporter({ from, specifier, other, names }: Importer, walk: Walk): void {
  const taken = other.taken.filter((one) => one.specifier === specifier);
  const given = other.given.filter(({ what }) => what.kind === 'of' && what.specifier === specifier);
  const isAll = other.all.includes(specifier);
  if (taken.length === 0 && given.length === 0 && !isAll) walk.isWhole = false;
  for (const one of taken) {
    const isIt = names.has(one.name) || (names.has(whole) && ['default', '*'].includes(one.name));
    if (isIt) visitLocal({ from, one, other }, walk);
    else if (one.name === '*') visitMembers(one, names, walk);
  }
  for (const { name, what } of given) {
    if (what.kind !== 'of') continue;
    if (what.name === '*') walk.isWhole = false;
    else if (names.has(what.name)) visit(from, new Set([name]), walk);
  }
  if (isAll) visit(from, new Set([...names].filter((name) => name !== 'default')), walk);
}

type Local = { readonly from: string; readonly one: Taken; readonly other: ModuleNames };

/** What a file does with a name that it took. */
function visitLocal({ from, one, other }: Local, walk: Walk): void {
  for (const use of walk.asked.ownOf(one.declaration).usesOf(one.declaration)) if (!isHandedOn(use)) walk.uses.add(use);
  const again = other.given.flatMap(({ name, what }) =>
    what.kind === 'own' && ts.isIdentifier(what.node) && what.node.text === one.local.text ? [name] : [],
  );
  if (again.length > 0) visit(from, new Set(again), walk);
}

/** `T.users` of a module that was taken as a whole. */
function visitMembers(one: Taken, names: ReadonlySet<string>, walk: Walk): void {
  for (const use of walk.asked.ownOf(one.declaration).usesOf(one.declaration)) {
    const { parent } = use;
    if (!ts.isPropertyAccessExpression(parent) || parent.expression !== use) walk.isWhole = false;
    else if (names.has(parent.name.text) && ts.isIdentifier(parent.name)) walk.uses.add(parent.name);
  }
}

/** Members of that name that are known to be this one, by the class that is written for what they are members of. */
function membersAlike(declaration: TypeScript.ClassElement, { files, declarationOf }: Asked) {
  const name = declaration.name?.getText() ?? '';
  const pattern = `.${name}`;
  const found: TypeScript.Identifier[] = [];
  const own = declaration.getSourceFile();
  for (const file of files.values()) {
    const source = file.text.includes(pattern) ? file.tree() : undefined;
    if (source === undefined || source === own) continue;
    for (const node of identifiersNamed(source, name)) {
      if (ts.isPropertyAccessExpression(node.parent) && declarationOf(node) === declaration) found.push(node);
    }
  }
  return found;
}

/** `repository.all` where the object that has `all` is a constant. */
function membersOfHolder(declaration: TypeScript.Declaration, asked: Asked): readonly TypeScript.Identifier[] {
  const isMember = ts.isPropertyAssignment(declaration) || ts.isMethodDeclaration(declaration);
  if (!isMember || !ts.isObjectLiteralExpression(declaration.parent)) return [];
  const { parent: holder } = declaration.parent;
  const isHeld = ts.isVariableDeclaration(holder) || (ts.isExportAssignment(holder) && holder.isExportEquals !== true);
  if (!isHeld) return [];
  const name = declaration.name.getText();
  return lookAcross(holder, asked).uses.flatMap((use) => {
    const at = ts.isPropertyAccessExpression(use.parent) && use.parent.name === use ? use.parent : use;
    const { parent } = at;
    const isTaken = ts.isPropertyAccessExpression(parent) && parent.expression === at && parent.name.text === name;
    return isTaken && ts.isIdentifier(parent.name) ? [parent.name] : [];
  });
}

function identifiersNamed(source: TypeScript.SourceFile, name: string): readonly TypeScript.Identifier[] {
  const found: TypeScript.Identifier[] = [];
  const visitBelow = (node: TypeScript.Node): void => {
    if (ts.isIdentifier(node) && node.text === name) found.push(node);
    ts.forEachChild(node, visitBelow);
  };
  visitBelow(source);
  return found;
}
