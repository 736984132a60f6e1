import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Files, filesAfter, studyFiles } from '../../../test/support/move-files.ts';
import { runsOf, seed } from '../../../test/support/seed.ts';
import { joined } from '../tree/tree-path.ts';

const runs = runsOf(60);
const sources: Files = {
  'package.json': '{"name":"root","workspaces":["packages/*"]}',
  'src/main.js': '// main',
  'src/util/a.js': '// a',
  'src/util/deep/b.js': '// b',
  'packages/one/package.json': '{"name":"one"}',
  'packages/one/src/c.js': '// c',
  'packages/two/package.json': '{"name":"two"}',
};
const moves = [
  'src/util=src/lib/util',
  'src/util/a.js=src/a2.js',
  'packages/one=libs/one',
  'src=source',
  'src/util=util',
];
const copies = [
  'COPY . .',
  'COPY src src',
  'COPY src/ /app/src/',
  'COPY ./src/util /app/src/util',
  'COPY src/util tools',
  'COPY src/util/a.js src/util/',
  'COPY src/main.js src/util/a.js bin/',
  'COPY packages packages',
  'COPY packages/one/package.json packages/one/',
  'COPY packages/one /srv/one',
  'COPY packages/one packages/one',
];
const folders = ['WORKDIR /app', 'WORKDIR /srv/one', 'WORKDIR packages/one', 'WORKDIR /app/src/util'];
const line = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...copies) },
  { weight: 1, arbitrary: fc.constantFrom(...folders) },
);
const wanted = fc.constantFrom(
  'src/main.js',
  'src/util/a.js',
  '/app/src/util/deep/b.js',
  'tools/a.js',
  'bin/a.js',
  'src/c.js',
  '/srv/one/src/c.js',
  'packages/one/src/c.js',
  './deep/b.js',
);

/** What a build makes of the lines: the files of the image, and the folder in which its command runs. */
function built(
  lines: readonly string[],
  files: Files,
): { readonly image: Map<string, string>; readonly folder: string } {
  const image = new Map<string, string>();
  let folder = '.';
  for (const [keyword, ...words] of lines.map((one) => one.split(' '))) {
    const target = words.at(-1) ?? '';
    const at = target.startsWith('/') ? joined('.', target) : joined(folder, target);
    if (keyword === 'WORKDIR') folder = at;
    if (keyword !== 'COPY') continue;
    for (const word of words.slice(0, -1)) {
      const source = joined('.', word);
      const text = files[source];
      if (text !== undefined) image.set(target.endsWith('/') ? joined(at, source.replace(/^.*\//, '')) : at, text);
      for (const [path, inside] of Object.entries(files))
        if (source === '.' || path.startsWith(`${source}/`))
          image.set(joined(at, source === '.' ? path : path.slice(source.length + 1)), inside);
    }
  }
  return { image, folder };
}

it(`a command runs the same file after a move, or is named (seed ${seed}, ${runs} images)`, async () => {
  let same = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 5 }),
      wanted,
      fc.constantFrom(...moves),
      async (made, word, wish) => {
        const lines = ['WORKDIR /app', ...made];
        const text = ['FROM node:24', ...lines, `CMD node ${word}`].join('\n');
        const files = { ...sources, Dockerfile: text };
        const study = await studyFiles(files, [wish]);
        const after = filesAfter(files, study);
        const then = (after.Dockerfile ?? '').split('\n').slice(1);
        const runsFile = (all: readonly string[], tree: Files): string | undefined => {
          const { image, folder } = built(all.slice(0, -1), tree);
          const path = all.at(-1)?.slice('CMD node '.length) ?? '';
          return image.get(path.startsWith('/') ? joined('.', path) : joined(folder, path));
        };
        const before = runsFile([...lines, `CMD node ${word}`], files);
        if (before === undefined || study.images.length > 0) return;
        same += 1;
        expect(runsFile(then, after), `${wish}\n${text}\n\n${then.join('\n')}`).toBe(before);
      },
    ),
    { seed, numRuns: runs },
  );
  expect(same).toBeGreaterThan(0);
});
