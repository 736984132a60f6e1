import { expect, it } from 'vitest';
import { studyRenameOf } from '../../../test/support/rename-files.ts';
import { renameFindings } from './rename-findings.ts';

it('in JavaScript what is read and given without a type is listed', async () => {
  const files = {
    'a.js': [
      'export const opts = { verbose: false };',
      'export function set(patch) { Object.assign(opts, patch); }',
      'export function run(o = {}) { return o.verbose || opts.verbose; }',
      'export function other(o) { return o.verbose; }',
      '',
    ].join('\n'),
    'main.js': [
      "import { other, run, set } from './a.js';",
      'set({ verbose: true });',
      'const given = { verbose: true };',
      'run(given);',
      'other(given);',
      "export const unrelated = { verbose: 'words' };",
      '',
    ].join('\n'),
  };
  const study = await studyRenameOf(files, ['a.js#opts.verbose=loud']);
  expect(study.obstacles).toEqual([]);
  const found = renameFindings(study).filter(({ rule }) => rule === 'rename/untyped');
  expect(found.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
    'a.js:3 `verbose` is read here of a value whose type does not declare it; it is left as it is.',
    'a.js:4 `verbose` is read here of a value whose type does not declare it; it is left as it is.',
    'main.js:2 `verbose` is a key here of an object that main.js:2 passes on without a type; it is left as it is.',
    'main.js:3 `verbose` is a key here of an object that main.js:4 passes on without a type; it is left as it is.',
  ]);
});

it('a key of exports that stays is listed in each of its forms', async () => {
  const files = {
    'a.cjs': 'function load() {}\nexports.load = load;\nmodule.exports.load = load;\nexports.other = load;\n',
  };
  const study = await studyRenameOf(files, ['a.cjs#load=read']);
  const found = renameFindings(study).filter(({ rule }) => rule === 'rename/key-kept');
  expect(found.map(({ file, line }) => `${file}:${line}`)).toEqual(['a.cjs:2', 'a.cjs:3']);
});
