import { countOf } from './stock.js';

export const enough = (name: string, wanted: number): boolean => countOf(name) >= wanted;
