import { readFileNames } from '../../../graph/read-file.ts';
import type { TreeUnresolved } from '../../../recipe.ts';
import type { Converted } from '../converted.ts';
import type { Block } from '../types/annotate.ts';

const filesMax = 5;
const codeMax = 80;

/** What stays JavaScript, and why; all that one pattern or one place finds is told there. Pure. */
export function stayFindings(
  converted: Pick<Converted, 'stays' | 'moves' | 'bases' | 'texts' | 'tested'>,
): readonly TreeUnresolved[] {
  const cure = 'Mend that and run the recipe again; until then TypeScript reads it as JavaScript.';
  const shared = new Map<string, { readonly block: Block; readonly files: string[] }>();
  const alone: TreeUnresolved[] = [];
  for (const [path, block] of converted.stays) {
    const finder = block.place ?? block.pattern;
    if (finder === undefined) {
      alone.push({
        ...specifierAfter(path, block.specifier, converted),
        message: `It stays JavaScript: ${block.why.replace(/\.$/, '')}.`,
        cure,
      });
      continue;
    }
    const key = `${finder.from} ${finder.offset} ${block.place?.says}`;
    const known = shared.get(key);
    if (known === undefined) shared.set(key, { block, files: [path] });
    else known.files.push(path);
  }
  const found = [...shared.values()].flatMap(({ block: { pattern, place }, files }): readonly TreeUnresolved[] => {
    if (place !== undefined)
      return [
        {
          ...codeAfter(place, converted),
          message: `What ${shownCode(place.code)} ${place.says} stays JavaScript: ${listed(files)}.`,
          cure: place.cure,
        },
      ];
    if (pattern === undefined) return [];
    const message = `What the pattern ${pattern.specifier} finds stays JavaScript: ${listed(files)}.`;
    return [{ ...placeAfter(pattern, converted), message, cure }];
  });
  return [...alone, ...found, ...testedFindings(converted)];
}

/** Tests start a program in a process of its own, where nothing loads what is TypeScript now. */
function testedFindings(converted: Pick<Converted, 'moves' | 'bases' | 'texts' | 'tested'>): readonly TreeUnresolved[] {
  return converted.tested.flatMap(({ place, reached }) => {
    const files = [...reached].flatMap((path) => converted.moves.get(path) ?? []);
    if (files.length === 0) return [];
    return [
      {
        ...codeAfter(place, converted),
        message: `${shownCode(place.code)} starts a process or a thread that reads TypeScript now: ${listed(files)}.`,
        cure: 'Node below 22.18 cannot. Run the tests with a newer one, or start it with `--import tsx`.',
      },
    ];
  });
}

type Pattern = NonNullable<Block['pattern']>;
type Texts = Pick<Converted, 'moves' | 'bases' | 'texts'>;

/** The pattern in the text that is left of its file. */
function placeAfter(
  { from, specifier, offset, length }: Pattern,
  { moves, texts }: Pick<Texts, 'moves' | 'texts'>,
): Pick<TreeUnresolved, 'path' | 'offset' | 'length'> {
  const path = moves.get(from) ?? from;
  const text = texts.get(path);
  if (text === undefined) return { path, offset, length };
  const found = readFileNames(path, text).find(
    (one) => one.specifier === specifier && (one.kind === 'glob' || one.kind === 'computed'),
  );
  return { path, offset: found?.offset ?? 0, length: found?.length ?? 0 };
}

/** The place of a specifier in the text that is left of a file, or its beginning. */
export function specifierAfter(
  from: string,
  specifier: string | undefined,
  { moves, texts }: Pick<Texts, 'moves' | 'texts'>,
): Pick<TreeUnresolved, 'path' | 'offset' | 'length'> {
  const path = moves.get(from) ?? from;
  const text = specifier === undefined ? '' : (texts.get(path) ?? '');
  const found = readFileNames(path, text).find((one) => one.specifier === specifier);
  return { path, offset: found?.offset ?? 0, length: found?.length ?? 0 };
}

/** The same code in the text that is left of its file, or what is left of its beginning. */
function codeAfter(
  { from, code }: NonNullable<Block['place']>,
  { moves, texts }: Texts,
): Pick<TreeUnresolved, 'path' | 'offset' | 'length'> {
  const path = moves.get(from) ?? from;
  const text = texts.get(path) ?? '';
  const sought = [code, code.split(/['"`\n]/)[0] ?? ''].find((one) => one !== '' && text.includes(one));
  return { path, offset: sought === undefined ? 0 : text.indexOf(sought), length: sought?.length ?? 0 };
}

function shownCode(code: string): string {
  const line = code.trim().replaceAll(/\s+/g, ' ');
  return `\`${line.length > codeMax ? `${line.slice(0, codeMax)}…` : line}\``;
}

function listed(files: readonly string[]): string {
  const shown = files.slice(0, filesMax).join(', ');
  return files.length > filesMax ? `${shown} and ${files.length - filesMax} more` : shown;
}
