/** @import {Mode} from './mode.js' */

/**
 * @typedef Options
 * @property {boolean} [upper]
 * @property {Mode} [mode]
 */

export {}
