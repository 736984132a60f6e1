/** How strongly one thing needs another: when its module is loaded and run, or for its types alone. */
export type Strength = 'value' | 'type';

/** One name that a module takes from another: by which name it knows it, `*` for the whole, empty for nothing. */
export type Taken = {
  /** Name in the module; of `export … from` the name under which it is passed on. */
  readonly local: string;
  /** Name in the other module: `default` and `*` have no name of their own. */
  readonly name: string;
  /** Written with a `type` of its own. */
  readonly isType: boolean;
};

/** A specifier of a module. Where it reaches no module of the tree, `to` is the specifier itself. */
export type Link = {
  /** `file:offset` of its specifier. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** `whole` takes no names: a call, `import x = require()`, an import for its effects alone. */
  readonly kind: 'import' | 'export' | 'whole';
  /** When the other module is run: before this one, some time later or never, or not at all for types. */
  readonly when: 'load' | 'lazy' | 'type';
  /** The statement, in offsets of the text. */
  readonly start: number;
  readonly end: number;
  readonly offset: number;
  readonly line: number;
  readonly specifier: string;
  readonly taken: readonly Taken[];
};

/** Where a statement stands: `start` with the comments before it, `begin` without them, `end` with a comment behind it. */
export type Range = { readonly start: number; readonly begin: number; readonly end: number };

/** What a module declares at its top level under one name, or one statement without a name. */
export type TopLevel = {
  /** `file#name`; of a statement that declares nothing, `file:offset`. */
  readonly id: string;
  readonly names: readonly string[];
  readonly line: number;
  readonly ranges: readonly Range[];
  readonly isExported: boolean;
  /** True for an interface or a type. */
  readonly isType: boolean;
  /** Why it cannot stand in another module; undefined where it can. */
  readonly held: string | undefined;
  /** True where loading the module runs something that others may notice. */
  readonly runs: boolean;
  /** Names of imports that it needs. */
  readonly takes: ReadonlyMap<string, Strength>;
  /** Other top levels of the module that it needs, by id. */
  readonly needs: ReadonlyMap<string, Strength>;
};

/** A module by its top level. Offsets are those of its text. */
export type ModuleShape = {
  readonly path: string;
  readonly text: string;
  /** Statements at its head that say how it is read (`'use client'`), as they stand; without `'use strict'`, which modules are. */
  readonly directives: readonly string[];
  readonly links: readonly Link[];
  readonly topLevels: readonly TopLevel[];
  /** Top levels that are exported, by the name under which they are. */
  readonly exports: ReadonlyMap<string, string>;
  /** Where its last import ends; -1 where it has none. */
  readonly importsEnd: number;
  /** Names of imports that it exports by a list. */
  readonly passedOn: ReadonlySet<string>;
};
