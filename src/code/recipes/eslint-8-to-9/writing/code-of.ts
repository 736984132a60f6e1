import { type Code, type CodeEntry, raw, text } from '../../../engine/code.ts';
import ts from '../../../typescript.cts';

/** An expression of a source as code: literals to be laid out anew with their comments, anything else as it stands. */
export function codeOf(node: ts.Expression): Code {
  if (ts.isStringLiteral(node)) return text(node.text);
  if (ts.isArrayLiteralExpression(node))
    return {
      kind: 'list',
      items: node.elements.map((element) => ({ ...commentsOf(element), value: codeOf(element) })),
    };
  if (ts.isObjectLiteralExpression(node)) {
    const first = node.properties[0];
    const isOpen =
      first !== undefined &&
      node
        .getText()
        .slice(0, first.getStart() - node.getStart())
        .includes('\n');
    return { kind: 'object', entries: entriesOf(node), isOpen };
  }
  return asItStands(node);
}

/** The properties of an object literal, in their order, with their comments. */
export function entriesOf(node: ts.ObjectLiteralExpression): readonly CodeEntry[] {
  return node.properties.map(entryOf);
}

/** A property of an object literal with its comments. */
export function entryOf(property: ts.ObjectLiteralElementLike): CodeEntry {
  const comments = commentsOf(property);
  if (ts.isPropertyAssignment(property) && !ts.isComputedPropertyName(property.name)) {
    const { name } = property;
    const key = ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : name.getText();
    return { ...comments, key, value: codeOf(property.initializer) };
  }
  return { ...comments, value: asItStands(property) };
}

/** The comments above a node, and the one behind it on its line. */
export function commentsOf(node: ts.Node): Pick<CodeEntry, 'before' | 'after'> {
  const file = node.getSourceFile().text;
  const spelt = ({ pos, end }: ts.TextRange) => file.slice(pos, end);
  const leading = (ts.getLeadingCommentRanges(file, node.getFullStart()) ?? []).filter(
    ({ pos }) => !isBehind(file, pos),
  );
  const comma = /^\s*,/.exec(file.slice(node.getEnd()))?.[0].length ?? 0;
  const [after] = ts.getTrailingCommentRanges(file, node.getEnd() + comma) ?? [];
  return {
    before: leading.map(spelt).map(dedent),
    ...(after === undefined ? {} : { after: spelt(after) }),
  };
}

/** True for a comment that follows code on its line: it belongs to what stands before it. */
function isBehind(file: string, at: number): boolean {
  return /\S/.test(file.slice(file.lastIndexOf('\n', at - 1) + 1, at).replace(/^[\s([{]*/, ''));
}

function asItStands(node: ts.Node): Code {
  return raw(dedent(node.getText()));
}

/** Takes the indentation that all lines but the first have in common away from them. */
export function dedent(source: string): string {
  const [first = '', ...rest] = source.split('\n');
  const depths = rest.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const depth = Math.min(...depths);
  return [first, ...rest.map((line) => line.slice(depth))].join('\n');
}
