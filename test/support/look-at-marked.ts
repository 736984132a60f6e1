import { look } from './look-at-code.ts';

/** A text that was looked at: what became of it, what should have, and how certain the use at each place is. */
export type Marked = {
  readonly text: string;
  readonly final: string;
  readonly wanted: string;
  /** Where a mark stood. */
  readonly marks: readonly number[];
  readonly places: ReadonlyMap<number, 'certain' | 'possible'>;
};

/** Looks at many texts in one repository. A mark stands before each name that is looked for: `§`, `¶` for an output, `‡` for one in SQL. */
export async function lookAtMarked(marked: readonly string[], tool: string): Promise<readonly Marked[]> {
  const texts = marked.map((text) => text.replaceAll(/[§¶‡]/g, ''));
  const files = texts.map((text, index) => [`src/${index}.ts`, text] as const);
  const manifest = JSON.stringify({ dependencies: { [tool]: '1' } });
  const { uses, edited } = await look({ 'package.json': manifest, ...Object.fromEntries(files) });
  return marked.map((one, index) => {
    const path = `src/${index}.ts`;
    const text = texts[index] ?? '';
    const own = uses.filter((use) => use.path === path);
    return {
      text,
      final: edited.find((file) => file.path === path)?.final ?? text,
      wanted: one
        .replaceAll('§name', 'full_name')
        .replaceAll('¶name', 'full_name as name')
        .replaceAll('‡name', 'full_name AS name'),
      marks: [...one.matchAll(/[§¶‡]/g)].map((match, before) => match.index - before),
      places: new Map(own.map(({ start, doubt }) => [start, doubt === undefined ? 'certain' : 'possible'] as const)),
    };
  });
}
