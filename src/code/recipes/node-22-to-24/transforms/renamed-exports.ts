import type { FileTransform } from '../../../recipe.ts';
import { moduleTransform } from '../editing/module-work.ts';
import { renameUses } from '../editing/rename-uses.ts';

type Renamed = {
  readonly id: string;
  readonly why: string;
  readonly module: string;
  readonly names: Readonly<Record<string, string>>;
};

const all: readonly Renamed[] = [
  {
    id: 'os-tmpdir',
    why: '`os.tmpDir()` is gone since Node 14 (DEP0022); it is `os.tmpdir()`.',
    module: 'os',
    names: { tmpDir: 'tmpdir', getNetworkInterfaces: 'networkInterfaces' },
  },
  {
    id: 'create-require',
    why: '`module.createRequireFromPath()` is gone since Node 16 (DEP0130); `module.createRequire()` takes paths too.',
    module: 'module',
    names: { createRequireFromPath: 'createRequire' },
  },
];

/** Exports that go by another name. */
export const renamedExports: readonly FileTransform[] = all.map(({ id, why, module, names }) =>
  moduleTransform({ id, why, module, mentions: Object.keys(names) }, (work) => {
    for (const [from, to] of Object.entries(names)) {
      renameUses(
        work,
        work.uses.filter(({ member }) => member === from),
        to,
      );
    }
  }),
);
