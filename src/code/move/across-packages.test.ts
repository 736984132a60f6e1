import { expect, it } from 'vitest';
import { type Files, studyFiles } from '../../../test/support/move-files.ts';
import { moveFindings } from './move-findings.ts';

const files = {
  'package.json': '{"private":true,"workspaces":["packages/*"]}',
  'packages/ui/package.json': '{"name":"@odd/ui"}',
  'packages/ui/card.ts': 'export const card = 1;\n',
  'packages/ui/index.ts': "// All.\nexport { card } from './card';\n",
  'packages/app/package.json': '{"name":"@odd/app","private":true,"dependencies":{"@odd/ui":"*"}}',
};
const found = async (own: Files) =>
  moveFindings(await studyFiles(own, ['packages/ui/card.ts=packages/app/card.ts'])).map(
    ({ rule, file, line, message }) => `${rule} ${file}:${line} ${message}`,
  );

it('a package that needs another one after a move is told what speaks against it', async () => {
  expect(await found(files)).toEqual([
    'move/dependency-missing packages/ui/index.ts:2 packages/ui/index.ts needs @odd/app after the move, which packages/ui/package.json does not declare, and which itself depends on @odd/ui, and which is private, so that whoever installs @odd/ui cannot get it.',
  ]);
});

it('one that may know it is told nothing', async () => {
  const free = {
    ...files,
    'packages/ui/package.json': '{"name":"@odd/ui","dependencies":{"@odd/app":"*"}}',
    'packages/app/package.json': '{"name":"@odd/app"}',
  };
  expect(await found(free)).toEqual([]);
});
