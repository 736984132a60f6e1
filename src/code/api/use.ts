import type { Place } from '../snapshot.ts';
import type { DeclarationKey } from './shape.ts';

/** How a symbol is used at a place. */
export type UseRole =
  /** `import`, `export … from`, `require`, `import()`, a mock of a test runner. */
  | ImportRole
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'new'; readonly call: Call }
  | { readonly kind: 'value' }
  | { readonly kind: 'read' }
  | { readonly kind: 'write' }
  | { readonly kind: 'type'; readonly typeArguments: number }
  /** A property of an object literal, or an attribute of JSX, that is given to the package. */
  | { readonly kind: 'option' }
  /** An object literal that is given to the package; `present` are its properties. */
  | { readonly kind: 'literal'; readonly present: readonly string[]; readonly isOpen: boolean }
  /** A member of the package's class or interface that the tree defines itself. */
  | { readonly kind: 'override' }
  | { readonly kind: 'extends' }
  /** `interface X` or `namespace X` of the tree that adds to the package's. */
  | { readonly kind: 'augment' };

export type ImportRole = {
  readonly kind: 'import';
  readonly style: ImportStyle;
  /** What is imported: a name, `default`, `*` for the module itself, empty where nothing is taken. */
  readonly name: string;
  /** What the file calls it. */
  readonly local: string;
  /** True where nothing else is imported with it. */
  readonly isAlone: boolean;
  /** True where Node will run it as `require`. */
  readonly isRequired: boolean;
  /** The specifier's text between its quotes. */
  readonly module: { readonly offset: number; readonly length: number };
};

export type ImportStyle =
  | 'named'
  | 'default'
  | 'namespace'
  | 'require'
  | 'import-equals'
  | 'dynamic'
  | 'export-from'
  | 'side-effect'
  | 'type'
  | 'mock';

export type Call = {
  /** Declaration of the overload that the compiler chose. */
  readonly signature: DeclarationKey | undefined;
  readonly arguments: number;
  /** A spread argument: the count is a lower bound. */
  readonly hasSpread: boolean;
  readonly isResultUsed: boolean;
  readonly isTag: boolean;
};

/** A use of a package's symbol in the tree's own code. */
export type Use = {
  readonly place: Place;
  readonly endLine: number;
  readonly endColumn: number;
  /** What stands there. */
  readonly text: string;
  /** Declarations of the symbol, of all that it may mean. */
  readonly keys: readonly DeclarationKey[];
  /** Set where the use names an export of a module. */
  readonly exported?: { readonly specifier: string; readonly name: string };
  /** Set where a member is used that the type of its owner does not have: the declarations of the owner. */
  readonly untypedOf?: readonly DeclarationKey[];
  /** Set where the new version's compiler knows nothing of the value, because what it comes from broke. */
  readonly isHidden?: true;
  readonly role: UseRole;
  readonly isJavascript: boolean;
};
