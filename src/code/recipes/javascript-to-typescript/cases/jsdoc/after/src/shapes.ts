/** What all shapes have. */
export type Shape = {
  /** Which it is. */
  kind: 'circle' | 'square';
  size: number;
  /** A name to show. */
  label?: string;
};

export type Sizes = Record<string, number | null>;

export type Visit<T> = (value: T, at?: number, ...rest: string[]) => void;

export type Level = number;
export const Level = { low: 1, high: 2 } satisfies Record<string, number>;

/**
 * @abstract
 */
class Named<K extends string> {
  declare readonly name: string;
  declare seen: number;
  declare extra: any;

  tag: K | undefined;

  protected constructor(name: string, tag?: K) {
    this.name = name;
    this.tag = tag;
    this.seen = 0;
    this.extra = 1;
  }
}

/**
 * A circle.
 */
export class Circle extends Named<'round'> implements Shape {
  declare kind: 'circle';
  declare size: number;

  /** @param size - Its radius. */
  constructor(size: number) {
    super('circle', 'round');
    this.kind = 'circle';
    this.size = size;
  }
}

/**
 * How much room it takes.
 *
 * @param shape - What to measure.
 * @param options.exact - Not rounded.
 * @returns In square units.
 */
export function area({ kind, size }: Shape, options?: { exact?: boolean; factors?: { [x: string]: number } }): number {
  const factor = options?.factors?.[kind] ?? 1;
  const value = kind === 'circle' ? Math.PI * size ** 2 : size ** 2;
  return (options?.exact === false ? Math.round(value) : value) * factor;
}

export const describe: (shape: Shape) => string = shape => shape.label ?? shape.kind;

export function each<T>(values: T[], visit: Visit<T>) {
  values.forEach((value, at) => visit(value, at));
}

export const sizes = ({} as Sizes);
export const first = ((sizes.circle ? 1 : 2) as any);
export const fixed = (['a', 'b'] as const);

export default {
  unit: null as string | null,
  run(done: (arg0: number) => void) {
    done(1);
  },
};
