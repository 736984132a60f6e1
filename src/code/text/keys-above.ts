/** The keys under which a line of YAML stands, by its indentation, the nearest first. */
export function keysAbove(text: string, offset: number): readonly string[] {
  const lines = text.slice(0, offset).split('\n');
  const keys: string[] = [];
  const [, space = '', dash = ''] = /^(\s*)(-?)/.exec(lines.at(-1) ?? '') ?? [];
  // An item may stand as far left as the key of its list.
  let indent = space.length + dash.length;
  for (const line of lines.slice(0, -1).toReversed()) {
    const found = /^( *)([\w-]+):/.exec(line);
    const [, before = '', key = ''] = found ?? [];
    if (found === null || before.length >= indent) continue;
    keys.push(key);
    indent = before.length;
  }
  return keys;
}
