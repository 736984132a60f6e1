import { isNewPath, type PathPart, parsePath } from './parse-path.ts';
import { regexpOf } from './path-regexp.ts';

/** A wildcard of a path: `req.params[index]` in Express 4, `req.params[name]`, an array, in Express 5. */
export type Wildcard = {
  readonly index: number;
  readonly name: string;
  readonly isOptional: boolean;
  /** What Express 4 had before the segments: the slash of `*` alone, or of `:name*`, where that is not empty. */
  readonly lead: '' | '/' | '/ unless empty';
};

/** What becomes of a path of Express 4. */
export type Converted =
  /** Express 5 reads it in the same way. */
  | { readonly kind: 'same' }
  | { readonly kind: 'paths'; readonly paths: readonly string[]; readonly wildcards: readonly Wildcard[] }
  /** The source of a regular expression that matches the same and fills the same parameters. */
  | { readonly kind: 'regexp'; readonly source: string; readonly doubt: string | undefined }
  | { readonly kind: 'unknown' };

/** How a path is used: `whole` for verbs and routes, `start` for `use`. */
export type Use = {
  readonly matching: 'whole' | 'start';
  /** True where something reads `req.params[0]` of an unnamed group, which must go on capturing. */
  readonly needsGroups: boolean;
};

/** Rewrites a path of Express 4 for path-to-regexp 8, as text where that can say the same, else as a regular expression. */
export function convertPath(path: string, use: Use): Converted {
  if (isNewPath(path)) return { kind: 'same' };
  const parts = parsePath(path);
  if (parts === undefined) return { kind: 'unknown' };
  const writer: Writer = { wildcards: [], names: namesIn(parts), use, hasTextBefore: true };
  const paths = isLoose(parts) ? undefined : written(parts, writer);
  if (paths !== undefined) {
    const whole = paths.map((one) => (one.startsWith('{*') ? `/${one}` : one));
    const [only] = whole;
    if (whole.length === 1 && only === path) return { kind: 'same' };
    return { kind: 'paths', paths: [...new Set(whole)], wildcards: writer.wildcards };
  }
  const source = regexpOf(parts, use.matching);
  return source === undefined ? { kind: 'unknown' } : { kind: 'regexp', source, doubt: doubtOf(path) };
}

/** An alternative outside of parentheses, or characters that mean something only to a regular expression. */
function isLoose(parts: readonly PathPart[]): boolean {
  return parts.some((part) => part.kind === 'or' || part.kind === 'raw');
}

function namesIn(parts: readonly PathPart[]): Set<string> {
  const names = new Set<string>();
  for (const part of parts) {
    if (part.kind === 'parameter') names.add(part.name);
    if (part.kind === 'group') for (const name of namesIn(part.parts)) names.add(name);
  }
  return names;
}

type Writer = {
  readonly wildcards: Wildcard[];
  readonly names: Set<string>;
  readonly use: Use;
  /** Two captures need text between them. */
  hasTextBefore: boolean;
};

const pathsMax = 16;

/** All paths that the parts stand for together; undefined where only a regular expression can say it. */
function written(parts: readonly PathPart[], writer: Writer): readonly string[] | undefined {
  let paths: readonly string[] = [''];
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at];
    if (part === undefined || part.kind === 'optional') continue;
    const isOptional = parts[at + 1]?.kind === 'optional';
    const next = writtenPart(
      part,
      { isOptional, before: parts[at - 1], after: parts[at + (isOptional ? 2 : 1)] },
      writer,
    );
    if (next === undefined) return undefined;
    paths = paths.flatMap((start) => next.map((end) => start + end));
    if (paths.length > pathsMax) return undefined;
  }
  return paths;
}

type Neighbours = {
  readonly isOptional: boolean;
  readonly before: PathPart | undefined;
  readonly after: PathPart | undefined;
};

function writtenPart(part: PathPart, around: Neighbours, writer: Writer): readonly string[] | undefined {
  switch (part.kind) {
    case 'text':
      return writtenText(part.text, around, writer);
    case 'escape':
      writer.hasTextBefore = true;
      return /^\\[\w]$/.test(part.text) || around.isOptional ? undefined : [part.text];
    case 'parameter':
      return around.isOptional ? undefined : writtenParameter(part, around, writer);
    case 'wildcard':
      return writtenWildcard(around, writer);
    case 'group':
      return writtenGroup(part, around, writer);
    default:
      return undefined;
  }
}

/** With `?` behind it, the last character may be missing. */
function writtenText(text: string, { isOptional, after }: Neighbours, writer: Writer): readonly string[] {
  writer.hasTextBefore = true;
  if (!isOptional) return [escaped(text)];
  const [last = ''] = [...text].slice(-1);
  const start = escaped(text.slice(0, -last.length));
  const isTrailing = last === '/' && after === undefined;
  return [isTrailing ? start || '/' : `${start}{${escaped(last)}}`];
}

/** Characters that path-to-regexp 8 keeps for itself; a colon with a name is a parameter and never comes here. */
function escaped(text: string): string {
  return text.replaceAll(/[{}()[\]+?!:*]/g, '\\$&');
}

type Parameter = Extract<PathPart, { readonly kind: 'parameter' }>;

function writtenParameter(
  part: Parameter,
  { before, after }: Neighbours,
  writer: Writer,
): readonly string[] | undefined {
  const { lead, name, pattern, isRest, isOptional } = part;
  if (pattern !== undefined || /^\d/.test(name)) return undefined;
  if (lead === '' && !writer.hasTextBefore) return undefined;
  if (after?.kind === 'text' && /^[$\p{ID_Continue}]/u.test(after.text)) return undefined;
  if (after?.kind === 'wildcard' || (after?.kind === 'parameter' && after.lead === '')) return undefined;
  if (isRest && after !== undefined) return undefined;
  writer.hasTextBefore = false;
  const own = `${lead}:${name}`;
  const tail = isRest ? restOf(writer, lead) : '';
  if (tail === undefined) return undefined;
  if (!isOptional) return [own + tail];
  const isAll = before === undefined && after === undefined && lead === '/';
  return [isAll && tail === '' ? `/{:${name}}` : `{${own}${tail}}`];
}

/** `/:path*` matches one segment as `path` and whatever follows as an unnamed parameter. */
function restOf(writer: Writer, lead: string): string | undefined {
  if (lead !== '/' || writer.use.matching === 'start') return undefined;
  const name = wildcardName(writer);
  writer.wildcards.push({ index: writer.wildcards.length, name, isOptional: true, lead: '/ unless empty' });
  return `{/*${name}}`;
}

function writtenWildcard({ before, after }: Neighbours, writer: Writer): readonly string[] | undefined {
  if (before?.kind === 'wildcard') return [''];
  if (!writer.hasTextBefore || after?.kind === 'parameter') return undefined;
  const name = wildcardName(writer);
  const isBetween = endsWithSlash(before) && after?.kind === 'text' && after.text.startsWith('/');
  const isNameLonger = after?.kind === 'text' && /^[$\p{ID_Continue}]/u.test(after.text);
  const lead = before === undefined ? '/' : '';
  writer.wildcards.push({ index: writer.wildcards.length, name, isOptional: !isBetween, lead });
  writer.hasTextBefore = false;
  return [isBetween && !isNameLonger ? `*${name}` : `{*${name}}`];
}

function endsWithSlash(part: PathPart | undefined): boolean {
  return part?.kind === 'text' && part.text.endsWith('/');
}

function wildcardName({ names }: Writer): string {
  const name =
    ['splat', ...Array.from({ length: 20 }, (_, at) => `splat${at + 2}`)].find((one) => !names.has(one)) ?? 'rest';
  names.add(name);
  return name;
}

type Group = Extract<PathPart, { readonly kind: 'group' }>;

/** `(a|b)` is one path for each; with `?` it may be missing. An unnamed group captures, unless a slash stands before it. */
function writtenGroup(
  { lead, parts }: Group,
  { isOptional }: Neighbours,
  writer: Writer,
): readonly string[] | undefined {
  if ((lead === '' && writer.use.needsGroups) || startsWithDotStar(parts)) return undefined;
  const choices: PathPart[][] = [[]];
  for (const part of parts) {
    if (part.kind === 'or') choices.push([]);
    else choices.at(-1)?.push(part);
  }
  const all: string[] = [];
  for (const choice of choices) {
    if (isLoose(choice) || (choices.length > 1 && namesIn(choice).size > 0)) return undefined;
    const paths = written(choice, writer);
    if (paths === undefined) return undefined;
    all.push(...paths);
  }
  writer.hasTextBefore = false;
  const [only] = all;
  if (isOptional && all.length > 1) return undefined;
  if (isOptional && all.length === 1 && only !== undefined) return [`${lead}{${only}}`];
  return all.map((one) => lead + one);
}

function startsWithDotStar([first, second]: readonly PathPart[]): boolean {
  return first?.kind === 'text' && first.text.endsWith('.') && second?.kind === 'wildcard';
}

/** Where Express 4 does exactly what is written, and hardly what was meant. */
function doubtOf(path: string): string | undefined {
  if (/\[[^\]]*\|/.test(path))
    return '`[a|b]` is one character of those in the brackets; two paths were meant, perhaps.';
  if (/\(\.\*\)/.test(path.replaceAll(/:\w+\(.*?\)/g, ''))) {
    return 'Express 4 reads `(.*)` as a dot and anything behind it; any path was meant, perhaps: `{*splat}`.';
  }
  return undefined;
}
