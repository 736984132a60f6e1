/**
 * The keys under which an offset of a YAML text stands, the nearest first: by the indentation of lines, and by the brackets
 * that are open on its own line. A text that is not YAML has keys too. Pure.
 */
export function keysAbove(text: string, offset: number): readonly string[] {
  const lines = text.slice(0, offset).split('\n');
  const own = lines.at(-1) ?? '';
  const keys: string[] = [...openKeys(own)];
  // Items of a list may stand as far left as its key.
  let indent = (/^\s*/.exec(own)?.[0].length ?? 0) + (/^\s*- /.test(own) ? 1 : 0);
  for (const line of lines.slice(0, -1).toReversed()) {
    const found = /^( *)(- +)?["']?([\w-]+)["']?:/.exec(line);
    const [, space = '', dash = '', key = ''] = found ?? [];
    if (found === null || space.length + dash.length >= indent) continue;
    keys.push(key);
    indent = space.length + (dash === '' ? 0 : 1);
  }
  return keys;
}

function openKeys(line: string): readonly string[] {
  const open: string[] = [];
  for (const [found, key = ''] of line.matchAll(/["']?([\w-]+)["']?[ \t]*:[ \t]*[[{]|[[{\]}]/g)) {
    if (found === ']' || found === '}') open.pop();
    else open.push(key);
  }
  return open.filter((key) => key !== '').toReversed();
}
