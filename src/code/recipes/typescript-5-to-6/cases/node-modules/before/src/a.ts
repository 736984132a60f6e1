import data from './data.json' assert { type: 'json' };
import { b } from './b.js';
export const c = [b, data, import('./data.json', { assert: { type: 'json' } })];
