import type { FileEdits, TextEdit } from '../text/file-edits.ts';
import { type ImportStyle, importStyleOf, importTexts } from './import-text.ts';
import { type Layout, type Modules, type OwnNeed, ownNeeds, type Part, partsOf } from './layout.ts';
import type { Link, ModuleShape, Taken, TopLevel } from './module-shape.ts';
import { type NewModule, newModule } from './new-module.ts';
import { withoutGaps } from './without-gaps.ts';
import { type Names, newSpecifier, respecified, type Written } from './write-specifier.ts';

/** A place at which a layout cannot be written. */
export type LayoutObstacle = { readonly file: string; readonly line: number; readonly why: string };

/** A layout as edits and new modules. */
export type WrittenLayout = {
  readonly edits: ReadonlyMap<string, FileEdits>;
  readonly fresh: ReadonlyMap<string, NewModule>;
  readonly obstacles: readonly LayoutObstacle[];
  /** What the specifiers that were written reach, by `from specifier`. */
  readonly reaches: ReadonlyMap<string, string>;
};

type Writing = {
  readonly modules: Modules;
  readonly layout: Layout;
  readonly names: Names;
  readonly obstacles: LayoutObstacle[];
  readonly reaches: Map<string, string>;
};

/** Writes a layout: imports of every module that it touches, and the modules that are new. Pure. */
export function writeLayout(modules: Modules, layout: Layout, names: Names): WrittenLayout {
  const writing: Writing = { modules, layout, names, obstacles: [], reaches: new Map() };
  const edits = new Map<string, FileEdits>();
  const fresh = new Map<string, NewModule>();
  for (const shape of [...modules.values()].toSorted((one, other) => (one.path < other.path ? -1 : 1))) {
    const own = editsOf(shape, writing);
    if (own.length > 0) edits.set(shape.path, { path: shape.path, edits: own });
    const leaving = new Set(shape.topLevels.flatMap(({ id }) => layout.moved.get(id) ?? []));
    for (const path of leaving) fresh.set(path, newModule(shape, path, headOf(shape, path, writing), layout));
  }
  return { edits, fresh, obstacles: writing.obstacles, reaches: writing.reaches };
}

function editsOf(shape: ModuleShape, writing: Writing): readonly TextEdit[] {
  const style = importStyleOf(shape.text, shape.links);
  const edits = [
    ...ownImports(shape, { style, writing }),
    ...shape.links.flatMap((link) => linkEdits(link, { shape, style, writing })),
    ...takenOut(shape, writing.layout),
  ];
  return withoutGaps(
    shape.text,
    edits.toSorted((one, other) => one.offset - other.offset),
  );
}

type Statement = { readonly shape: ModuleShape; readonly style: ImportStyle; readonly writing: Writing };

/** An import or `export … from` after the layout: as it is, with another specifier, as several, or gone. */
function linkEdits(link: Link, { shape, style, writing }: Statement): readonly TextEdit[] {
  const { text, path } = shape;
  if (link.kind === 'whole') return [];
  const all = partsOf(link, writing.modules, writing.layout);
  const parts = all.filter(({ holder }) => holder === path);
  const [only] = parts;
  const isSame = parts.length === 1 && only?.taken.length === link.taken.length;
  if (isSame && only.target === link.to && only.isType === isTypeOf(link)) return [];
  const statement = text.slice(link.start, link.end);
  if (/\bwith\s*\{|\bassert\s*\{/.test(statement.slice(link.offset - link.start + link.specifier.length)))
    return stuck(link, 'its import has attributes', writing);
  const word = link.kind === 'export' ? 'export' : 'import';
  const texts = parts.flatMap((part) => {
    const written = specifierOf(link, part, writing);
    if (written === undefined) return [];
    return importTexts({ word, isType: part.isType, specifier: written, taken: part.taken }, style);
  });
  if (isSame && only.isType === isTypeOf(link)) {
    const written = specifierOf(link, only, writing);
    const quote = style.quote.length;
    if (written === undefined) return [];
    const length = text.indexOf(text[link.offset - quote] ?? "'", link.offset) - link.offset;
    return [replaced(text, { start: link.offset, end: link.offset + length }, written)];
  }
  return [replaced(text, texts.length > 0 ? link : wholeLine(text, link), texts.join(style.line))];
}

function isTypeOf(link: Link): boolean {
  return link.when === 'type';
}

function stuck({ from, line }: Link, why: string, { obstacles }: Writing): readonly TextEdit[] {
  obstacles.push({ file: from, line, why });
  return [];
}

function specifierOf(link: Link, { holder, target }: Part, writing: Writing): string | undefined {
  return noted(respecified({ id: link.id, holder, target }, writing.names), { link, holder, target, writing });
}

type Noted = {
  readonly link: Pick<Link, 'from' | 'line'>;
  readonly holder: string;
  readonly target: string;
  readonly writing: Writing;
};

function noted(written: Written, { link, holder, target, writing }: Noted): string | undefined {
  if ('why' in written) {
    writing.obstacles.push({
      file: link.from,
      line: link.line,
      why: `the import cannot be written anew: ${written.why}`,
    });
    return undefined;
  }
  // What reaches no module of the tree has its own text for a target, and is resolved by the compiler.
  if (written.text !== target) writing.reaches.set(`${holder} ${written.text}`, target);
  return written.text;
}

function replaced(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  put: string,
): TextEdit {
  return { offset: start, length: end - start, before: text.slice(start, end), text: put };
}

type Span = { readonly start: number; readonly end: number };

/** A span with its indentation and the rest of its last line, where nothing else stands there. */
function wholeLine(text: string, { start, end }: Span): Span {
  const first = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /^[^\S\n]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0;
  return { start: text.slice(first, start).trim() === '' ? first : start, end: end + rest };
}

/** Takes out what leaves a module. */
function takenOut({ text, topLevels }: ModuleShape, { moved }: Layout): readonly TextEdit[] {
  return topLevels
    .filter(({ id }) => moved.has(id))
    .flatMap(({ ranges }) => ranges)
    .map((range) => replaced(text, wholeLine(text, range), ''));
}

/** What a module needs of what has left it, or passes on of it, behind its last import. */
function ownImports(shape: ModuleShape, { style, writing }: Omit<Statement, 'shape'>): readonly TextEdit[] {
  const { layout } = writing;
  const needs = ownNeeds(shape, layout).filter(({ holder }) => holder === shape.path);
  const lines = [
    ...needLines(needs, { shape, holder: shape.path, style, writing }),
    ...(layout.keepsOldNames ? keptLines(shape, { style, writing }) : []),
  ];
  if (lines.length === 0) return [];
  if (shape.importsEnd !== -1) {
    const { end } = wholeLine(shape.text, { start: shape.importsEnd, end: shape.importsEnd });
    const isLine = shape.text[end - 1] === '\n';
    return [
      { offset: end, length: 0, before: '', text: `${isLine ? '' : style.line}${lines.join(style.line)}${style.line}` },
    ];
  }
  const at = shape.topLevels
    .flatMap(({ ranges }) => ranges)
    .reduce((least, { start }) => Math.min(least, start), shape.text.length);
  return [{ offset: at, length: 0, before: '', text: `${lines.join(style.line)}${style.line}${style.line}` }];
}

type Needing = Statement & { readonly holder: string };

function needLines(needs: readonly OwnNeed[], { shape, holder, style, writing }: Needing): readonly string[] {
  const targets = [...new Set(needs.map(({ target }) => target))];
  return targets.flatMap((target) => {
    const link = { from: shape.path, line: needs[0]?.needed.line ?? 1 };
    const specifier = noted(newSpecifier({ from: holder, target, beside: shape.path }, writing.names), {
      link,
      holder,
      target,
      writing,
    });
    if (specifier === undefined) return [];
    return [false, true].flatMap((isType) => {
      const own = needs.filter((one) => one.target === target && (one.strength === 'type') === isType);
      const taken = own.flatMap(({ needed }) => needed.names).map(asTaken);
      const word = 'import' as const;
      return taken.length === 0
        ? []
        : importTexts({ word, isType: isType && !isScript(holder), specifier, taken }, style);
    });
  });
}

function isScript(path: string): boolean {
  return /\.[cm]?jsx?$/.test(path);
}

function asTaken(name: string): Taken {
  return { local: name, name, isType: false };
}

function keptLines(shape: ModuleShape, { style, writing }: Omit<Statement, 'shape'>): readonly string[] {
  const gone = shape.topLevels.filter((one) => one.isExported && writing.layout.moved.has(one.id));
  const targets = [...new Set(gone.flatMap(({ id }) => writing.layout.moved.get(id) ?? []))];
  return targets.flatMap((target) => {
    const link = { from: shape.path, line: 1 };
    const written = newSpecifier({ from: shape.path, target, beside: shape.path }, writing.names);
    const specifier = noted(written, { link, holder: shape.path, target, writing });
    if (specifier === undefined) return [];
    return [false, true].flatMap((isType) => {
      const own = gone.filter((one: TopLevel) => one.isType === isType && writing.layout.moved.get(one.id) === target);
      const taken = own.flatMap(({ names }) => names).map(asTaken);
      return taken.length === 0 ? [] : importTexts({ word: 'export', isType, specifier, taken }, style);
    });
  });
}

/** The imports of a new module: those of the one that it leaves, as far as it needs them, and what it needs of that. */
function headOf(shape: ModuleShape, path: string, writing: Writing): readonly string[] {
  const style = importStyleOf(shape.text, shape.links);
  const taken = shape.links.flatMap((link) => {
    if (link.kind !== 'import') return [];
    return partsOf(link, writing.modules, writing.layout)
      .filter(({ holder }) => holder === path)
      .flatMap((part) => {
        const written = specifierOf(link, part, writing);
        const isType = part.isType && !isScript(path);
        return written === undefined
          ? []
          : importTexts({ word: 'import', isType, specifier: written, taken: part.taken }, style);
      });
  });
  const needs = ownNeeds(shape, writing.layout).filter(({ holder }) => holder === path);
  return [...taken, ...needLines(needs, { shape, holder: path, style, writing })];
}
