import type { DeclarationKey, Member, Shape, Signature, TypeParameter } from './shape.ts';
import type { ImportMode } from './surface-program.ts';

/** The public API of a version as data: what each specifier exports, and every named thing that can be reached from there. */
export type Surface = {
  readonly package: string;
  readonly version: string;
  /** What it was read from. `none`: the package ships neither types nor code that was found. */
  readonly source: 'types' | 'javascript' | 'none';
  readonly entries: readonly Entry[];
  readonly items: ReadonlyMap<DeclarationKey, Item>;
  /** False where the package has more named things than are read. */
  readonly isWhole: boolean;
};

/** What one specifier means in one mode. */
export type Entry = {
  readonly specifier: string;
  readonly mode: ImportMode;
  /** By exported name, `default` among them. */
  readonly exports: ReadonlyMap<string, DeclarationKey>;
  /** The thing that is the module itself: `export =`, `module.exports =`. */
  readonly exportEquals?: DeclarationKey;
};

export type ItemKind = 'function' | 'class' | 'interface' | 'type' | 'enum' | 'namespace' | 'variable';

/** Something with a name: what it is as a value and as a type. */
export type Item = {
  readonly key: DeclarationKey;
  readonly keys: readonly DeclarationKey[];
  /** As its declaration spells it, namespaces before: `Express.Request`. */
  readonly name: string;
  readonly kinds: readonly ItemKind[];
  readonly isAbstract: boolean;
  readonly typeParameters: readonly TypeParameter[];
  readonly calls: readonly Signature[];
  readonly constructs: readonly Signature[];
  /** Of an instance, or of the object that an alias stands for. */
  readonly members: readonly Member[];
  /** Of the value: statics of a class, properties of a variable, members of an enum. */
  readonly statics: readonly Member[];
  /** What an alias stands for. */
  readonly alias?: Shape;
  /** Type of a variable. */
  readonly value?: Shape;
  /** What a namespace exports. */
  readonly exports: ReadonlyMap<string, DeclarationKey>;
  readonly deprecated?: string;
};
