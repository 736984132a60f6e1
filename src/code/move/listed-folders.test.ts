import { expect, it } from 'vitest';
import { studyFiles } from '../../../test/support/move-files.ts';
import { moveFindings } from './move-findings.ts';

const lister = `import fs from 'node:fs';
import path from 'node:path';
const folder = path.join(import.meta.dirname, 'commands');
export const names = fs.readdirSync(folder).filter((name) => name.endsWith('.js'));
`;

/** What is computed, by the place, for a tree with one folder that is listed. */
async function computed(wish: string, text = lister): Promise<readonly string[]> {
  const files = {
    'package.json': '{"type":"module"}',
    'src/list.js': text,
    'src/other.js': 'export const other = 1;\n',
    'src/commands/a.js': 'export default 1;\n',
    'src/commands/b.js': 'export default 2;\n',
  };
  return moveFindings(await studyFiles(files, [wish]))
    .filter(({ rule }) => rule === 'move/computed')
    .map(({ file, line, message }) => `${file}:${line} ${message}`);
}

it('a file that leaves a folder that is listed, or comes into it, is said at the listing', async () => {
  expect(await computed('src/commands/a.js=src/a.js')).toEqual([
    'src/list.js:4 `fs.readdirSync(folder)` lists what is in src/commands, where src/commands/a.js is no more.',
  ]);
  expect(await computed('src/other.js=src/commands/')).toEqual([
    'src/list.js:4 `fs.readdirSync(folder)` lists what is in src/commands, where src/commands/other.js is then too.',
  ]);
});

it('a folder that is listed and goes as a whole is said once', async () => {
  expect(await computed('src/commands=src/verbs')).toEqual([
    "src/list.js:3 path.join(import.meta.dirname, 'commands') is src/commands, which moves to src/verbs; it is left as it is.",
  ]);
  const template = lister.replace(/path\.join.*/, `\`\${import.meta.dirname}/commands\`;`);
  expect(await computed('src/commands=src/verbs', template)).toEqual([
    'src/list.js:4 `fs.readdirSync(folder)` lists what is in src/commands, where src/commands/a.js is no more.',
  ]);
});

it('nothing is said where the listing goes along, or lists another folder', async () => {
  expect(await computed('src=lib')).toEqual([]);
  expect(await computed('src/other.js=src/another.js')).toEqual([]);
  expect(await computed('src/commands/a.js=src/commands/c.js')).toEqual([]);
});
