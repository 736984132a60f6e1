import { nativeForms } from '../forms/index.ts';
import { stays } from '../forms/stays.ts';
import { namesAnswered } from './answers.ts';

/** Functions of lodash that are known by name, as far as packages of one function need it. */
export const methodNames: ReadonlySet<string> = new Set([
  ...nativeForms.map(({ method }) => method),
  ...Object.keys(stays),
  ...namesAnswered,
]);
