import { describe, expect, it } from 'vitest';
import { type Files, filesAfter, studyFiles } from '../../../test/support/move-files.ts';
import { mentionFinder } from './mentions.ts';
import { moveFindings } from './move-findings.ts';
import { movedPath } from './moved-paths.ts';

const tree: Files = {
  'package.json': '{"name":"shop","type":"module","workspaces":["packages/*"]}',
  'src/main.js': '',
  'src/util/text.js': '',
  'src/util/worker.js': '',
  'packages/words/package.json': '{"name":"words","main":"./src/index.js"}',
  'packages/words/src/index.js': '',
  'packages/other/package.json': '{"name":"other"}',
};
const util = 'src/util=src/lib/util';
const words = 'packages/words=libs/words';

/** The text of one file after moves, and what is listed of it. */
async function moved(path: string, text: string, wish: string) {
  const files = { ...tree, [path]: text };
  const study = await studyFiles(files, [wish]);
  expect(study.obstacles).toEqual([]);
  const listed = [...moveFindings(study), ...mentionFinder(study)(path, text)].filter(({ file }) => file === path);
  return {
    after: filesAfter(files, study)[movedPath(path, study.moved)],
    listed: listed.map(({ rule, line }) => `${rule} ${line}`),
  };
}

describe('lists of what is ignored', () => {
  const cases: Readonly<
    Record<string, readonly [path: string, text: string, wish: string, after: string, listed?: readonly string[]]>
  > = {
    'below a package that goes': [
      '.gitignore',
      '# packages/words/dist\npackages/words/dist\n/packages/words/tmp/*.log\n!packages/words/keep\ndist/\n',
      words,
      '# packages/words/dist\nlibs/words/dist\n/libs/words/tmp/*.log\n!libs/words/keep\ndist/\n',
      ['move/mention 1'],
    ],
    'what git tracks': [
      '.prettierignore',
      'src/util/text.js\r\nsrc/util/\r\n',
      util,
      'src/lib/util/text.js\r\nsrc/lib/util/\r\n',
    ],
    'what comes to the root stays from the root': ['.gitignore', 'src/util/\n', 'src/util=util', '/util/\n'],
    'wildcards over the folder': [
      '.gitignore',
      'packages/*/dist\n**/dist\npackages/**/tmp\n',
      words,
      'packages/*/dist\n**/dist\npackages/**/tmp\n',
      ['move/pattern 1', 'move/pattern 3'],
    ],
    'a name that holds everywhere': ['.gitignore', 'util\ntext.js\n', 'src/util=src/lib/tools', 'util\ntext.js\n'],
    'a folder that the list is not above': [
      'packages/.gitignore',
      'words/dist\n',
      words,
      'words/dist\n',
      ['move/pattern 1'],
    ],
    'a list that goes along': ['packages/words/.gitignore', '/dist\nsrc/gen\n', words, '/dist\nsrc/gen\n'],
    'every pattern of an image is from the root': [
      '.dockerignore',
      'src/util\n!packages/words\nutil',
      util,
      'src/lib/util\n!packages/words\nutil',
    ],
  };
  for (const [name, [path, text, wish, after, listed = []]] of Object.entries(cases)) {
    it(name, async () => expect(await moved(path, text, wish)).toEqual({ after, listed }));
  }
});

describe('links of documents', () => {
  it('those that lead to what moves follow', async () => {
    const text = [
      'See [text](src/util/text.js), [it](./src/util/text.js#L3 "Text") and [all](src/util/).',
      '![a](/src/util/text.js) <a href="src/util/worker.js">worker</a>',
      '[none](src/none.js) [web](https://example.org/src/util/text.js)',
      '`[code](src/util/text.js)`',
      '```js',
      '[code](src/util/text.js)',
      '```',
      '[ref]: <src/util/text.js>',
    ].join('\n');
    const after = [
      'See [text](src/lib/util/text.js), [it](./src/lib/util/text.js#L3 "Text") and [all](src/lib/util/).',
      '![a](/src/lib/util/text.js) <a href="src/lib/util/worker.js">worker</a>',
      '[none](src/none.js) [web](https://example.org/src/util/text.js)',
      '`[code](src/util/text.js)`',
      '```js',
      '[code](src/util/text.js)',
      '```',
      '[ref]: <src/lib/util/text.js>',
    ].join('\n');
    expect(await moved('README.md', text, util)).toEqual({ after, listed: ['move/mention 4', 'move/mention 6'] });
  });

  it('those of a document that moves lead where they led', async () => {
    const text = '[main](../../../src/main.js) [own](src/index.js) [dist](./dist/x.js) [issues](../../issues)\n';
    expect(await moved('packages/words/README.md', text, 'packages/words=libs/deep/words')).toEqual({
      after: '[main](../../../src/main.js) [own](src/index.js) [dist](./dist/x.js) [issues](../../issues)\n',
      listed: [],
    });
    expect(await moved('docs/a.md', '[main](../src/main.js)\n', 'docs=doc/en')).toMatchObject({
      after: '[main](../../src/main.js)\n',
    });
  });
});

describe('paths that a program puts together', () => {
  const cases: Readonly<Record<string, readonly [line: string, listed: boolean]>> = {
    'from the folder of work': ["run(path.resolve('src', 'util', 'worker.js'));", true],
    'from its own folder': ["run(path.join(import.meta.dirname, '..', 'src/util', 'worker.js'));", true],
    'in CommonJS': ["run(join(__dirname, '..', 'src', 'util'));", true],
    'from process.cwd()': ["run(path.join(process.cwd(), 'src/util/text'));", true],
    'to what stays': ["run(path.join(__dirname, '..', 'src', 'main.js'));", false],
    'with a part that is not known': ["run(path.join(__dirname, '..', name, 'worker.js'));", false],
  };
  for (const [name, [line, isListed]] of Object.entries(cases)) {
    it(name, async () => {
      const { after, listed } = await moved('bin/run.js', `\n${line}\n`, util);
      expect(after).toBe(`\n${line}\n`);
      expect(listed.filter((one) => one.startsWith('move/computed'))).toEqual(isListed ? ['move/computed 2'] : []);
    });
  }

  it.each([
    [
      'by a name',
      'bin/run.js',
      "const root = path.join(__dirname, '..');\nrun(path.join(root, 'src/util', 'worker.js'));\n",
      [2],
    ],
    [
      'by a parameter',
      'bin/run.js',
      "const at = (name) => path.join(__dirname, '../src', name);\nat('util/text.js');\n",
      [1],
    ],
    [
      'what stands on a path that is listed',
      'bin/run.js',
      "const util = join(__dirname, '../src/util');\nrun(join(util, 'worker.js'));\n",
      [1],
    ],
    [
      'in a component',
      'web/a.vue',
      "<template><p/></template>\n<script>\nrun(path.join('src', 'util'));\n</script>\n",
      [3],
    ],
    ['a list of words', 'bin/run.js', "import path from 'node:path';\nrun(['src', 'util'].join('/', path.sep));\n", []],
  ])('%s', async (_, path, text, lines) => {
    const { after, listed } = await moved(path, text, util);
    expect(after).toBe(text);
    expect(listed.filter((one) => one.startsWith('move/computed'))).toEqual(
      lines.map((line) => `move/computed ${line}`),
    );
  });

  it('a sum is listed as a template is', async () => {
    const text = ["import('./text' + n + '.js');", 'import(`./text$' + '{n}.js`);', "require('./util/' + n);"].join(
      '\n',
    );
    expect(await moved('src/util/one.js', text, 'src/util/one.js=src/one.js')).toEqual({
      after: text,
      listed: ['move/computed 1', 'move/computed 2', 'move/computed 3'],
    });
  });
});

it('a name without its ending is a mention', async () => {
  expect(await moved('notes.txt', 'See src/util/text.\n', 'src/util/text.js=src/lib/text.js')).toMatchObject({
    listed: ['move/mention 1'],
  });
});

it('a path of a package that goes along is no mention', async () => {
  const text = '{"name":"words","main":"./src/index.js"}';
  expect(await moved('packages/words/package.json', text, words)).toEqual({ after: text, listed: [] });
});
