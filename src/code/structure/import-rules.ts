import picomatch from 'picomatch';

/** What the imports of a tree have to keep to. */
export type ImportRules = {
  /** Patterns of files from the top layer to the lowest; a list is of neighbours, which do not import each other. */
  readonly layers: readonly (string | readonly string[])[];
  /** `none`: no cycle at all; `no-more`: none that was not there before. Undefined where cycles are nobody's concern. */
  readonly cycles?: 'none' | 'no-more' | undefined;
  /** Whether an import of types alone counts between layers. In cycles it never does: nothing of it is there at run time. */
  readonly typeImports: 'count' | 'pass';
};

/** Where a file stands: the number of its layer, 0 at the top, and the pattern that says so. */
export type Layer = { readonly at: number; readonly pattern: string };

/** True where the rules ask for something. */
export function hasRules({ layers, cycles }: ImportRules): boolean {
  return layers.length > 0 || cycles !== undefined;
}

/** Tells the layer of a file by the first pattern that fits it; undefined where none does. */
export function layerBy({ layers }: ImportRules): (path: string) => Layer | undefined {
  const patterns = layers.flatMap((layer, at) =>
    [layer].flat().map((pattern) => ({ at, pattern, fits: picomatch(pattern, { dot: true }) })),
  );
  return (path) => patterns.find(({ fits }) => fits(path));
}

/** True where a file of one layer may import one of another: the same, or one below. */
export function mayImport(one: Layer, other: Layer): boolean {
  return one.at < other.at || one.pattern === other.pattern;
}
