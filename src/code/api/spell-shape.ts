import type { Member, ObjectShape, Shape, Signature, TupleElement } from './shape.ts';

/** How a shape is written: `canonical` is the same for equal shapes, `readable` is as a declaration would write it. */
type Style = 'canonical' | 'readable';

/** A shape in one line, the same for equal shapes. */
export function spellShape(shape: Shape): string {
  return spell(shape, 'canonical');
}

/** A signature in one line, the same for equal ones: names of parameters are no part of what callers must do. */
export function spellSignature(signature: Signature): string {
  return spellCall(signature, { style: 'canonical', arrow: ' => ' });
}

/** A shape for people. */
export function showShape(shape: Shape): string {
  return spell(shape, 'readable');
}

/** A signature for people: `(text: string, size?: number): void`. */
export function showSignature(signature: Signature): string {
  return spellCall(signature, { style: 'readable', arrow: ': ' });
}

/** A member for people: `name?: string`, `name(text: string): void`; overloads one after the other. */
export function showMember({ name, shape, isOptional, isReadonly }: Member): string {
  const isFunction = shape.kind === 'object' && shape.calls.length > 0 && shape.members.length === 0;
  if (isFunction) return shape.calls.map((call) => `${name}${isOptional ? '?' : ''}${showSignature(call)}`).join('; ');
  return `${isReadonly ? 'readonly ' : ''}${name}${isOptional ? '?' : ''}: ${showShape(shape)}`;
}

function spell(shape: Shape, style: Style): string {
  switch (shape.kind) {
    case 'plain':
    case 'opaque':
      return shape.text;
    case 'parameter':
      return style === 'canonical' ? shape.id : shape.name;
    case 'named':
      return spellNamed(shape, style);
    case 'union':
    case 'intersection':
      return spellParts(shape, style);
    case 'tuple':
      return `${shape.isReadonly ? 'readonly ' : ''}[${shape.elements.map((element) => spellElement(element, style)).join(', ')}]`;
    case 'object':
      return spellObject(shape, style);
  }
}

function spellNamed({ name, args }: Extract<Shape, { kind: 'named' }>, style: Style): string {
  const [first] = args;
  if (name === 'Array' && style === 'readable' && first !== undefined && args.length === 1) {
    const inner = spell(first, style);
    return /^[\w.]+$/.test(inner) ? `${inner}[]` : `(${inner})[]`;
  }
  return `${name}${args.length === 0 ? '' : `<${args.map((argument) => spell(argument, style)).join(', ')}>`}`;
}

function spellParts({ kind, parts }: Extract<Shape, { kind: 'union' | 'intersection' }>, style: Style): string {
  const texts = parts.map((part) => {
    const text = spell(part, style);
    const isFunction = part.kind === 'object' && part.members.length === 0 && part.calls.length > 0;
    return isFunction && style === 'readable' ? `(${text})` : text;
  });
  return (style === 'canonical' ? texts.sort() : texts).join(kind === 'union' ? ' | ' : ' & ');
}

function spellElement({ shape, isOptional, isRest }: TupleElement, style: Style): string {
  return `${isRest ? '...' : ''}${spell(shape, style)}${isOptional ? '?' : ''}`;
}

function spellCall(
  { typeParameters, parameters, returns }: Signature,
  { style, arrow }: { readonly style: Style; readonly arrow: string },
): string {
  const isCanonical = style === 'canonical';
  const generics = typeParameters.map(({ name, constraint, hasDefault }) => {
    const bound = constraint === undefined ? '' : `${isCanonical ? '' : ' extends '}${spell(constraint, style)}`;
    return `${isCanonical ? '' : name}${bound}${hasDefault ? (isCanonical ? '=' : ' = …') : ''}`;
  });
  const list = parameters.map(({ name, isRest, isOptional, shape }) => {
    const label = isCanonical ? (isOptional ? '?' : '') : `${name}${isOptional ? '?' : ''}: `;
    return `${isRest ? '...' : ''}${label}${spell(shape, style)}`;
  });
  return `${generics.length === 0 ? '' : `<${generics.join(', ')}>`}(${list.join(', ')})${arrow}${spell(returns, style)}`;
}

function spellObject(shape: ObjectShape, style: Style): string {
  const { members, calls, constructs, indexes } = shape;
  const [only] = calls;
  const isFunction = calls.length === 1 && members.length + constructs.length + indexes.length === 0;
  if (style === 'readable' && isFunction && only !== undefined) return spellCall(only, { style, arrow: ' => ' });
  const arrow = style === 'canonical' ? ' => ' : ': ';
  const named = members.map(
    ({ name, isOptional, isReadonly, shape: inner }) =>
      `${isReadonly ? 'readonly ' : ''}${name}${isOptional ? '?' : ''}: ${spell(inner, style)}`,
  );
  const parts = [
    ...calls.map((call) => spellCall(call, { style, arrow })),
    ...constructs.map((call) => `new ${spellCall(call, { style, arrow })}`),
    ...indexes.map(({ key, value }) => `[${spell(key, style)}]: ${spell(value, style)}`),
    ...(style === 'canonical' ? named.sort() : named),
  ];
  return `{ ${parts.join('; ')} }`;
}
