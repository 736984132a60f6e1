import ts from '../typescript.cts';
import { describedBy, homeOf } from './package-name.ts';
import type { DeclarationKey } from './shape.ts';

const paths = new WeakMap<ts.SourceFile, string>();

/** Where a declaration stands; see DeclarationKey. */
export function keyOf(declaration: ts.Node): DeclarationKey {
  const file = declaration.getSourceFile();
  const known = paths.get(file);
  const path = known ?? pathOf(file);
  if (known === undefined) paths.set(file, path);
  return `${path}:${declaration.getStart(file)}`;
}

function pathOf({ fileName }: ts.SourceFile): string {
  const home = homeOf(fileName);
  return home === undefined ? fileName : `${home.name}/${home.path}`;
}

/** `Express.Request`, without the file's own name; of a file that is a module, `import("name/path")`. */
export function qualifiedName(symbol: ts.Symbol): string {
  const file = symbol.declarations?.find(ts.isSourceFile);
  if (file !== undefined) return `import(${JSON.stringify(specifierFor(file))})`;
  const parent = symbolParent(symbol);
  const isNamed = parent !== undefined && !/^["']/.test(parent.name) && !parent.name.startsWith('__');
  const name = symbol.name === 'default' ? (declaredName(symbol) ?? symbol.name) : symbol.name;
  return isNamed ? `${qualifiedName(parent)}.${name}` : name;
}

/** What is imported to have a file: the same on both sides, whatever folder a package was fetched into. */
function specifierFor(file: ts.SourceFile): string {
  const home = homeOf(file.fileName);
  const path = (home?.path ?? file.fileName).replace(/(\.d)?\.[cm]?[jt]sx?$/, '').replace(/(^|\/)index$/, '');
  return [...(home === undefined ? [] : [describedBy(home.name)]), ...(path === '' ? [] : [path])].join('/');
}

function declaredName(symbol: ts.Symbol): string | undefined {
  const declaration = symbol.declarations?.[0];
  const name = declaration === undefined ? undefined : ts.getNameOfDeclaration(declaration);
  return name !== undefined && ts.isIdentifier(name) ? name.text : undefined;
}

/** The namespace or enum that holds a symbol, by its declaration. */
function symbolParent(
  symbol: ts.Symbol,
): ({ readonly name: string; readonly declarations?: ts.Declaration[] } & ts.Symbol) | undefined {
  const declaration = symbol.declarations?.[0];
  const holder = declaration?.parent;
  if (holder === undefined) return undefined;
  if (ts.isEnumDeclaration(holder)) return boundSymbol(holder);
  if (ts.isModuleBlock(holder) && ts.isIdentifier(holder.parent.name) && holder.parent.name.text !== 'global')
    return boundSymbol(holder.parent);
  return undefined;
}

/** The symbol that the binder gave a declaration; not in the public types of the compiler, but always there. */
function boundSymbol(node: ts.Node): ts.Symbol | undefined {
  return 'symbol' in node && isSymbol(node.symbol) ? node.symbol : undefined;
}

function isSymbol(value: unknown): value is ts.Symbol {
  return typeof value === 'object' && value !== null && 'escapedName' in value;
}

/** Text of a `@deprecated` tag, links unwrapped; undefined without one, empty where it says nothing. */
export function deprecationOf(tags: readonly ts.JSDocTagInfo[]): string | undefined {
  const tag = tags.find(({ name }) => name === 'deprecated');
  if (tag === undefined) return undefined;
  const text = ts.displayPartsToString(tag.text);
  return text
    .replaceAll(/\{@link(?:code|plain)?\s+([^}|]+?)(?:\|[^}]*)?\}/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Well-known symbols have internal names like `__@iterator@35`, whose number differs from program to program. */
export function memberName(symbol: ts.Symbol): string {
  const found = /^__@(.+?)@\d+$/.exec(symbol.name);
  return found === null ? symbol.name : `[${found[1]}]`;
}

export function isReadonlyMember(symbol: ts.Symbol, modifiers: readonly ts.ModifierFlags[]): boolean {
  const isGetterOnly = (symbol.flags & ts.SymbolFlags.Accessor) === ts.SymbolFlags.GetAccessor;
  return isGetterOnly || modifiers.some((flag) => (flag & ts.ModifierFlags.Readonly) !== 0);
}
