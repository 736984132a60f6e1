import type { SgNode } from '@ast-grep/napi';

/**
 * The text that a rule's `fix` makes of a match: `$NAME` is what the variable matched, `$$$NAME` all that it matched with
 * what stands between, both with lines indented as the place asks (ast-grep, rewrite guide). `names` are the variables that
 * the rule's `transform` makes.
 */
export function fixText(template: string, match: SgNode, names: ReadonlySet<string>): string {
  const own = indentAt(match);
  const filled = template.replaceAll(
    /\$\$\$([A-Z_][A-Z0-9_]*)|\$([A-Z_][A-Z0-9_]*)/g,
    (whole, many, one, at: number) => {
      const text = matchedText(match, { many, one }, names);
      return text === undefined ? whole : text.replaceAll('\n', `\n${indentBefore(template, at)}`);
    },
  );
  return filled.replaceAll('\n', `\n${own}`);
}

type Variable = { readonly many: string | undefined; readonly one: string | undefined };

function matchedText(match: SgNode, { many, one }: Variable, names: ReadonlySet<string>): string | undefined {
  const name = many ?? one ?? '';
  if (names.has(name)) return match.getTransformed(name) ?? '';
  if (one !== undefined) {
    const node = match.getMatch(one);
    return node === null ? undefined : dedented(node.text(), indentAt(node));
  }
  const nodes = match.getMultipleMatches(name);
  const [first, last] = [nodes[0], nodes.at(-1)];
  if (first === undefined || last === undefined) return '';
  const source = match.getRoot().root().text();
  return dedented(source.slice(first.range().start.index, last.range().end.index), indentAt(first));
}

/** White space at the beginning of the line in which a node begins. */
function indentAt(node: SgNode): string {
  const source = node.getRoot().root().text();
  const lineStart = source.lastIndexOf('\n', node.range().start.index - 1) + 1;
  return /^[ \t]*/.exec(source.slice(lineStart))?.[0] ?? '';
}

function indentBefore(template: string, at: number): string {
  const lineStart = template.lastIndexOf('\n', at - 1) + 1;
  return /^[ \t]*/.exec(template.slice(lineStart, at))?.[0] ?? '';
}

function dedented(text: string, indent: string): string {
  return indent === '' ? text : text.replaceAll(`\n${indent}`, '\n');
}
