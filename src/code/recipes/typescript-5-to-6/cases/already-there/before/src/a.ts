import * as names from './b.js';
namespace Tools {
  export const now = names.now;
}
declare module 'plain' {
  export const x: number;
}
export const at = Tools.now();
