import { expect, it } from 'vitest';
import ts from '../../../typescript.cts';
import { brokenIn } from './premises.ts';

const broken = (text: string) => [
  ...brokenIn('a.js', ts.createSourceFile('a.js', text, ts.ScriptTarget.Latest, true)).keys(),
];

it.each([
  ['const a = []; a[3] = 1;', ['no-holes']],
  ['a.length++;', ['no-holes']],
  ['a.length = 5;', ['no-holes']],
  ['class Own extends Array {}', ['no-holes']],
  ['Reflect.construct(Array, [3]);', ['no-holes']],
  ['Array(3);', ['no-holes']],
  ['[1, , 2];', ['no-holes']],
  ["Object('x');", ['no-boxed-primitives']],
  ['Object(value);', ['no-boxed-primitives']],
  ["Reflect.construct(String, ['x']);", ['no-boxed-primitives']],
  ['new Number(1);', ['no-boxed-primitives']],
  ['a[0] = 1; a[key] = 2; Object({}); a.length = 0; i++; class Own extends Map {} Array(3).fill(0);', []],
])('%s breaks %j', (text, premises) => expect(broken(text)).toEqual(premises));
