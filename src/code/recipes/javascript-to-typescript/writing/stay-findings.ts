import { readFileNames } from '../../../graph/read-file.ts';
import type { TreeUnresolved } from '../../../recipe.ts';
import type { Converted } from '../converted.ts';
import type { Block } from '../types/annotate.ts';

const filesMax = 5;

/** What stays JavaScript, and why; all that one pattern finds is one place, that of the pattern. Pure. */
export function stayFindings(converted: Pick<Converted, 'stays' | 'moves' | 'texts'>): readonly TreeUnresolved[] {
  const cure = 'Mend that and run the recipe again; until then TypeScript reads it as JavaScript.';
  const byPattern = new Map<string, { readonly pattern: Pattern; readonly files: string[] }>();
  const alone: TreeUnresolved[] = [];
  for (const [path, { why, pattern }] of converted.stays) {
    if (pattern === undefined) {
      alone.push({ path, offset: 0, length: 0, message: `It stays JavaScript: ${why.replace(/\.$/, '')}.`, cure });
      continue;
    }
    const key = `${pattern.from} ${pattern.offset}`;
    const known = byPattern.get(key);
    if (known === undefined) byPattern.set(key, { pattern, files: [path] });
    else known.files.push(path);
  }
  const patterns = [...byPattern.values()].map(({ pattern, files }) => ({
    ...placeAfter(pattern, converted),
    message: `What the pattern ${pattern.specifier} finds stays JavaScript: ${listed(files)}.`,
    cure,
  }));
  return [...alone, ...patterns];
}

type Pattern = NonNullable<Block['pattern']>;

/** The pattern in the text that is left of its file. */
function placeAfter(
  { from, specifier, offset, length }: Pattern,
  { moves, texts }: Pick<Converted, 'moves' | 'texts'>,
): Pick<TreeUnresolved, 'path' | 'offset' | 'length'> {
  const path = moves.get(from) ?? from;
  const text = texts.get(path);
  if (text === undefined) return { path, offset, length };
  const found = readFileNames(path, text).find(
    (one) => one.specifier === specifier && (one.kind === 'glob' || one.kind === 'computed'),
  );
  return { path, offset: found?.offset ?? 0, length: found?.length ?? 0 };
}

function listed(files: readonly string[]): string {
  const shown = files.slice(0, filesMax).join(', ');
  return files.length > filesMax ? `${shown} and ${files.length - filesMax} more` : shown;
}
