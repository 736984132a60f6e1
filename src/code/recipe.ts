import type { SgNode } from '@ast-grep/napi';

/** Texts with a grammar have a tree; `json` and `text` (YAML, ignore files, Markdown …) have only their text. */
export type RecipeLanguage = 'javascript' | 'typescript' | 'tsx' | 'css' | 'html' | 'python' | 'json' | 'text';

/** `text` takes the place of `length` UTF-16 code units at `offset` of `RecipeFile.text`. */
export type TextEdit = { readonly offset: number; readonly length: number; readonly text: string };

/** A part of a text, in UTF-16 code units. */
export type Span = { readonly offset: number; readonly length: number };

/** Something that the recipe saw and could not do. The engine makes it a finding with file, line and column. */
export type Unresolved = Span & {
  /** What, with the user's own names: "`app.param(fn)` is gone in Express 5." */
  readonly message: string;
  /** What a person should do. */
  readonly cure?: string;
  /** What of the package it is about, e.g. `Response.send`. */
  readonly symbol?: string;
  /** What the claim rests on: the upgrade guide's own words, a section. */
  readonly evidence?: string;
  /** True for what is good to know and asks nothing of anybody. */
  readonly isAdvice?: true;
};

/** One file as a transform sees it. The byte order mark is not part of the text; line ends and tabs are the user's own. */
export interface RecipeFile {
  /** From the root of the tree, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly language: RecipeLanguage;
  /** The syntax tree, parsed on first use. Throws for `json` and `text`. */
  root(): SgNode;
}

/** The package.json nearest to a file, upwards. */
export type HomePackage = {
  /** Folder from the root; `.` is the root itself. */
  readonly path: string;
  readonly name: string | undefined;
  /** How its `.js` files are read. */
  readonly type: 'module' | 'commonjs';
  /** All dependency groups together: name → declared range. */
  readonly dependencies: Readonly<Record<string, string>>;
};

/** What a transform is told beside the file. */
export type RecipeContext = {
  /** Every parameter of the recipe: as given, else its default. */
  readonly params: Readonly<Record<string, string>>;
  /** Undefined where no package.json stands above the file, or it cannot be read. */
  readonly home: HomePackage | undefined;
  /** Every file of the tree that may be looked at, sorted. */
  paths(): readonly string[];
};

/** Edits may not overlap: of two that do, the engine applies the first and calls the transform again on the result. */
export type Transformed = { readonly edits: readonly TextEdit[]; readonly unresolved: readonly Unresolved[] };

/** Looks at one file at a time: text edits of this file and nothing else. Pure. */
export type FileTransform = {
  readonly kind: 'file';
  /** Kebab-case, unique within the recipe. Unresolved items are findings of the rule `recipe/<recipe>/<transform>`. */
  readonly id: string;
  /** One sentence: why the old form no longer holds. Stands in the manual and in `godwit explain`. */
  readonly why: string;
  /** Globs on paths from the root; `sourceFiles` for everything with a JavaScript or TypeScript grammar. */
  readonly files: readonly string[];
  /** Only files whose text holds one of these words are parsed. Empty: all are. */
  readonly mentions: readonly string[];
  /** What it writes is newer than the grammar reads, which is then not held against it. */
  readonly isBeyondGrammar?: true;
  transform(file: RecipeFile, context: RecipeContext): Transformed;
};

/** A change of a tree by a `tree` transform. Paths are from the root, with slashes. */
export type TreeEdit =
  | { readonly kind: 'edit'; readonly path: string; readonly edits: readonly TextEdit[] }
  /** The whole text of a file, which may be new. */
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'move'; readonly path: string; readonly to: string };

/** The tree as it stands after the transforms before. */
export interface TreeView {
  /** Every file that may be looked at, sorted. */
  readonly paths: readonly string[];
  /** Path to which each symbolic link of the tree leads, from the root. */
  readonly links: ReadonlyMap<string, string>;
  /** Undefined where the file is not there, not UTF-8, or too large. */
  read(path: string): Promise<RecipeFile | undefined>;
  /** Text of a file below a `node_modules` of the tree; undefined where it is not installed. Nothing there can be changed. */
  installed(path: string): Promise<string | undefined>;
  /** What a range of a package means in the registry, or why that is not known. */
  published(name: string, range: string): Promise<PublishedFiles | { readonly why: string }>;
}

/** Texts of a published package: its package.json, declarations and code, by path. */
export type PublishedFiles = {
  readonly version: string;
  readonly manifest: unknown;
  readonly files: ReadonlyMap<string, string>;
};

/** What a `tree` transform could not do, with the file in which it stands; the place is in the text that it leaves. */
export type TreeUnresolved = Unresolved & { readonly path: string };
export type TreeTransformed = {
  readonly edits: readonly TreeEdit[];
  readonly unresolved: readonly TreeUnresolved[];
  /** What the whole of it comes to, as sentences for people. */
  readonly notes?: readonly string[];
};

/** Looks at several files at once: reads configuration, writes, moves and removes files. */
export type TreeTransform = {
  readonly kind: 'tree';
  readonly id: string;
  readonly why: string;
  transform(tree: TreeView, context: RecipeContext): Promise<TreeTransformed>;
};

/** A parameter, as text; `--param name=value` gives it. */
export type RecipeParam = {
  readonly summary: string;
  readonly default: string;
  /** The only values that are taken, where not any text is. */
  readonly choices?: readonly string[];
};

/** One lock file instead of another. */
export type LockChange =
  | { readonly from: 'package-lock.json'; readonly to: 'pnpm-lock.yaml' }
  | { readonly from: 'pnpm-lock.yaml'; readonly to: 'package-lock.json' };

/**
 * A rewrite of a working tree for a change of version. One folder on the shelf `recipes/` for each: `recipe.ts`, and
 * `cases/<what-it-shows>/` with `before.ts` and `after.ts` (any extension), or `before/` and `after/` with a small tree.
 * A case without `after` is negative: nothing may change. What must be reported stands in `unresolved.txt`, one
 * `path:line:column transform-id` a line, places as they are afterwards; without it nothing may be. `params.json` holds the
 * parameters of the run where not all have their defaults.
 */
export interface Recipe {
  /** `<from>-to-<to>`, e.g. `express-4-to-5`; the folder has this name. */
  readonly id: string;
  readonly summary: string;
  /** Why one needs it, in a sentence or two, with what it rests on. */
  readonly why: string;
  /** Each is a reason to run it: a package that leaves `from` for `to`. Ranges as in package.json. Empty: it runs when it is asked for. */
  readonly applies: readonly { readonly package: string; readonly from: string; readonly to: string }[];
  /**
   * `low`: syntax alone proves that the meaning is kept. `medium`: holds where names mean what their imports say.
   * `high`: a person must look at each change.
   */
  readonly risk: 'low' | 'medium' | 'high';
  readonly params?: Readonly<Record<string, RecipeParam>>;
  /** A parameter with a list, commas between: a plan makes a commit and a gate for each of its words, in their order. */
  readonly each?: string;
  /** The lock file that a plan has the new package manager write from the old one; pnpm in the version that the parameter `pnpm` names. */
  readonly lock?: LockChange;
  /** In this order; each sees what the ones before have done. */
  readonly transforms: readonly (FileTransform | TreeTransform)[];
}

/** Globs of everything that has a JavaScript or TypeScript grammar. */
export const sourceFiles: readonly string[] = ['**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}'];
