import type { PathPart } from './parse-path.ts';

/**
 * The regular expression that Express 4 makes of a path, with parameters as named groups: Express 5 takes it in place of
 * the path and fills `req.params` from it. Undefined where a group cannot have its name.
 * Source: path-to-regexp 0.1, `pathToRegexp`.
 */
export function regexpOf(parts: readonly PathPart[], matching: 'whole' | 'start'): string | undefined {
  const state: State = { names: new Set(), isPossible: true };
  const body = sourceOf(parts, state);
  if (!state.isPossible) return undefined;
  const end = body.endsWith('\\/') ? '?' : '\\/?';
  return `^${body}${end}${matching === 'whole' ? '$' : '(?=\\/|$)'}`;
}

type State = { readonly names: Set<string>; isPossible: boolean };

function sourceOf(parts: readonly PathPart[], state: State): string {
  return parts
    .map((part, at) => {
      const source = sourceOfPart(part, state);
      const isRepeated = part.kind === 'parameter' && parts[at + 1]?.kind === 'raw';
      return isRepeated ? `(?:${source})` : source;
    })
    .join('');
}

function sourceOfPart(part: PathPart, state: State): string {
  switch (part.kind) {
    case 'text':
      return part.text.replaceAll('.', '\\.').replaceAll('/', '\\/');
    case 'escape':
      return part.text;
    case 'wildcard':
      return '(.*)';
    case 'optional':
      return '?';
    case 'or':
      return '|';
    case 'raw':
      return part.text;
    case 'group':
      return part.lead === '/' ? `\\/(?:${sourceOf(part.parts, state)})` : `(${sourceOf(part.parts, state)})`;
    case 'parameter':
      return sourceOfParameter(part, state);
  }
}

type Parameter = Extract<PathPart, { readonly kind: 'parameter' }>;

function sourceOfParameter({ lead, name, pattern, isRest, isOptional }: Parameter, state: State): string {
  if (state.names.has(name) || /^\d/.test(name)) state.isPossible = false;
  state.names.add(name);
  const dot = lead.includes('.') ? '\\.' : '';
  const slash = lead.includes('/') ? '\\/' : '';
  const inner = pattern === undefined ? `[^\\/${dot}]+?` : patternOf(pattern);
  const rest = isRest ? `((?:[\\/${dot}].+?)?)` : '';
  const source = `${dot}${slash}(?<${name}>${inner})${rest}`;
  if (isOptional) return `(?:${source})?`;
  return source;
}

/** In a pattern the first `*` stands for `(.*)`: Express 4 does not read it as a quantifier. */
function patternOf(pattern: string): string {
  let isFirst = true;
  return pattern
    .replaceAll(/\\.|\*/g, (found) => {
      if (found !== '*' || !isFirst) return found;
      isFirst = false;
      return '(.*)';
    })
    .replaceAll(/(?<!\\)\//g, '\\/');
}
