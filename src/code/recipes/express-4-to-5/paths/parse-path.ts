/**
 * A piece of a path as Express 4 (path-to-regexp 0.1) reads it: what it does not know it passes on to the regular
 * expression, where `+`, `[…]`, `|` and the like have their meaning.
 */
export type PathPart =
  | { readonly kind: 'text'; readonly text: string }
  /** `\.`: the next character as the regular expression reads it escaped. */
  | { readonly kind: 'escape'; readonly text: string }
  | {
      readonly kind: 'parameter';
      /** `/`, `.`, `/.` or nothing: what stands before the colon and belongs to it. */
      readonly lead: string;
      readonly name: string;
      /** What stands in parentheses after the name. */
      readonly pattern: string | undefined;
      readonly isRest: boolean;
      readonly isOptional: boolean;
    }
  | { readonly kind: 'wildcard' }
  /** `lead` is `/` for `/(…)`, which captures nothing. */
  | { readonly kind: 'group'; readonly lead: '' | '/'; readonly parts: readonly PathPart[] }
  | { readonly kind: 'optional' }
  | { readonly kind: 'or' }
  /** Anything that only a regular expression can say. */
  | { readonly kind: 'raw'; readonly text: string };

const token = /\\.|(\/?)(\.?):(\w+)(?:\((.*?)\))?(\*)?(\?)?|\*|\/\(|\(|\)|\?|\||([+[\]^$]|\{(?=\d))|./gsu;

/** True for a path that is written for path-to-regexp 8 already: with braces, or with a wildcard that has a name. */
export function isNewPath(path: string): boolean {
  const bare = path.replaceAll(/\\./g, '').replaceAll(/:\w+\(.*?\)/g, '');
  return /\{(?!\d)[^}]*\}/.test(bare) || /(^|\/)\*[A-Za-z_]\w*(?=[/.]|$)/.test(bare);
}

/** Reads a path. Undefined where its parentheses do not fit together. */
export function parsePath(path: string): readonly PathPart[] | undefined {
  const open: { readonly lead: '' | '/'; readonly parts: PathPart[] }[] = [{ lead: '', parts: [] }];
  for (const match of path.matchAll(token)) {
    const [text] = match;
    const top = open.at(-1);
    if (top === undefined) return undefined;
    if (text === '(' || text === '/(') open.push({ lead: text === '/(' ? '/' : '', parts: [] });
    else if (text === ')') {
      open.pop();
      const below = open.at(-1);
      if (below === undefined) return undefined;
      below.parts.push({ kind: 'group', lead: top.lead, parts: top.parts });
    } else add(top.parts, partOf(match));
  }
  return open.length === 1 ? open[0]?.parts : undefined;
}

function partOf(match: RegExpMatchArray): PathPart {
  const [text, slash = '', dot = '', name, pattern, star, optional, raw] = match;
  if (text.startsWith('\\') && text.length > 1) return { kind: 'escape', text };
  if (name !== undefined) {
    const isRest = star !== undefined;
    return { kind: 'parameter', lead: slash + dot, name, pattern, isRest, isOptional: optional !== undefined };
  }
  if (text === '*') return { kind: 'wildcard' };
  if (text === '?') return { kind: 'optional' };
  if (text === '|') return { kind: 'or' };
  return raw === undefined ? { kind: 'text', text } : { kind: 'raw', text };
}

/** Text grows, so that one piece is one literal. */
function add(parts: PathPart[], part: PathPart): void {
  const last = parts.at(-1);
  if (part.kind === 'text' && last?.kind === 'text') {
    parts[parts.length - 1] = { kind: 'text', text: last.text + part.text };
  } else parts.push(part);
}
