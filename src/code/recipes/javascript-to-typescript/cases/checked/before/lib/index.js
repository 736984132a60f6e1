/** @typedef {import('./options.js').Options} Options */
import {read} from './native.js'

/** @type {(name: string, options?: Options) => string} */
export function find(name, options) {
  return options?.upper ? read(name).toUpperCase() : read(name)
}
