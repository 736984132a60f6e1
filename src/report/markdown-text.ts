/** Text for a Markdown table cell: no pipe, newline or backtick pair of the user's breaks the table. */
export function cell(text: string): string {
  return tagless(text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' '));
}

/** A table with a header. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(header), `|${header.map(() => ' --- ').join('|')}|`, ...rows.map(line)].join('\n');
}

/** A fenced block whose fence is longer than any run of backticks inside. */
export function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.trim()}\n${fence}`;
}

/**
 * Text of a user inside a sentence: one line, no start of a heading, list or quote, and no tag of HTML, so that it can
 * change nothing of the page around it.
 */
export function inline(text: string): string {
  return tagless(text.replaceAll(/\s*\n\s*/g, ' ').replace(/^([#>*+-])/, '\\$1'));
}

/** Text of a user as code inside a sentence, its fence longer than any run of backticks in it. */
export function code(text: string): string {
  const plain = text.replaceAll(/\s*\n\s*/g, ' ').trim();
  const runs = [...plain.matchAll(/`+/g)].map((run) => run[0].length);
  const fence = '`'.repeat(Math.max(0, ...runs) + 1);
  return runs.length === 0 ? `${fence}${plain}${fence}` : `${fence} ${plain} ${fence}`;
}

/** Text in which nothing begins a tag of HTML; code spans, where nothing can, stay as they are. */
function tagless(text: string): string {
  return text.replaceAll(/(`+)[^`](?:.*?[^`])?\1(?!`)|<(?=[a-z/!?])/gi, (found) => (found === '<' ? '&lt;' : found));
}
