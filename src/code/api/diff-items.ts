import type { Change } from './change.ts';
import { diffMembers } from './diff-members.ts';
import { diffSignatures } from './diff-signatures.ts';
import { fits, type Meanings } from './fits.ts';
import type { Member, ObjectShape, Shape } from './shape.ts';
import { showShape, showSignature, spellShape } from './spell-shape.ts';
import type { Item } from './surface.ts';

/** What became of one named thing, which is still there under its name. `symbol` is how users write it. Pure. */
export function diffItems(
  symbol: string,
  { old, now }: { readonly old: Item; readonly now: Item },
  meanings: Meanings,
): readonly Change[] {
  const told = { symbol, keys: old.keys, exported: [], before: headOf(old), after: headOf(now) } as const;
  if (isValue(old) && !isValue(now)) {
    const rule = old.kinds.includes('class') ? 'api/class-to-type' : 'api/value-to-type';
    return [{ ...told, rule, trigger: { kind: 'value' } }, ...diffTypes(symbol, { old, now }, meanings)];
  }
  return [...diffValues(symbol, { old, now }, meanings), ...diffTypes(symbol, { old, now }, meanings)];
}

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

type Pair = { readonly old: Item; readonly now: Item };

function diffValues(symbol: string, { old, now }: Pair, meanings: Meanings): readonly Change[] {
  if (!isValue(old)) return [];
  const changes: Change[] = [];
  const told = { symbol, keys: old.keys, exported: [], before: headOf(old), after: headOf(now) } as const;
  const isConstructed = old.constructs.length > 0;
  if (isConstructed && now.isAbstract && !old.isAbstract)
    changes.push({ ...told, rule: 'api/became-abstract', trigger: { kind: 'new' } });
  for (const change of diffSignatures(old.calls, now.calls, meanings)) {
    changes.push({ ...told, ...change, keys: change.keys.length > 0 ? change.keys : old.keys });
  }
  // What an old class lets be constructed and a new one still returns is its own type, whatever became of its members.
  for (const change of diffSignatures(old.constructs, now.constructs, meanings)) {
    if (change.trigger.kind === 'result') continue;
    const before = `new ${old.name}${change.before}`;
    changes.push({
      ...told,
      ...change,
      before,
      after: `new ${now.name}${change.after}`,
      keys: change.keys.length > 0 ? change.keys : old.keys,
    });
  }
  changes.push(
    ...diffMembers(
      { owner: symbol, keys: old.keys, old: old.statics, now: staticsOf(now), isWritten: false },
      meanings,
    ),
  );
  const isPlain = old.calls.length === 0 && old.constructs.length === 0 && old.statics.length === 0;
  if (isPlain && old.value !== undefined && now.value !== undefined && !fits(now.value, old.value, meanings)) {
    const isWider = fits(old.value, now.value, meanings);
    changes.push({
      ...told,
      rule: isWider ? 'api/member-widened' : 'api/member-type-changed',
      trigger: { kind: 'read' },
    });
  }
  return changes;
}

/** What a value has: its own properties, and what a namespace of its name exports; as names alone for the latter. */
function staticsOf({ statics, exports }: Item): readonly Member[] {
  const any: Shape = { kind: 'plain', text: 'any' };
  const nested = [...exports.keys()].map(
    (name): Member => ({
      name,
      keys: [],
      isOptional: false,
      isReadonly: false,
      isProtected: false,
      isOwn: true,
      shape: any,
    }),
  );
  const known = new Set(statics.map(({ name }) => name));
  return [...statics, ...nested.filter(({ name }) => !known.has(name))];
}

function diffTypes(symbol: string, { old, now }: Pair, meanings: Meanings): readonly Change[] {
  if (!isType(old) || !isType(now)) return [];
  const told = { symbol, keys: old.keys, exported: [], before: headOf(old), after: headOf(now) } as const;
  const changes: Change[] = [...diffTypeParameters(told, { old, now })];
  const [from, to] = [objectOf(old), objectOf(now)];
  if (from !== undefined && to !== undefined) {
    const isWritten = !old.kinds.includes('class');
    changes.push(...diffMembers({ owner: symbol, keys: old.keys, old: from, now: to, isWritten }, meanings));
    return changes;
  }
  const [before, after] = [standsFor(old), standsFor(now)];
  if (before === undefined || after === undefined || spellShape(before) === spellShape(after)) return changes;
  const [isWider, isNarrower] = [fits(before, after, meanings), fits(after, before, meanings)];
  if (isWider && isNarrower) return changes;
  const rule = isWider ? 'api/type-widened' : isNarrower ? 'api/type-narrowed' : 'api/type-changed';
  changes.push({ ...told, rule, trigger: { kind: 'type' } });
  return changes;
}

function diffTypeParameters(
  told: Pick<Change, 'symbol' | 'keys' | 'exported' | 'before' | 'after'>,
  { old, now }: Pair,
): readonly Change[] {
  const required = now.typeParameters.filter(({ hasDefault }) => !hasDefault).length;
  const before = old.typeParameters.filter(({ hasDefault }) => !hasDefault).length;
  if (required > before)
    return [
      { ...told, rule: 'api/type-parameter-required', trigger: { kind: 'fewer-type-arguments', than: required } },
    ];
  if (now.typeParameters.length < old.typeParameters.length)
    return [
      {
        ...told,
        rule: 'api/type-parameter-removed',
        trigger: { kind: 'more-type-arguments', than: now.typeParameters.length },
      },
    ];
  return [];
}

/** Members of what is an object with names; undefined for unions and the like. */
function objectOf(item: Item): readonly Member[] | undefined {
  if (item.kinds.includes('class') || item.kinds.includes('interface')) return item.members;
  return isPlainObject(item.alias) ? item.alias.members : undefined;
}

function isPlainObject(shape: Shape | undefined): shape is ObjectShape {
  return shape?.kind === 'object' && shape.calls.length === 0 && shape.constructs.length === 0;
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
