import type { Finding } from '#core/finding';
import type { Change } from './change.ts';
import type { Touched } from './join.ts';
import { moveEdit } from './move-edit.ts';
import type { Use } from './use.ts';

type Edit = NonNullable<Finding['edit']>;

/**
 * A change of the text that is certain to mean the same with the new version: a name for its new name, an import in its new
 * form or from its new place. Undefined where it is not certain, or would touch more than one place. Pure; `text` is the
 * whole file, `moved` is what else of it moves.
 */
export function proposeEdit(
  change: Change,
  use: Use,
  { text, moved = [] }: { readonly text: string; readonly moved?: readonly Touched[] },
): Edit | undefined {
  const { rule, replacement } = change;
  if (replacement === undefined || !replacement.isCertain) return undefined;
  const { role } = use;
  if (role.kind !== 'import') return rule === 'api/renamed' ? renamed(use, replacement.name, text) : undefined;
  if (rule === 'api/moved') return moveEdit({ change, use }, moved, text);
  if (rule === 'api/renamed') return importedAs(use, replacement.name, text);
  if (rule === 'api/default-to-named') return asNamed(use, replacement.name, text);
  if (rule === 'api/named-to-default') return asDefault(use, text);
  const isWhole = rule === 'api/export-equals-to-default' && role.style === 'namespace';
  return isWhole ? namespaceAsDefault(use, text) : undefined;
}

type Span = { readonly offset: number; readonly length: number };

function replaced(text: string, { offset, length }: Span, by: string): Edit {
  return { offset, length, before: text.slice(offset, offset + length), text: by };
}

/** The last part of a member's or export's new name, in place of the old. */
function renamed({ place, role }: Use, name: string, text: string): Edit | undefined {
  if (role.kind === 'literal' || role.kind === 'augment') return undefined;
  const written = text.slice(place.offset, place.offset + place.length);
  const isShorthand = role.kind === 'option' && /^\s*[,}]/.test(text.slice(place.offset + place.length));
  const last = name.split('.').at(-1) ?? name;
  if (isShorthand) return replaced(text, place, `${last}: ${written}`);
  if (/^['"]/.test(written)) return replaced(text, place, `${written.slice(0, 1)}${last}${written.slice(0, 1)}`);
  return /^[\w$]+$/.test(written) ? replaced(text, place, last) : undefined;
}

/** `{ old }` → `{ fresh as old }`: what the file calls it stays. */
function importedAs(use: Use, name: string, text: string): Edit | undefined {
  const { place, role } = use;
  if (role.kind !== 'import') return undefined;
  const isBound = role.local === role.name;
  if (role.style === 'named' || role.style === 'export-from')
    return replaced(text, place, isBound ? `${name} as ${role.local}` : name);
  if (role.style === 'type' || isRead(use, text)) return replaced(text, place, name);
  const isPattern =
    (role.style === 'require' || role.style === 'dynamic') &&
    role.name !== '*' &&
    /^\s*[,:}]/.test(text.slice(place.offset + place.length));
  return isPattern ? replaced(text, place, isBound ? `${name}: ${role.local}` : name) : undefined;
}

/** `require('lib').old`: what is read from the module where it is loaded. */
function isRead({ place, role }: Use, text: string): boolean {
  const isLoaded = role.kind === 'import' && (role.style === 'require' || role.style === 'dynamic');
  return isLoaded && role.name !== '*' && /\.\s*$/.test(text.slice(Math.max(0, place.offset - 20), place.offset));
}

/** `import x from` → `import { x } from`; `import x, { y } from` → `import { x, y } from`. */
function asNamed(use: Use, name: string, text: string): Edit | undefined {
  const { place, role } = use;
  if (role.kind !== 'import') return undefined;
  const isKey = role.style === 'require' && /^\s*:/.test(text.slice(place.offset + place.length));
  if (role.name === 'default' && (isKey || isRead(use, text))) return replaced(text, place, name);
  const named = role.local === name ? name : `${name} as ${role.local}`;
  if (role.style === 'default') {
    const rest = /^(\s*),(\s*)\{(\s*)/.exec(text.slice(place.offset + place.length));
    if (rest === null) return role.isAlone ? replaced(text, place, `{ ${named} }`) : undefined;
    return replaced(text, { offset: place.offset, length: place.length + rest[0].length }, `{ ${named}, `);
  }
  if (
    role.style !== 'require' ||
    role.name !== '*' ||
    role.local !== text.slice(place.offset, place.offset + place.length)
  )
    return undefined;
  const isVariable = /^\s*=\s*require\s*\(/.test(text.slice(place.offset + place.length));
  if (!isVariable) return undefined;
  return replaced(text, place, role.local === name ? `{ ${name} }` : `{ ${name}: ${role.local} }`);
}

/** `import { x } from` → `import x from`; `const { x } = require` → `const { default: x } = require`. */
function asDefault(use: Use, text: string): Edit | undefined {
  const { place, role } = use;
  if (role.kind === 'import' && role.style === 'require') return importedAs(use, 'default', text);
  if (role.kind !== 'import' || role.style !== 'named' || !role.isAlone) return undefined;
  const open = text.lastIndexOf('{', place.offset);
  const close = text.indexOf('}', place.offset);
  if (open === -1 || close === -1 || !/^\{\s*[\w$]+(\s+as\s+[\w$]+)?\s*,?\s*\}$/.test(text.slice(open, close + 1)))
    return undefined;
  return replaced(text, { offset: open, length: close + 1 - open }, role.local);
}

/** `import * as x from` → `import x from`. */
function namespaceAsDefault({ place, role }: Use, text: string): Edit | undefined {
  if (role.kind !== 'import' || !role.isAlone) return undefined;
  const before = /\*\s*as\s+$/.exec(text.slice(Math.max(0, place.offset - 40), place.offset));
  if (before === null) return undefined;
  return replaced(
    text,
    { offset: place.offset - before[0].length, length: place.length + before[0].length },
    role.local,
  );
}
