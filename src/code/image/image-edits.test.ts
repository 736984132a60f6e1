import { describe, expect, it } from 'vitest';
import { filesAfter, studyFiles } from '../../../test/support/move-files.ts';
import { movedPath } from '../move/moved-paths.ts';

const tree = {
  'package.json': '{"name":"shop","workspaces":["packages/*"]}',
  'src/main.js': '',
  'src/util/text.js': '',
  'src/util/worker.js': '',
  'packages/words/package.json': '{"name":"words"}',
  'packages/words/src/index.js': '',
  'packages/other/package.json': '{"name":"other"}',
};

/** The lines of a Dockerfile that a move changes, and the words that it leaves open. */
async function moved(lines: string, wish: string, path = 'Dockerfile') {
  const files = { ...tree, [path]: lines };
  const study = await studyFiles(files, [wish]);
  const after = (filesAfter(files, study)[movedPath(path, study.moved)] ?? '').split('\n');
  return {
    changed: after.filter((line, at) => line !== lines.split('\n')[at]),
    open: study.images.map(({ specifier }) => specifier),
  };
}

describe('words of a Dockerfile that name what moves', () => {
  const util = 'src/util=src/lib/util';
  const words = 'packages/words=libs/words';
  const cases: Readonly<
    Record<string, readonly [lines: string, wish: string, changed: readonly string[], open?: readonly string[]]>
  > = {
    'a target that stays keeps the commands below it': [
      'FROM node:24\nWORKDIR /app\nCOPY src/util /app/src/util\nCMD ["node","src/util/worker.js"]',
      util,
      ['COPY src/lib/util /app/src/util'],
    ],
    'where the image is as the tree is, commands follow': [
      'FROM node:24\nWORKDIR /app\nCOPY . .\nENV NODE_PATH=/app/src/util\nHEALTHCHECK CMD node src/util/text.js\nCMD ["node","src/util/worker.js"]',
      util,
      [
        'ENV NODE_PATH=/app/src/lib/util',
        'HEALTHCHECK CMD node src/lib/util/text.js',
        'CMD ["node","src/lib/util/worker.js"]',
      ],
    ],
    'what stands beside something that stands as in the tree stays beside it': [
      'FROM node:24\nWORKDIR /app\nCOPY src/main.js src/\nCOPY src/util /app/src/util\nENTRYPOINT node /app/src/util/worker.js',
      util,
      ['COPY src/lib/util /app/src/lib/util', 'ENTRYPOINT node /app/src/lib/util/worker.js'],
    ],
    'the folder of work of a package': [
      'FROM node:24\nWORKDIR /app\nCOPY . .\nWORKDIR /app/packages/words\nCMD ["node", "src/index.js"]',
      words,
      ['WORKDIR /app/libs/words'],
    ],
    'a folder of work before anything is copied stays': [
      'FROM node:24\nWORKDIR /srv/words\nCOPY packages/words .\nCMD node src/index.js',
      words,
      ['COPY libs/words .'],
    ],
    'an image of a package that names no tree': [
      'FROM node:24\nWORKDIR $HOME/app\nCOPY ./packages/words ./packages/words\nRUN cd packages/words && node src/index.js\nRUN (cd packages/words; node ./src/index.js)',
      words,
      ['COPY ./libs/words ./libs/words', 'RUN cd libs/words && node src/index.js'],
      ['packages/words'],
    ],
    'manifests first, and what a stage built': [
      'FROM node:24 AS build\nWORKDIR /app\nCOPY package.json ./\nCOPY packages/words/package.json ./packages/words/\nCOPY . .\nRUN npm run build -w packages/words\nFROM node:24\nWORKDIR /srv\nCOPY --from=build /app/packages/words/dist ./dist\nCOPY --from=0 /app/packages/words /srv/words/\nCMD ["node", "words/src/index.js", "dist/index.js"]',
      words,
      [
        'COPY libs/words/package.json ./libs/words/',
        'RUN npm run build -w libs/words',
        'COPY --from=build /app/libs/words/dist ./dist',
        'COPY --from=0 /app/libs/words /srv/words/',
      ],
    ],
    'what comes from another stage stands there as in the tree': [
      'FROM node:24 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nFROM node:24-slim\nENV APP=/srv/app\nWORKDIR $APP\nCOPY --from=build /app/node_modules node_modules\nCOPY --from=build /app/packages/words packages/words\nWORKDIR $APP/packages/words\nCMD ["node", "src/index.js"]',
      words,
      ['COPY --from=build /app/libs/words libs/words', 'WORKDIR $APP/libs/words'],
    ],
    'a folder that takes the moved files in no longer': [
      'FROM node:24\nWORKDIR /app\nCOPY package.json .\nCOPY packages packages\nCMD node packages/words/src/index.js',
      words,
      [],
      ['packages', 'packages/words/src/index.js'],
    ],
    'a pattern, and a line with one target': [
      'FROM node:24\nWORKDIR /app\nCOPY packages/*/package.json m/\nCOPY src/main.js src/util/text.js src/util/worker.js src/\n',
      'src/util/text.js=lib/text.js',
      ['COPY src/main.js lib/text.js src/util/worker.js src/'],
    ],
    'what no line explains': [
      'FROM node:24\nWORKDIR /app\nRUN mkdir -p packages/words/src\nADD https://example.org/x.tar /x\nCOPY --from=other/image /packages/words /w\nCMD ["node", "packages/words/src/index.js"]',
      words,
      [],
      ['packages/words/src', 'packages/words/src/index.js'],
    ],
    'a mount of the context': [
      'FROM node:24\nWORKDIR /app\nRUN --mount=type=bind,source=packages/words,target=/w \\\n  # a comment\n  node /w/src/index.js \\\n  && echo ok\n',
      words,
      ['RUN --mount=type=bind,source=libs/words,target=/w \\'],
    ],
  };
  for (const [name, [lines, wish, changed, open = []]] of Object.entries(cases)) {
    it(name, async () => expect(await moved(lines, wish)).toEqual({ changed, open }));
  }
});

it('in a compose file, paths of the tree follow, and those of the image are left open', async () => {
  const lines =
    'services:\n  app:\n    build: ./src/util\n    command: node src/util/worker.js\n    entrypoint:\n    - node\n    - src/util/text.js\n    volumes:\n      - ./src/util:/app/src/util\n    working_dir: src/util\n';
  expect(await moved(lines, 'src/util=src/lib/util', 'docker-compose.yml')).toEqual({
    changed: ['    build: ./src/lib/util', '      - ./src/lib/util:/app/src/util'],
    open: ['src/util/worker.js', 'src/util/text.js', 'src/util'],
  });
});

it('an image that may be built from two folders is left where it matters', async () => {
  const lines = 'FROM node:24\nWORKDIR /app\nCOPY . .\nCMD ["node","src/index.js"]\n';
  const words = 'packages/words=libs/words';
  expect(await moved(lines, words, 'packages/words/Dockerfile')).toEqual({ changed: [], open: [] });
  expect(await moved(`${lines}WORKDIR packages/words\n`, words, 'packages/words/Dockerfile')).toEqual({
    changed: [],
    open: ['packages/words'],
  });
});
