import { applyEdits, findNodeAtLocation, modify, parseTree } from 'jsonc-parser';
import { fail } from '#core/error';
import type { FileChange } from '../file-change.ts';
import type { ReadFile } from '../typescript-settings.ts';
import type { Hop } from './upgrade-path.ts';

/** One declared version of a file, before and after. */
export type ManifestEdit = {
  readonly group: string;
  readonly name: string;
  readonly from: string | undefined;
  readonly to: string;
};

/**
 * What a hop changes in the files that declare versions. A file that has the new text already is left out, so that it may
 * be asked twice. Throws `drift` where a file declares something else than the plan says.
 */
export async function manifestChanges(hop: Pick<Hop, 'changes'>, readText: ReadFile): Promise<readonly FileChange[]> {
  const byFile = new Map<string, ManifestEdit[]>();
  for (const { name, declared } of hop.changes) {
    for (const { file, group, from, to } of declared) {
      byFile.set(file, [...(byFile.get(file) ?? []), { group, name, from, to }]);
    }
  }
  const changes: FileChange[] = [];
  for (const [path, edits] of [...byFile].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const before = await readText(path);
    if (before === undefined) throw drifted(path, 'It is not there.');
    const after = editManifest(path, before, edits);
    if (after !== before) changes.push({ path, before, after });
  }
  return changes;
}

/** The text of a package.json with other versions; all else stays byte for byte. Throws `drift`. Pure. */
export function editManifest(path: string, text: string, edits: readonly ManifestEdit[]): string {
  return edits.reduce((now, edit) => edited(path, now, edit), text);
}

function edited(path: string, text: string, { group, name, from, to }: ManifestEdit): string {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const tree = parseTree(text.slice(mark));
  if (tree === undefined) throw drifted(path, 'It is no JSON any more.');
  const node = findNodeAtLocation(tree, [group, name]);
  if (node?.value === to) return text;
  if (node?.value !== from) {
    const has =
      node === undefined ? `It does not declare ${name}` : `It declares ${name} as ${JSON.stringify(node.value)}`;
    throw drifted(path, `${has} under ${group}${from === undefined ? '' : `, and the plan has "${from}"`}.`);
  }
  if (node === undefined) return text.slice(0, mark) + inserted(text.slice(mark), { group, name, to });
  const at = node.offset + mark;
  return text.slice(0, at) + JSON.stringify(to) + text.slice(at + node.length);
}

/** A new line among the others of its group, in the order of names, indented and ended as the file is. */
function inserted(
  text: string,
  { group, name, to }: { readonly group: string; readonly name: string; readonly to: string },
) {
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
  const edits = modify(text, [group, name], to, {
    formattingOptions: {
      insertSpaces: !indent.startsWith('\t'),
      tabSize: indent.startsWith('\t') ? 1 : indent.length,
      eol: text.includes('\r\n') ? '\r\n' : '\n',
    },
    getInsertionIndex: (names) => {
      const at = names.findIndex((other) => other > name);
      return at === -1 ? names.length : at;
    },
  });
  return applyEdits(text, edits);
}

function drifted(path: string, why: string) {
  return fail('drift', {
    what: `${path} is not as it was when the plan was made.`,
    why,
    next: 'Restore it, or plan again.',
  });
}
