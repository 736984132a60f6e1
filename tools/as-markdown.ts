/** Plain text as Markdown: tags are none of it. What stands in backticks stays as it is. */
export function asMarkdown(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll('<', '&lt;')))
    .join('');
}

/** The same for a cell of a table, where a bar would begin the next one, also in backticks (GitHub Flavored Markdown, Tables). */
export function asCell(text: string): string {
  return asMarkdown(text).replaceAll('|', '\\|');
}
