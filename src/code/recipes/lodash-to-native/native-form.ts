/** What a value can be. `object` has keys as its type names them: no wrapper, map, set or array-like; all others are `other`. */
export type Kind =
  | 'array'
  | 'string'
  | 'number'
  | 'boolean'
  | 'bigint'
  | 'symbol'
  | 'null'
  | 'undefined'
  | 'function'
  | 'object'
  | 'other';

/** What must be known of an argument before it may be handed to the native form. */
export type Need =
  /** Anything at all. With `isRepeated` the form writes it twice: a name that is bound once. */
  | { readonly kind: 'any'; readonly isRepeated?: true }
  /**
   * A value that is surely one of these. `orElse` stands in for null and undefined, which are then taken too. With
   * `isFree` it may be computed or not: it has no effect.
   */
  | { readonly kind: 'value'; readonly kinds: readonly Kind[]; readonly orElse?: string; readonly isFree?: true }
  /** An array whose elements `flat` takes apart as lodash does: arrays and what no other thing takes for one. */
  | { readonly kind: 'nested-array'; readonly depth: number }
  /** A function whose answers `flat` takes apart as lodash does. */
  | { readonly kind: 'nested-function' }
  /** A function, or the name of a property, for which lodash takes what an element has under it. */
  | { readonly kind: 'iteratee' }
  /** A function that does not answer `false`, which would end the loop of lodash. */
  | { readonly kind: 'procedure' }
  /** A function of one parameter at most, in a form to which another can be put before. */
  | { readonly kind: 'counter' }
  /** An integer that is written out, from `min` on. */
  | { readonly kind: 'integer'; readonly min: number }
  /** A property's name that is written out and is no index. */
  | { readonly kind: 'key' }
  /** A path of names that is written out. */
  | { readonly kind: 'path' }
  /** An object literal of plain properties. */
  | { readonly kind: 'literal' };

/** What a native form rests on beside its arguments. Each is proven from the tree, or granted by the user. */
export type Premise = 'no-holes' | 'no-boxed-primitives' | 'no-dotted-keys' | 'no-async-generators' | 'true-types';

/** An argument as the form writes it. */
export type Argument = {
  /** As it stands. */
  readonly text: string;
  /** Fit to stand before a dot, and within a comparison. */
  readonly operand: string;
  /** The edition of ECMAScript that its own text asks for. */
  readonly year?: number;
};

/** Native code. What is not `primary` is put in parentheses where its place asks for it. */
export type Written = {
  readonly text: string;
  readonly level: 'primary' | 'comparison' | 'operator' | 'object';
  /** What stands for `!` before it. */
  readonly negated?: string;
};

/** What one call of a function of lodash becomes. A function may have several forms: the first that fits is taken. */
export type NativeForm = {
  readonly method: string;
  /** One for each argument: a call with another number of them is not of this form. */
  readonly needs: readonly Need[];
  /** Every argument after those of `needs` must be of this. */
  readonly rest?: Need;
  /** The edition of ECMAScript that has it. */
  readonly year: number;
  readonly premises?: readonly Premise[];
  /** Only where nobody uses what it answers. */
  readonly isStatement?: true;
  /** The same function as a value, where it may stand for lodash's own. */
  readonly value?: string;
  /** Names of the global scope that it uses. */
  readonly globals?: readonly string[];
  write(args: readonly Argument[]): Written;
};

/** An expression that needs no parentheses anywhere. */
export function primary(text: string): Written {
  return { text, level: 'primary' };
}

/** An array. */
export const array: Need = { kind: 'value', kinds: ['array'] };
/** An array, or nothing, for which an empty one stands. */
export const maybeArray: Need = { kind: 'value', kinds: ['array'], orElse: '[]' };
/** A string, or nothing, for which an empty one stands. */
export const maybeString: Need = { kind: 'value', kinds: ['string'], orElse: "''" };
export const string: Need = { kind: 'value', kinds: ['string'] };
export const number: Need = { kind: 'value', kinds: ['number'] };
export const callback: Need = { kind: 'value', kinds: ['function'] };
/** A function of one element, or the name of a property. */
export const iteratee: Need = { kind: 'iteratee' };
export const anything: Need = { kind: 'any' };
/** What no wrapper of a primitive can be. */
export const unboxed: readonly Kind[] = [
  'array',
  'string',
  'number',
  'boolean',
  'bigint',
  'symbol',
  'null',
  'undefined',
  'function',
  'object',
];
