import ts from '../typescript.cts';
import { type NameNode, nameStart } from './nodes-named.ts';
import { type RenameProject, relativeIn } from './rename-project.ts';

/** One place that gets the new name. Where a shorthand is written out, old or new name stand around it as well. */
export type RenamePlace = {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
  /** What takes its place. */
  readonly text: string;
  /** Of a shorthand, the side that is renamed: the property, or the variable. */
  readonly side: 'whole' | 'property' | 'variable';
  /** What the place is, where that matters for keeping the old name. */
  readonly role: 'export' | 'other';
};

export type PlacesOptions = {
  readonly root: string;
  /** Where the search begins: paths from the root, and offsets of names. */
  readonly starts: readonly { readonly file: string; readonly offset: number }[];
  readonly from: string;
  readonly to: string;
};

/** A search goes from each import and export on; no symbol goes through more of them. */
const searchesMax = 20_000;

/**
 * Every place of a project that means a symbol: the compiler's own search, and from each import and export that passes the
 * name on, the search for what that one is used for. What is imported or exported under another name keeps it.
 */
export function renamePlaces(project: RenameProject, options: PlacesOptions): readonly RenamePlace[] {
  const { root, from, to } = options;
  const places = new Map<string, RenamePlace>();
  const searched = new Set<string>();
  const queue = [...options.starts];
  for (const start of queue) {
    const key = `${start.file}:${start.offset}`;
    if (searched.has(key) || searched.size >= searchesMax) continue;
    searched.add(key);
    const declared = declarationsAt(start, project, root);
    const found = project.service.findRenameLocations(`${root}/${start.file}`, start.offset, false, false, {
      providePrefixAndSuffixTextForRename: true,
    });
    for (const { fileName, textSpan, prefixText, suffixText } of found ?? []) {
      const file = relativeIn(root, fileName);
      const offset = textSpan.start;
      if (places.has(`${file}:${offset}`)) continue;
      const source = project.program.getSourceFile(fileName);
      const node = source === undefined ? undefined : nodeAt(source, offset);
      const specifier = passingOn(node);
      const affixes = specifier === undefined ? affixesOf({ prefixText, suffixText }, node, declared) : {};
      places.set(`${file}:${offset}`, {
        file,
        offset,
        length: textSpan.length,
        ...textOf(to, affixes),
        role: specifier === 'export' ? 'export' : 'other',
      });
      if (specifier !== undefined && source?.text.slice(offset, offset + textSpan.length) === from)
        queue.push({ file, offset });
    }
  }
  return [...places.values()];
}

type Affixes = { readonly prefixText?: string | undefined; readonly suffixText?: string | undefined };

function textOf(to: string, { prefixText, suffixText }: Affixes): Pick<RenamePlace, 'text' | 'side'> {
  if (prefixText === undefined && suffixText === undefined) return { text: to, side: 'whole' };
  const side = prefixText === undefined ? 'property' : 'variable';
  return { text: `${prefixText ?? ''}${to}${suffixText ?? ''}`, side };
}

/** Of a class that `const { A } = await import(…)` takes, the compiler's search gives the variable, and means the property. */
function affixesOf(affixes: Affixes, node: ts.Node | undefined, declared: readonly ts.Declaration[]): Affixes {
  const { prefixText, suffixText } = affixes;
  if (prefixText === undefined || suffixText !== undefined || node === undefined || !ts.isIdentifier(node))
    return affixes;
  const { parent } = node;
  const isTaken = ts.isBindingElement(parent) && parent.name === node && !declared.includes(parent);
  return isTaken ? { suffixText: `: ${node.text}` } : affixes;
}

/** Where that is declared which a name stands for, behind imports and exports. */
function declarationsAt(
  { file, offset }: PlacesOptions['starts'][number],
  { program }: RenameProject,
  root: string,
): readonly ts.Declaration[] {
  const source = program.getSourceFile(`${root}/${file}`);
  const node = source === undefined ? undefined : nodeAt(source, offset);
  const checker = program.getTypeChecker();
  const symbol = node === undefined ? undefined : checker.getSymbolAtLocation(node);
  if (symbol === undefined) return [];
  const meant = (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
  return meant.declarations ?? [];
}

/** `import { a }` and `export { a }` pass the name on; with `as` they do not. */
function passingOn(node: ts.Node | undefined): 'import' | 'export' | undefined {
  const parent = node?.parent;
  if (parent === undefined) return undefined;
  if (ts.isImportSpecifier(parent) && parent.propertyName === undefined) return 'import';
  if (ts.isExportSpecifier(parent) && parent.propertyName === undefined) return 'export';
  return undefined;
}

/** The name that begins at an offset; undefined where none does. */
export function nodeAt(file: ts.SourceFile, offset: number): NameNode | undefined {
  let found: NameNode | undefined;
  const visit = (node: ts.Node): void => {
    if (found !== undefined || offset < node.pos || offset >= node.end) return;
    const isName = ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || ts.isStringLiteralLike(node);
    if (isName && nameStart(node, file) === offset) found = node;
    else ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
