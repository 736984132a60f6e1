import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import * as napi from '@ast-grep/napi';
import { SgNode, SgRoot } from '@ast-grep/napi';
import { grammarName, parseWith } from './grammars.ts';
import { hasScopes, languageOfFile } from './language-names.ts';
import { definitionIn, referencesIn } from './semantics.ts';
import { definitionElsewhere, type RootAt, referencesElsewhere } from './semantics-across.ts';
import type { StagedFiles } from './staged-files.ts';
import { type TreeFile, TreeRoots } from './tree-roots.ts';
import type { WorkspaceLookup } from './workspace-lookup.ts';

/** What the module stands on. */
export type AstGrepContext = {
  readonly targetFolder: string;
  readonly language: string;
  readonly files: StagedFiles;
  /** Undefined in the scope of one file. */
  readonly workspace: WorkspaceLookup | undefined;
  /** Runs another transform on another file: `jssgTransform`. */
  readonly transformOther: (transform: unknown, path: string, language: string) => Promise<string | null>;
};

/** The modules `codemod:ast-grep` and `@ast-grep/napi`, and the roots that the process itself makes. */
export type AstGrepModule = {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly roots: TreeRoots;
  /** Parses the file that is to be transformed. */
  open(file: TreeFile): SgRoot;
};

/**
 * Provides `codemod:ast-grep` on `@ast-grep/napi`. The methods that the public runner has beyond the binding (names across
 * a file or workspace, `filename`, `write`, `rename` …) are put on the classes of the binding: this process runs transforms
 * and nothing else.
 */
export function astGrepModule(context: AstGrepContext): AstGrepModule {
  const roots = new TreeRoots();
  extendRoots(roots, context);
  extendNodes(roots, context);
  const open = (file: TreeFile): SgRoot => {
    const root = parseWith(file.isCurrent ? context.language : languageOfFile(file.filename), file.text);
    roots.add(root, file);
    return root;
  };
  const parse = (language: unknown, text: unknown): SgRoot => parseWith(String(language), String(text));
  const own = {
    parse,
    parseAsync: async (language: unknown, text: unknown) => parse(language, text),
    parseFile(language: unknown, path: unknown) {
      const text = context.files.read(String(path)) ?? '';
      const root = parseWith(String(language), text);
      roots.add(root, { filename: String(path), text, isCurrent: false, renamedTo: undefined });
      return root;
    },
    kind: (language: unknown, name: unknown) => napi.kind(grammarName(String(language)), String(name)),
    pattern: (language: unknown, text: unknown) => napi.pattern(grammarName(String(language)), String(text)),
    jssgTransform: (transform: unknown, path: unknown, language: unknown) =>
      context.transformOther(transform, String(path), String(language)),
    registerDynamicLanguage: () => undefined,
    Lang: napi.Lang,
    SgNode,
    SgRoot,
  };
  return { exports: { ...own, default: own }, roots, open };
}

function extendRoots(roots: TreeRoots, { targetFolder, files }: AstGrepContext): void {
  const fileOf = (root: SgRoot): TreeFile | undefined => roots.fileOfRoot(root);
  extend<SgRoot>(SgRoot.prototype, {
    filename: (root) => fileOf(root)?.filename ?? '',
    relativeFilename(root) {
      const path = fileOf(root)?.filename ?? '';
      const inside = relative(targetFolder, path);
      return inside.startsWith('..') || isAbsolute(inside) ? path : inside.split(sep).join('/');
    },
    source: (root) => fileOf(root)?.text ?? root.root().text(),
    write(root, text) {
      const file = fileOf(root);
      if (file === undefined || file.filename === '') throw new Error('Cannot write: the file has no path.');
      if (file.isCurrent) throw new Error('Cannot write the current file; return its text from the transform instead.');
      files.write(file.filename, String(text));
    },
    rename(root, to) {
      const file = fileOf(root);
      if (file === undefined) throw new Error('Cannot rename: the file has no path.');
      if (typeof to !== 'string' || to === '') throw new Error('rename() needs a path.');
      if (file.renamedTo !== undefined) throw new Error('rename() was called before; a file can be renamed once.');
      file.renamedTo = insideOf(targetFolder, resolve(dirname(file.filename), to), 'rename()');
    },
  });
}

/** Throws an Error where a path leads out of the target folder. */
export function insideOf(folder: string, path: string, what: string): string {
  if (path.startsWith(folder + sep)) return path;
  throw new Error(`${what} leads out of the tree: ${path}.`);
}

function extendNodes(roots: TreeRoots, context: AstGrepContext): void {
  const { workspace, files } = context;
  const languageOf = (file: TreeFile): string => (file.isCurrent ? context.language : languageOfFile(file.filename));
  const opened = new Map<string, SgRoot>();
  const rootAt: RootAt = (path) => {
    const text = files.read(path) ?? '';
    const known = opened.get(path);
    if (known !== undefined && roots.fileOfRoot(known)?.text === text) return known;
    const root = parseWith(languageOfFile(path), text);
    roots.add(root, { filename: path, text, isCurrent: false, renamedTo: undefined });
    opened.set(path, root);
    return root;
  };
  extend<SgNode>(SgNode.prototype, {
    definition(node, options) {
      const file = roots.fileOf(node);
      if (file === undefined || !hasScopes(languageOf(file))) return null;
      const found = definitionIn(node);
      if (found === undefined) return null;
      const isFollowed = found.kind === 'import' && !(isObject(options) && options.resolveExternal === false);
      const elsewhere =
        isFollowed && workspace !== undefined
          ? definitionElsewhere(found.node, file.filename, { workspace, rootAt })
          : undefined;
      return elsewhere ?? { ...found, root: node.getRoot() };
    },
    references(node) {
      const file = roots.fileOf(node);
      if (file === undefined || !hasScopes(languageOf(file))) return [];
      const inFile = referencesIn(node);
      const own = inFile.length === 0 ? [] : [{ root: node.getRoot(), nodes: inFile }];
      const across =
        workspace === undefined ? undefined : { workspace, rootAt, textOf: (path: string) => files.read(path) };
      return across === undefined ? own : [...own, ...referencesElsewhere(node, file.filename, across)];
    },
    typeInfo: () => null,
    debug: (node) => outline(node, 0),
  });
}

function outline(node: SgNode, depth: number): string {
  const children = node.children();
  const text = children.length === 0 ? ` ${JSON.stringify(node.text().slice(0, 40))}` : '';
  return [`${'  '.repeat(depth)}${node.kind()}${text}`, ...children.map((child) => outline(child, depth + 1))].join(
    '\n',
  );
}

type Method<Self> = (self: Self, ...given: readonly unknown[]) => unknown;

function extend<Self extends object>(prototype: Self, methods: Readonly<Record<string, Method<Self>>>): void {
  for (const [name, method] of Object.entries(methods)) {
    const value = function bound(this: Self, ...given: readonly unknown[]): unknown {
      return method(this, ...given);
    };
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
