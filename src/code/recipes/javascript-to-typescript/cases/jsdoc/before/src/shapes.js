/**
 * What all shapes have.
 *
 * @typedef {object} Shape
 * @property {'circle' | 'square'} kind - Which it is.
 * @property {number} size
 * @property {string} [label] A name to show.
 */

/** @typedef {Record<string, ?number>} Sizes */

/**
 * @template T
 * @callback Visit
 * @param {T} value what is visited
 * @param {number=} at
 * @param {...string} rest
 * @returns {void}
 */

/**
 * @enum {number}
 */
export const Level = { low: 1, high: 2 };

/**
 * @abstract
 * @template {string} K
 */
class Named {
  /** @type {K | undefined} */
  tag;

  /**
   * @protected
   * @param {string} name
   * @param {K} [tag]
   */
  constructor(name, tag) {
    /** @readonly @type {string} */
    this.name = name;
    this.tag = tag;
    this.seen = 0;
    /** @type {*} */
    this.extra = 1;
  }
}

/**
 * A circle.
 *
 * @extends {Named<'round'>}
 * @implements {Shape}
 */
export class Circle extends Named {
  /** @param {number} size - Its radius. */
  constructor(size) {
    super('circle', 'round');
    /** @type {'circle'} */
    this.kind = 'circle';
    this.size = size;
  }
}

/**
 * How much room it takes.
 *
 * @param {Shape} shape - What to measure.
 * @param {Object} [options]
 * @param {boolean} [options.exact=true] - Not rounded.
 * @param {Object<string, number>} [options.factors]
 * @returns {number} In square units.
 */
export function area({ kind, size }, options) {
  const factor = options?.factors?.[kind] ?? 1;
  const value = kind === 'circle' ? Math.PI * size ** 2 : size ** 2;
  return (options?.exact === false ? Math.round(value) : value) * factor;
}

/** @type {(shape: Shape) => string} */
export const describe = shape => shape.label ?? shape.kind;

/**
 * @template T
 * @param {T[]} values
 * @param {Visit<T>} visit
 */
export function each(values, visit) {
  values.forEach((value, at) => visit(value, at));
}

export const sizes = /** @type {Sizes} */ ({});
export const first = /** @type {any} */ (sizes.circle ? 1 : 2);
export const fixed = /** @type {const} */ (['a', 'b']);

export default {
  /** @type {string | null} */
  unit: null,
  /** @param {function(number): void} done */
  run(done) {
    done(1);
  },
};
