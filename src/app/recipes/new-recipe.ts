import { readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '#core/error';
import { makeFolder } from '#run/make-folder';

/** What a package is made of. */
export type RecipeContent = {
  readonly language: string;
  /** Extensions of its files, as a pattern has them: `{ts,js}` or `py`. */
  readonly extensions: string;
  /** What its step does, in a few words. */
  readonly title: string;
  /** Lines of codemod.yaml that say for which versions it is; empty where it is for none. */
  readonly applies: string;
  readonly transform: string;
  /** Cases, by their paths below `tests/`. */
  readonly tests: Readonly<Record<string, string>>;
};

/**
 * Writes a new package in the public codemod format into `folder`: what is given, else a transform, a case that passes and one
 * in which nothing may change. Answers the paths that were written. Throws `bad-input` for an id that no package may have,
 * and where the folder holds something already.
 */
export async function newRecipe(
  id: string,
  folder: string,
  content: RecipeContent = example,
): Promise<readonly string[]> {
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
  const files = Object.entries(filesFor(id, content));
  for (const [path, text] of files) {
    await makeFolder(dirname(join(folder, path)));
    await writeFile(join(folder, path), text, { flag: 'wx' });
  }
  return files.map(([path]) => join(folder, path));
}

function filesFor(id: string, content: RecipeContent): Readonly<Record<string, string>> {
  const tests = Object.entries(content.tests).map(([path, text]) => [`tests/${path}`, text]);
  return {
    'codemod.yaml': manifest(id, content),
    'workflow.yaml': workflow(content),
    'package.json': `${JSON.stringify(packageJson(id, content), undefined, 2)}\n`,
    'scripts/codemod.ts': content.transform,
    ...Object.fromEntries(tests),
  };
}

function manifest(id: string, { language, applies }: RecipeContent): string {
  return `schema_version: "1.0"
name: "${id}"
version: "0.1.0"
description: "What it changes, in a sentence"
author: ""
license: "MIT"
workflow: "workflow.yaml"
category: "migration"
targets:
  languages: ["${language}"]
registry:
  access: "public"
  visibility: "public"
capabilities: []
godwit:
${applies}  risk: "medium"
`;
}

function workflow({ title, language, extensions }: RecipeContent): string {
  return `version: "1"
nodes:
  - id: transform
    name: ${title}
    type: automatic
    steps:
      - name: ${title}
        js-ast-grep:
          js_file: scripts/codemod.ts
          language: ${language}
          include:
            - "**/*.${extensions}"
`;
}

function packageJson(id: string, { language }: RecipeContent) {
  return {
    name: id,
    version: '0.1.0',
    private: true,
    type: 'module',
    scripts: { test: `npx codemod jssg test -l ${language} ./scripts/codemod.ts ./tests` },
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

const example: RecipeContent = {
  language: 'typescript',
  extensions: '{ts,mts,cts,js,mjs,cjs}',
  title: 'Rename oldName to newName',
  applies: `  applies:
    - package: "some-package"
      from: "^1.0.0"
      to: "^2.0.0"
`,
  transform,
  tests: {
    'renames-a-call/input.ts': "import { oldName } from 'some-package';\n\noldName(1, [oldName(2)]);\n",
    'renames-a-call/expected.ts': "import { newName } from 'some-package';\n\nnewName(1, [newName(2)]);\n",
    'leaves-others-alone/input.ts': "import { oldName } from 'another-package';\n\noldName(1);\n",
    'leaves-others-alone/expected.ts': "import { oldName } from 'another-package';\n\noldName(1);\n",
  },
};

/** The transform of a package that was just begun: what one looks like. */
export const exampleTransform = transform;
