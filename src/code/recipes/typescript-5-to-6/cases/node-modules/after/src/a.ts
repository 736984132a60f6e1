import data from './data.json' with { type: 'json' };
import { b } from './b.js';
export const c = [b, data, import('./data.json', { with: { type: 'json' } })];
