/**
 * Where a symbol is declared: path inside node_modules and offset, e.g. `commander/typings/index.d.ts:1204`. The same for
 * a package that is installed and for the same version fetched.
 */
export type DeclarationKey = string;

/** A type as data, as far as two versions of it can be compared. Type parameters are named by position, not by name. */
export type Shape =
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'parameter'; readonly name: string }
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
  readonly shape: Shape;
  /** As a declaration would spell it, for people. */
  readonly text: string;
  readonly deprecated?: string;
};

export type Signature = {
  readonly keys: readonly DeclarationKey[];
  readonly typeParameters: readonly TypeParameter[];
  readonly parameters: readonly Parameter[];
  readonly returns: Shape;
  readonly text: string;
  readonly deprecated?: string;
};

export type Parameter = {
  readonly name: string;
  readonly isOptional: boolean;
  readonly isRest: boolean;
  readonly shape: Shape;
};

export type TypeParameter = { readonly name: string; readonly hasDefault: boolean; readonly constraint?: Shape };

/** A shape in one line, the same for equal shapes; for comparing and for short messages, not for reading aloud. */
export function spellShape(shape: Shape): string {
  switch (shape.kind) {
    case 'plain':
    case 'opaque':
      return shape.text;
    case 'parameter':
      return shape.name;
    case 'named':
      return `${shape.name}${shape.args.length === 0 ? '' : `<${shape.args.map(spellShape).join(', ')}>`}`;
    case 'union':
      return shape.parts.map(spellShape).sort().join(' | ');
    case 'intersection':
      return shape.parts.map(spellShape).sort().join(' & ');
    case 'tuple':
      return `${shape.isReadonly ? 'readonly ' : ''}[${shape.elements.map(spellElement).join(', ')}]`;
    case 'object':
      return spellObject(shape);
  }
}

/** A signature in one line, names of parameters left out: they are no part of what callers must do. */
export function spellSignature({ typeParameters, parameters, returns }: Signature): string {
  const generics = typeParameters.map(
    ({ constraint, hasDefault }) => `${constraint === undefined ? '' : spellShape(constraint)}${hasDefault ? '=' : ''}`,
  );
  const list = parameters.map(
    ({ isRest, isOptional, shape }) => `${isRest ? '...' : ''}${isOptional ? '?' : ''}${spellShape(shape)}`,
  );
  return `${generics.length === 0 ? '' : `<${generics.join(', ')}>`}(${list.join(', ')}) => ${spellShape(returns)}`;
}

function spellElement({ shape, isOptional, isRest }: TupleElement): string {
  return `${isRest ? '...' : ''}${spellShape(shape)}${isOptional ? '?' : ''}`;
}

function spellObject({ members, calls, constructs, indexes }: ObjectShape): string {
  const parts = [
    ...calls.map(spellSignature),
    ...constructs.map((signature) => `new ${spellSignature(signature)}`),
    ...indexes.map(({ key, value }) => `[${spellShape(key)}]: ${spellShape(value)}`),
    ...members
      .map(
        ({ name, isOptional, isReadonly, shape }) =>
          `${isReadonly ? 'readonly ' : ''}${name}${isOptional ? '?' : ''}: ${spellShape(shape)}`,
      )
      .sort(),
  ];
  return `{ ${parts.join('; ')} }`;
}
