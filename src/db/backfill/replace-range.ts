/** Text in quotes, dollar quotes and comments, in which nothing is replaced; else the marker. */
const pieces =
  /\$range\b|[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\//g;

/** A statement with every `$range` that stands outside of quotes and comments replaced. */
export function replaceRange(statement: string, predicate: string): string {
  return statement.replace(pieces, (piece) => (piece === '$range' ? predicate : piece));
}
