import type ts from 'typescript';
import { renderEdits } from '#core/nested-edit';
import type { Unknown } from '../snapshot.ts';
import { bothVersions, type CodeUse } from './code-use.ts';
import { settleFlows } from './flows/settle-flows.ts';
import { type CodeRequest, readCode } from './read-code.ts';
import { useFinders } from './use-finders/index.ts';
import { isCode, useTree } from './use-tree.ts';

/** What was found in a tree, with each file that the edits touch: as it is, for the first version, for the final one. */
export type CodeUses = {
  readonly uses: readonly (CodeUse & { readonly line: number; readonly column: number; readonly text: string })[];
  readonly edited: readonly EditedFile[];
  readonly unknown: readonly Unknown[];
};

export type EditedFile = {
  readonly path: string;
  readonly before: string;
  readonly first: string;
  readonly final: string;
};

/**
 * The uses of what changes in the files that git tracks or would track. Reads only; what cannot be read or parsed is
 * named, and so is what is written in a language that is not read.
 */
export async function findCodeUses(request: CodeRequest): Promise<CodeUses> {
  const { changes, readNames, signal } = request;
  const read = await readCode(request);
  const tree = useTree(read, { changes, readNames, signal });
  const { files } = tree;
  const raw: CodeUse[] = [];
  for (const finder of useFinders) raw.push(...(await finder.find(tree)));
  const found = new Map<string, CodeUse>();
  for (const use of settleFlows(raw, tree)) {
    const key = `${use.path} ${use.start} ${use.change}`;
    const known = found.get(key);
    if (known === undefined || (known.doubt !== undefined && use.doubt === undefined)) found.set(key, use);
    else if (known.doubt === undefined && isOther(known, use))
      found.set(key, { ...known, ...bothVersions([]), unedited });
  }
  const { texts } = read;
  const uses = [...found.values()].sort((one, other) =>
    one.path < other.path ? -1 : one.path > other.path ? 1 : one.start - other.start,
  );
  return {
    uses: uses.map((use) => ({ ...use, ...placeIn(texts.get(use.path) ?? '', use.start) })),
    edited: editedFiles(uses, texts),
    unknown: [...read.unknown, ...files.flatMap(({ path, tree: parse }) => unparsed(path, parse()))],
  };
}

const unedited = 'No patch: it is used in several ways, which the new name would not fit alike. Change it by hand.';

/** A list that one call selects and another one groups by: no single text fits both. */
function isOther(known: CodeUse, use: CodeUse): boolean {
  const isSame = known.kind === use.kind && use.doubt === undefined && known.role !== use.role;
  return isSame && JSON.stringify(known.final) !== JSON.stringify(use.final);
}

function unparsed(path: string, tree: ts.SourceFile | undefined): readonly Unknown[] {
  return isCode(path) && tree === undefined
    ? [{ what: path, why: 'It does not parse as JavaScript or TypeScript.' }]
    : [];
}

function placeIn(text: string, index: number) {
  const before = text.slice(0, index);
  const start = before.lastIndexOf('\n') + 1;
  const end = text.indexOf('\n', index);
  const line = text.slice(start, end === -1 ? undefined : end).trim();
  return {
    line: before.split('\n').length,
    column: index - start + 1,
    text: (line.length > 160 ? `${line.slice(0, 159)}…` : line).replaceAll(/(:\/\/[^\s:/@]+):[^\s@]+@/g, '$1:***@'),
  };
}

/** Only what is certain is edited: the rest is for a person to look at. */
function editedFiles(uses: readonly CodeUse[], texts: ReadonlyMap<string, string>): readonly EditedFile[] {
  const certain = uses.filter(({ doubt }) => doubt === undefined);
  return [...new Set(certain.map(({ path }) => path))].flatMap((path) => {
    const own = certain.filter((use) => use.path === path);
    const before = texts.get(path) ?? '';
    const first = renderEdits(
      before,
      own.flatMap((use) => use.first),
    );
    const final = renderEdits(
      before,
      own.flatMap((use) => use.final),
    );
    return first === before && final === before ? [] : [{ path, before, first, final }];
  });
}
