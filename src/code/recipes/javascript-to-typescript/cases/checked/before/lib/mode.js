/** @typedef {'a' | 'b'} Mode */

/** @type {Mode} */
export const mode = 'a'
