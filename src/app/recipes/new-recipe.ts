import { readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '#core/error';
import { makeFolder } from '#run/make-folder';

/**
 * Writes a new package in the public codemod format into `folder`, with a transform, a case that passes and one in which
 * nothing may change. Answers the paths that were written. Throws `bad-input` for an id that no package may have, and where
 * the folder holds something already.
 */
export async function newRecipe(id: string, folder: string): Promise<readonly string[]> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    throw fail('bad-input', {
      what: `A recipe cannot be called ${id}.`,
      why: 'Ids are lower-case words with hyphens.',
      next: 'Call it by what it leads from and to, e.g. `godwit recipe new moment-to-date-fns`.',
    });
  }
  const names = await readdir(folder).catch(() => []);
  if (names.length > 0) {
    throw fail('bad-input', {
      what: 'Nothing was written.',
      why: `${folder} is not empty.`,
      next: 'Choose another id, or move that folder away first.',
    });
  }
  const files = Object.entries(filesFor(id));
  for (const [path, text] of files) {
    await makeFolder(dirname(join(folder, path)));
    await writeFile(join(folder, path), text, { flag: 'wx' });
  }
  return files.map(([path]) => join(folder, path));
}

function filesFor(id: string): Readonly<Record<string, string>> {
  return {
    'codemod.yaml': manifest(id),
    'workflow.yaml': workflow,
    'package.json': `${JSON.stringify(packageJson(id), undefined, 2)}\n`,
    'scripts/codemod.ts': transform,
    'tests/renames-a-call/input.ts': "import { oldName } from 'some-package';\n\noldName(1, [oldName(2)]);\n",
    'tests/renames-a-call/expected.ts': "import { newName } from 'some-package';\n\nnewName(1, [newName(2)]);\n",
    'tests/leaves-others-alone/input.ts': "import { oldName } from 'another-package';\n\noldName(1);\n",
    'tests/leaves-others-alone/expected.ts': "import { oldName } from 'another-package';\n\noldName(1);\n",
  };
}

function manifest(id: string): string {
  return `schema_version: "1.0"
name: "${id}"
version: "0.1.0"
description: "What it changes, in a sentence"
author: ""
license: "MIT"
workflow: "workflow.yaml"
category: "migration"
targets:
  languages: ["typescript"]
registry:
  access: "public"
  visibility: "public"
capabilities: []
godwit:
  applies:
    - package: "some-package"
      from: "^1.0.0"
      to: "^2.0.0"
  risk: "medium"
`;
}

const workflow = `version: "1"
nodes:
  - id: transform
    name: Rename oldName to newName
    type: automatic
    steps:
      - name: Rename oldName to newName
        js-ast-grep:
          js_file: scripts/codemod.ts
          language: typescript
          include:
            - "**/*.{ts,mts,cts,js,mjs,cjs}"
`;

function packageJson(id: string) {
  return {
    name: id,
    version: '0.1.0',
    private: true,
    type: 'module',
    scripts: { test: 'npx codemod jssg test -l typescript ./scripts/codemod.ts ./tests' },
  };
}

const transform = `import type { Edit, SgRoot } from 'codemod:ast-grep';

/** Only what comes from the package is renamed: a name means what its import says. */
export default function transform(root: SgRoot): string | null {
  const program = root.root();
  const imported = program.find({
    rule: {
      kind: 'import_specifier',
      has: { field: 'name', regex: '^oldName$' },
      inside: { kind: 'import_statement', stopBy: 'end', has: { field: 'source', regex: '^.some-package.$' } },
    },
  });
  const name = imported?.field('name');
  if (imported == null || name == null) return null;
  const edits: Edit[] = [name.replace('newName')];
  const local = imported.field('alias') === null ? name : null;
  for (const { nodes } of local?.references() ?? []) edits.push(...nodes.map((node) => node.replace('newName')));
  return program.commitEdits(edits);
}
`;
