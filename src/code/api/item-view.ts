import type { Shape } from './shape.ts';
import { showShape, showSignature } from './spell-shape.ts';
import type { Item } from './surface.ts';

/** A named thing in one line. */
export function headOf(item: Item): string {
  const [call] = item.calls;
  if (item.kinds.includes('function') && call !== undefined) return `function ${item.name}${showSignature(call)}`;
  if (item.kinds.includes('class')) return `class ${item.name}${generics(item)}`;
  if (item.kinds.includes('interface')) return `interface ${item.name}${generics(item)}`;
  if (item.alias !== undefined) return `type ${item.name}${generics(item)} = ${short(showShape(item.alias))}`;
  if (item.kinds.includes('enum')) return `enum ${item.name}`;
  if (item.value !== undefined)
    return call === undefined
      ? `const ${item.name}: ${short(showShape(item.value))}`
      : `const ${item.name}: ${showSignature(call)}`;
  return `${item.kinds.join(' and ')} ${item.name}`;
}

export function isValue({ kinds }: Item): boolean {
  return kinds.some((kind) => kind === 'function' || kind === 'class' || kind === 'enum' || kind === 'variable');
}

export function isType({ kinds }: Item): boolean {
  return kinds.some((kind) => kind === 'class' || kind === 'interface' || kind === 'type' || kind === 'enum');
}

function generics({ typeParameters }: Item): string {
  return typeParameters.length === 0
    ? ''
    : `<${typeParameters.map(({ name, hasDefault }) => `${name}${hasDefault ? ' = …' : ''}`).join(', ')}>`;
}

function short(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

/** What a name stands for as a type. */
export function standsFor(item: Item): Shape | undefined {
  if (item.alias !== undefined) return item.alias;
  if (!item.kinds.includes('interface') && !item.kinds.includes('class')) return undefined;
  return {
    kind: 'object',
    members: item.members,
    calls: item.kinds.includes('interface') ? item.calls : [],
    constructs: [],
    indexes: [],
  };
}
