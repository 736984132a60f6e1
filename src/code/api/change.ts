import type { DeclarationKey, Shape } from './shape.ts';

/** Kinds of change of an API that can break a use of it. What each means in general: api-meanings.ts. */
export const apiRules = [
  'api/removed',
  'api/renamed',
  'api/moved',
  'api/path-removed',
  'api/default-to-named',
  'api/named-to-default',
  'api/export-equals-to-default',
  'api/require-of-esm',
  'api/class-to-type',
  'api/value-to-type',
  'api/became-abstract',
  'api/member-removed',
  'api/member-type-changed',
  'api/member-widened',
  'api/became-readonly',
  'api/option-removed',
  'api/option-required',
  'api/parameter-added',
  'api/parameter-required',
  'api/parameter-removed',
  'api/parameter-narrowed',
  'api/overload-removed',
  'api/return-widened',
  'api/return-changed',
  'api/type-parameter-required',
  'api/type-parameter-removed',
  'api/type-narrowed',
  'api/type-widened',
  'api/type-changed',
] as const;
export type ApiRule = (typeof apiRules)[number];

/** Which uses of a symbol a change touches. */
export type Trigger =
  /** Every use. */
  | { readonly kind: 'any' }
  /** Where it is imported, or read from the namespace of the module. */
  | { readonly kind: 'import' }
  /** Calls with fewer arguments than this. */
  | { readonly kind: 'fewer-arguments'; readonly than: number }
  | { readonly kind: 'more-arguments'; readonly than: number }
  /** Calls that give this argument, from 0; `wanted` is what the new version takes. */
  | { readonly kind: 'argument'; readonly index: number; readonly wanted: Shape }
  /** Calls whose result is used. */
  | { readonly kind: 'result' }
  | { readonly kind: 'call' }
  | { readonly kind: 'read' }
  | { readonly kind: 'write' }
  /** Object literals, implementations, that lack this member. */
  | { readonly kind: 'literal-without'; readonly member: string }
  /** As a type, with fewer type arguments than this. */
  | { readonly kind: 'fewer-type-arguments'; readonly than: number }
  | { readonly kind: 'more-type-arguments'; readonly than: number }
  /** As a value: called, constructed, extended, passed on. */
  | { readonly kind: 'value' }
  | { readonly kind: 'new' }
  | { readonly kind: 'type' };

/** What to write instead. */
export type Replacement = {
  /** The new name, as its users would write it. */
  readonly name: string;
  /** Where it is to be imported from, if from elsewhere. */
  readonly specifier?: string;
  /** Why this is held to be the same thing. */
  readonly because: string;
  /** True where an edit may be proposed: same shape, or the package's own words. */
  readonly isCertain: boolean;
};

/** One difference between two versions, told once, at its root. */
export type Change = {
  readonly rule: ApiRule;
  /** As users write it: `Command.addHelpText`. */
  readonly symbol: string;
  /** Declarations in the old version to which uses lead. */
  readonly keys: readonly DeclarationKey[];
  /** Where the symbol was exported from, if the change is about an export. */
  readonly exported: readonly ExportName[];
  readonly trigger: Trigger;
  readonly before: string;
  /** Empty where nothing is left. */
  readonly after: string;
  readonly replacement?: Replacement;
};

export type ExportName = { readonly specifier: string; readonly name: string };
