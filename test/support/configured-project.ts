import fc from 'fast-check';
import type { Files } from './move-files.ts';

/** A project whose configuration names a folder in many places, and where that folder goes. */
export type ConfiguredProject = {
  readonly from: string;
  readonly to: string;
  /** The project, with a folder in the place of the one that goes. */
  readonly files: (folder: string) => Files;
};

type Place = (folder: string) => unknown;
type Places = Readonly<Record<string, Place>>;

const compilerOptions: Places = {
  rootDir: (folder) => folder,
  rootDirs: (folder) => [`${folder}/`, 'gen'],
  sourceRoot: (folder) => folder,
  typeRoots: (folder) => [folder, './gen'],
  outDir: () => 'dist',
};
const manifest: Places = {
  files: (folder) => ['dist', folder, `!${folder}/**/*.test.ts`],
  directories: (folder) => ({ lib: folder }),
  nodemonConfig: (folder) => ({ watch: [folder], ignore: [`${folder}/one/*`] }),
  jest: (folder) => ({ roots: [`<rootDir>/${folder}`], collectCoverageFrom: [`${folder}/**/*.ts`, '!gen/**'] }),
  'lint-staged': (folder) => ({ [`${folder}/**/*.ts`]: `eslint --fix ${folder}/` }),
};
const commands: readonly ((folder: string) => string)[] = [
  (folder) => `eslint ${folder} gen`,
  (folder) => `c8 --src=${folder} mocha "${folder}/**/*.test.ts"`,
  (folder) => `nodemon --watch ${folder} --exec "tsx ${folder}/a.ts"`,
  (folder) => `cd ${folder} && ls one && cat a.ts`,
  (folder) => `(cd ${folder}; ls) && rm -rf dist; cp -r ${folder}/ dist`,
  () => 'npm run gen && git checkout gen',
];
const pipeline: readonly ((folder: string) => string)[] = [
  (folder) => `      - run: ls ${folder}`,
  (folder) => `      - working-directory: ${folder}\n        run: cat one/b.ts`,
  (folder) => `      - run: |\n          npx prettier --check ${folder}/ # ours\n          cat ${folder}/a.ts`,
  () => '      - run: ls gen\n        name: gen',
];

const shape = fc.record({
  names: fc.constantFrom<readonly [string, string]>(
    ['src', 'lib'],
    ['source', 'packages/main/code'],
    ['app/code', 'app/main'],
    ['a-b', 'c'],
  ),
  options: fc.subarray(Object.keys(compilerOptions)),
  fields: fc.subarray(Object.keys(manifest)),
  commands: fc.subarray([...commands.keys()]),
  steps: fc.subarray([...pipeline.keys()]),
  indent: fc.constantFrom(undefined, 2, '\t'),
});

/** Projects in which every place is meant, and is written with the one folder or the other. */
export const configuredProject: fc.Arbitrary<ConfiguredProject> = shape.map(
  ({ names: [from, to], options, fields, commands: chosen, steps, indent }) => {
    const json = (value: unknown): string => `${JSON.stringify(value, undefined, indent)}\n`;
    const of = (places: Places, keys: readonly string[], folder: string) =>
      Object.fromEntries(keys.map((key) => [key, places[key]?.(folder)]));
    const files = (folder: string): Files => ({
      'package.json': json({
        name: 'made',
        ...of(manifest, fields, folder),
        scripts: Object.fromEntries(chosen.map((at) => [`run${at}`, commands[at]?.(folder)])),
      }),
      'tsconfig.json': json({
        compilerOptions: of(compilerOptions, options, folder),
        include: [folder, `${folder}/**/*.json`],
      }),
      '.github/workflows/ci.yml': [
        `on:\n  push:\n    branches: [gen]\n    paths: ["${folder}/**", '!${folder}/one/**', ${folder}]`,
        'jobs:\n  gen:\n    steps:',
        ...steps.map((at) => pipeline[at]?.(folder)),
        '',
      ].join('\n'),
      '.github/CODEOWNERS': `* @all\n/${folder}/ @some @src/them\n/${folder}/one/** @others\n`,
      [`${folder}/a.ts`]: "import './one/b.ts';\nexport const a = 1;\n",
      [`${folder}/one/b.ts`]: 'export const b = 1;\n',
      'gen/c.ts': 'export const c = 1;\n',
    });
    return { from, to, files };
  },
);
