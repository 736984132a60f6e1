import type { TextEdit } from '../../../recipe.ts';
import type { CommonModule } from '../reading/common-module.ts';
import type { PackageFacts } from '../reading/installed-package.ts';
import type { Files } from '../reading/node-path.ts';
import type { ToolFate } from './tool-files.ts';

/** What of Node a package may use, by its `engines`. */
export type NodeAbilities = {
  /** `import.meta.dirname` and `import.meta.filename`: 20.11. */
  readonly hasDirname: boolean;
  /** `with { type: 'json' }`: 18.20 and 20.10; where ESLint is there, its parser has to read that too. */
  readonly hasAttributes: boolean;
};

/** All that is known when it is decided what becomes of each file of a package. Paths are from the root of the tree. */
export type World = {
  /** Folder of the package. */
  readonly home: string;
  readonly files: Files;
  /** Every file of the package that Node reads as CommonJS. */
  readonly modules: ReadonlyMap<string, CommonModule>;
  /** By specifier; undefined for what is not installed. */
  readonly packages: ReadonlyMap<string, PackageFacts | undefined>;
  readonly node: NodeAbilities;
  /** Files that others of the package, or its users, load as ES modules do. */
  readonly isPublic: (path: string) => boolean;
  /** Files that users of the package load by its name: the entries of one that is not private. */
  readonly isEntry: (path: string) => boolean;
  /** Names that `import` sees in each entry as long as it is CommonJS. */
  readonly entryNames: ReadonlyMap<string, ReadonlySet<string>>;
  /** Files that nothing else loads: entries of an application, tests. */
  readonly mayAwait: (path: string) => boolean;
  /** What becomes of configuration of tools. */
  readonly toolFates: ReadonlyMap<string, ToolFate>;
  /** Where an ES module has the `jest` of Jest from; undefined for a package that other tools test. */
  readonly jest: 'package' | 'meta' | undefined;
  /** The version of ESLint that is installed, else the lowest that is declared. */
  readonly lintVersion: string | undefined;
  /** Specifiers of modules of which some file changes a property. */
  readonly mutated: ReadonlySet<string>;
};

/** Something for a person, at its place in the text of before. */
export type Open = {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  readonly message: string;
  readonly cure?: string;
  /** True for what is good to know and asks nothing of anybody. */
  readonly isAdvice?: true;
};

/** A file as it is to be. */
export type Written = { readonly edits: readonly TextEdit[]; readonly open: readonly Open[] };
