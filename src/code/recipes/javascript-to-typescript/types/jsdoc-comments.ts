import type { EditList } from '../../../engine/edit-list.ts';
import ts from '../../../typescript.cts';

/** Every JSDoc comment of a file, in its order. Pure. */
export function jsDocsIn(source: ts.SourceFile): readonly ts.JSDoc[] {
  const found: ts.JSDoc[] = [];
  const visit = (node: ts.Node): void => {
    for (const child of node.getChildren(source)) {
      if (ts.isJSDoc(child)) found.push(child);
      else visit(child);
    }
  };
  visit(source);
  return [...new Set(found)];
}

/** The tags of a comment with the properties that stand below others. */
export function tagsOf(comment: ts.JSDoc): readonly ts.JSDocTag[] {
  return (comment.tags ?? []).flatMap((tag) => [tag, ...partsOf(tag)]).sort((one, other) => one.pos - other.pos);
}

/** The tags that are part of another: properties of an object, parameters of a callback. */
export function partsOf(tag: ts.JSDocTag): readonly ts.JSDocTag[] {
  const found: ts.JSDocTag[] = [];
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, (child) => {
      if (isTag(child)) found.push(child);
      visit(child);
    });
  };
  visit(tag);
  return found;
}

function isTag(node: ts.Node): node is ts.JSDocTag {
  return (
    ts.isJSDocParameterTag(node) ||
    ts.isJSDocPropertyTag(node) ||
    ts.isJSDocReturnTag(node) ||
    ts.isJSDocTemplateTag(node)
  );
}

/**
 * Takes the types out of a comment whose tags were translated, and keeps its prose. `spent` are translated; of those in
 * `gone` nothing is kept, and of the whole description where `isDescribed`: it stands elsewhere now.
 */
export function rewriteComment(
  comment: ts.JSDoc,
  how: {
    readonly source: ts.SourceFile;
    readonly spent: ReadonlySet<ts.JSDocTag>;
    readonly gone: ReadonlySet<ts.JSDocTag>;
    readonly isDescribed: boolean;
    readonly edits: EditList;
  },
): void {
  const { source, spent, gone, isDescribed, edits } = how;
  const tags = tagsOf(comment);
  if (!tags.some((tag) => spent.has(tag) || gone.has(tag))) return;
  const [start, end] = [comment.getStart(source), comment.getEnd()];
  const close = end - '*/'.length;
  const text = source.text;
  const head = text.slice(start, tags[0]?.pos ?? close);
  let made = isDescribed ? head.replace(/^(\/\*\*)[\s\S]*?(\s*\*?\s*)$/, '$1$2') : head;
  tags.forEach((tag, at) => {
    const segment = text.slice(tag.pos, tags[at + 1]?.pos ?? close);
    if (gone.has(tag)) return;
    made += spent.has(tag) ? withoutType(segment) : segment;
  });
  const whole = `${made.replace(/(\r?\n[ \t]*\*[ \t]*)+$/, '\n').replace(/\n$/, () => `\n${indentOf(text, start)} `)}*/`;
  if (/^\/\*\*[\s*]*\*\/$/.test(whole)) {
    const space = /^[ \t]*\r?\n?[ \t]*/.exec(text.slice(end))?.[0] ?? '';
    edits.replace(start, end + space.length, '');
  } else edits.replace(start, end, tidied(whole));
}

function tidied(text: string): string {
  return text
    .replace(/([^\s*])[ \t]*\*\/$/, '$1 */')
    .replace(/(\n[ \t]*\*[ \t]*){2,}(?=\n[ \t]*\*\/)/g, '')
    .replace(/(\n[ \t]*\*[ \t]*)+(?=\n[ \t]*\*\/)/g, '')
    .replace(/^\/\*\*(\s*\n[ \t]*\*[ \t]*)+(?=\n)/, '/**');
}

/** White space between the start of its line and a place. */
export function indentOf(text: string, at: number): string {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** `@param {T} [name=1] - prose` without its type; nothing where no prose is left. */
function withoutType(segment: string): string {
  const tag = /^@\w+/.exec(segment)?.[0] ?? '';
  const rest = segment.slice(tag.length);
  const open = /^\s*\{/.exec(rest);
  const bare = open === null ? rest : spaced(rest.slice(closing(rest, open[0].length - 1)));
  const named = /^@(param|arg|argument|prop|property|template)$/.test(tag);
  const prose = named ? bare.replace(/^\s*(\[[^\]]*\]|[\w$.[\]]+(\s*,\s*[\w$]+)*)/, '') : bare;
  if (/^[\s*_-]*$/.test(prose)) return '';
  return `${tag}${bare.replace(/^(\s*)\[([\w$.]+)[^\]]*\]/, '$1$2')}`;
}

/** One space before what stands on the same line. */
function spaced(text: string): string {
  return /^[ \t]*\S/.test(text) ? ` ${text.replace(/^[ \t]+/, '')}` : text;
}

/** The place behind the brace that closes the one at `at`. */
function closing(text: string, at: number): number {
  let depth = 0;
  for (let index = at; index < text.length; index += 1) {
    if (text[index] === '{') depth += 1;
    if (text[index] === '}') depth -= 1;
    if (depth === 0) return index + 1;
  }
  return text.length;
}

/** The prose of a tag or a comment as plain text. */
export function proseOf(node: ts.JSDoc | ts.JSDocTag): string {
  const text = ts.getTextOfJSDocComment(node.comment) ?? '';
  return text.replace(/^\s*-\s*/, '').trim();
}
