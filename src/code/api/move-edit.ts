import type { Finding } from '#core/finding';
import type { Change, Replacement } from './change.ts';
import type { ImportRole, Use } from './use.ts';

type Edit = NonNullable<Finding['edit']>;
type Moved = { readonly change: Change; readonly use: Use };

/**
 * An import of what is exported from elsewhere now, in one edit: the specifier alone where everything that is imported moves
 * there, an import of its own otherwise. `others` are what else moves; of the same import they go with it. Undefined where
 * the import is written in a way that is not known. Pure.
 */
export function moveEdit({ change, use }: Moved, others: readonly Moved[], text: string): Edit | undefined {
  const { role } = use;
  const { replacement } = change;
  if (role.kind !== 'import' || replacement?.specifier === undefined) return undefined;
  if (role.name === 'default' || role.name === '*')
    return replacement.name === role.name
      ? specifierOnly(role, replacement.specifier, text)
      : asNamedFrom(use, role, { replacement, text });
  const clause = clauseOf(role, text);
  if (clause === undefined)
    return role.isAlone && replacement.name === role.name
      ? specifierOnly(role, replacement.specifier, text)
      : undefined;
  const moving = new Map<string, Replacement>();
  for (const other of [...others, { change, use }]) {
    const { role: its, place } = other.use;
    const isHere = its.kind === 'import' && place.file === use.place.file && its.module.offset === role.module.offset;
    if (isHere && other.change.replacement?.specifier !== undefined) moving.set(its.name, other.change.replacement);
  }
  const isWhole = clause.elements.every(({ name }) => {
    const to = moving.get(name);
    return to !== undefined && to.name === name && to.specifier === replacement.specifier;
  });
  return isWhole ? specifierOnly(role, replacement.specifier, text) : split(clause, moving, { role, text });
}

function specifierOnly({ module: { offset, length } }: ImportRole, specifier: string, text: string): Edit {
  return { offset, length, before: text.slice(offset, offset + length), text: specifier };
}

/** `import x from 'lib/x'` → `import { x } from 'lib'`, and the same of `const x = require('lib/x')`. */
function asNamedFrom(
  { place }: Use,
  { style, local, module, isAlone }: ImportRole,
  { replacement, text }: { readonly replacement: Replacement; readonly text: string },
): Edit | undefined {
  const between = text.slice(place.offset + place.length, module.offset);
  const isImport = style === 'default' && /^\s+from\s+['"]$/.test(between);
  const isRequire = style === 'require' && /^\s*=\s*require\(\s*['"]$/.test(between);
  if (!isAlone || !(isImport || isRequire) || text.slice(place.offset, place.offset + place.length) !== local)
    return undefined;
  const { name, specifier = '' } = replacement;
  const bound = name === local ? name : isImport ? `${name} as ${local}` : `${name}: ${local}`;
  const length = module.offset + module.length - place.offset;
  return {
    offset: place.offset,
    length,
    before: text.slice(place.offset, place.offset + length),
    text: `{ ${bound} }${between}${specifier}`,
  };
}

type Element = { readonly name: string; readonly local: string; readonly isType: boolean };
type Clause = {
  readonly offset: number;
  /** What stands before and after the names, and what ends the statement. */
  readonly head: string;
  readonly tail: string;
  readonly elements: readonly Element[];
};

/** The names of `import { … } from`, `export { … } from` and `const { … } = require(`. */
function clauseOf({ style, module }: ImportRole, text: string): Clause | undefined {
  const before = text.slice(0, module.offset);
  const form =
    style === 'require'
      ? /((?:const|let|var)\s*\{)([^{}]*)(\}\s*=\s*require\(\s*['"])$/
      : /((?:import|export)(?:\s+type)?\s*\{)([^{}]*)(\}\s*from\s*['"])$/;
  const found = form.exec(before);
  if (found === null) return undefined;
  const [, head = '', names = '', tail = ''] = found;
  const elements = names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => /^(type\s+)?([\w$]+)(?:(?:\s+as\s+|\s*:\s*)([\w$]+))?$/.exec(name));
  const read = elements.flatMap((element): readonly Element[] => {
    if (element === null) return [];
    const [, type, name = '', local = name] = element;
    return [{ name, local, isType: type !== undefined }];
  });
  return read.length === elements.length ? { offset: found.index, head, tail, elements: read } : undefined;
}

function split(
  { offset, head, tail, elements }: Clause,
  moving: ReadonlyMap<string, Replacement>,
  { role, text }: { readonly role: ImportRole; readonly text: string },
): Edit {
  const { module, style } = role;
  const end = module.offset + module.length;
  const closing = /^['"]\s*\)?/.exec(text.slice(end))?.[0] ?? '';
  const close = style === 'require' ? closing : closing.slice(0, 1);
  const stop = text.slice(end + close.length, end + close.length + 1) === ';' ? ';' : '';
  const bySpecifier = new Map<string, string[]>();
  for (const { name, local, isType } of elements) {
    const to = moving.get(name);
    const fresh = to?.name ?? name;
    const bound = fresh === local ? fresh : style === 'require' ? `${fresh}: ${local}` : `${fresh} as ${local}`;
    const specifier = to?.specifier ?? text.slice(module.offset, end);
    bySpecifier.set(specifier, [...(bySpecifier.get(specifier) ?? []), `${isType ? 'type ' : ''}${bound}`]);
  }
  const [own, ...rest] = [...bySpecifier].map(
    ([specifier, names]) => `${head} ${names.join(', ')} ${tail}${specifier}${close}`,
  );
  const length = end + close.length - offset;
  return {
    offset,
    length,
    before: text.slice(offset, offset + length),
    text: [own, ...rest].join(`${stop}\n`),
  };
}
