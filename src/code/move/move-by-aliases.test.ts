import { describe, expect, it } from 'vitest';
import { filesAfter, studyFiles } from '../../../test/support/move-files.ts';
import { moveFindings } from './move-findings.ts';

const a = 'export const a = 1;\n';

describe('aliases that a bundler or a test runner alone has', () => {
  const configurations: Readonly<Record<string, readonly [path: string, text: string]>> = {
    'Vite, by resolve': [
      'vite.config.ts',
      "import path from 'node:path';\nexport default { resolve: { alias: { '@': path.resolve(__dirname, './src') } } };\n",
    ],
    'Vite, by URL in a list': [
      'vite.config.mts',
      "export default defineConfig({ resolve: { alias: [{ find: '@', replacement: fileURLToPath(new URL('./src', import.meta.url)) }] } });\n",
    ],
    'Vitest, with a slash': [
      'vitest.config.ts',
      `const root = import.meta.dirname;\nexport default { test: { alias: { '@/': \`\${root}/src/\` } } };\n`,
    ],
    webpack: [
      'webpack.config.js',
      "const { join } = require('path');\nconst alias = { '@': join(__dirname, 'src') };\nmodule.exports = { resolve: { alias } };\n",
    ],
    Jest: ['jest.config.cjs', "module.exports = { moduleNameMapper: { '^@/(.*)$': '<rootDir>/src/$1' } };\n"],
    'Jest in package.json': [
      'package.json',
      '{ "name": "x", "jest": { "moduleNameMapper": { "^@/(.*)$": "<rootDir>/src/$1" } } }',
    ],
  };
  for (const [name, [path, text]] of Object.entries(configurations)) {
    it(name, async () => {
      const files = { [path]: text, 'src/a.ts': a, 'src/deep/b.ts': "import { a } from '@/a';\n" };
      const study = await studyFiles(files, ['src/a.ts=src/lib/c.ts']);
      expect(filesAfter(files, study)['src/deep/b.ts']).toBe("import { a } from '@/lib/c';\n");
    });
  }

  it('one that is put together is not guessed', async () => {
    const files = {
      'vite.config.ts': "export default { resolve: { alias: { '@': here('src') } } };\n",
      'src/a.ts': a,
      'src/b.ts': "import { a } from '@/a';\n",
    };
    const study = await studyFiles(files, ['src/a.ts=src/c.ts']);
    expect(moveFindings(study).map(({ rule, file }) => `${rule} ${file}`)).toEqual(['move/unexplained src/b.ts']);
  });
});
