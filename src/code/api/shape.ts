/**
 * Where a symbol is declared: path inside node_modules and offset, e.g. `commander/typings/index.d.ts:1204`. The same for
 * a package that is installed and for the same version fetched.
 */
export type DeclarationKey = string;

/** A type as data, as far as two versions of it can be compared. Type parameters are named by position, not by name. */
export type Shape =
  | { readonly kind: 'plain'; readonly text: string }
  /** A type parameter: `id` by position, the same in both versions; `name` as it is written. */
  | { readonly kind: 'parameter'; readonly id: string; readonly name: string }
  /** A type, enum, class or value (`typeof x`) that has a name; `item` where it is declared in a fetched package. */
  | { readonly kind: 'named'; readonly name: string; readonly item?: DeclarationKey; readonly args: readonly Shape[] }
  | { readonly kind: 'union' | 'intersection'; readonly parts: readonly Shape[] }
  | { readonly kind: 'tuple'; readonly elements: readonly TupleElement[]; readonly isReadonly: boolean }
  | ObjectShape
  /** Conditional, mapped, indexed and template types: compared by their text. */
  | { readonly kind: 'opaque'; readonly text: string };

export type TupleElement = { readonly shape: Shape; readonly isOptional: boolean; readonly isRest: boolean };

export type ObjectShape = {
  readonly kind: 'object';
  readonly members: readonly Member[];
  readonly calls: readonly Signature[];
  readonly constructs: readonly Signature[];
  readonly indexes: readonly { readonly key: Shape; readonly value: Shape }[];
};

export type Member = {
  readonly name: string;
  /** Every declaration; a user's use of the member leads to one of them. */
  readonly keys: readonly DeclarationKey[];
  readonly isOptional: boolean;
  readonly isReadonly: boolean;
  readonly isProtected: boolean;
  /** False where it comes from a base. */
  readonly isOwn: boolean;
  /** `any` where it comes from a base: that is compared where it is declared. */
  readonly shape: Shape;
  readonly deprecated?: string;
};

export type Signature = {
  readonly keys: readonly DeclarationKey[];
  readonly typeParameters: readonly TypeParameter[];
  readonly parameters: readonly Parameter[];
  readonly returns: Shape;
  readonly deprecated?: string;
};

export type Parameter = {
  readonly name: string;
  readonly isOptional: boolean;
  readonly isRest: boolean;
  readonly shape: Shape;
};

export type TypeParameter = { readonly name: string; readonly hasDefault: boolean; readonly constraint?: Shape };
