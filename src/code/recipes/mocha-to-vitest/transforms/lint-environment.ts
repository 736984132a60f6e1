import type { TextEdit, TreeEdit, TreeTransform, TreeUnresolved } from '../../../recipe.ts';
import { mochaPackages } from '../reading/mocha-package.ts';

/** Which globals ESLint knows in tests. */
export const lintEnvironment: TreeTransform = {
  kind: 'tree',
  id: 'lint-environment',
  why: 'ESLint has no environment of Vitest; that of Jest has the same globals, of which that of Mocha lacks `beforeAll` and `afterAll`.',
  async transform(tree) {
    const edits: TreeEdit[] = [];
    const unresolved: TreeUnresolved[] = [];
    for (const { files } of await mochaPackages(tree))
      for (const path of files) {
        const isConfig = /(^|\/)\.eslintrc(\.(json|ya?ml|c?js))?$/.test(path);
        const isFlat = /(^|\/)eslint\.config\.[cm]?[jt]s$/.test(path);
        if (!isConfig && !isFlat && !/\.[cm]?[jt]sx?$/.test(path)) continue;
        const text = (await tree.read(path))?.text ?? '';
        if (!text.includes('mocha')) continue;
        const own = isConfig ? inConfig(text) : inComments(text);
        if (own.length > 0) edits.push({ kind: 'edit', path, edits: own });
        for (const { index, 0: whole } of isFlat ? text.matchAll(/\bglobals\.mocha\b/g) : [])
          unresolved.push({
            path,
            offset: index,
            length: whole.length,
            message: '`globals.mocha` lacks the globals of Vitest.',
            cure: 'Take `globals.vitest`, which the package globals has since 15.9, or `globals.jest`.',
          });
      }
    return { edits, unresolved };
  },
};

function inConfig(text: string): readonly TextEdit[] {
  return [...text.matchAll(/\bmocha(?=["']?\s*:\s*true\b)/g)].map(({ index }) => asJest(index));
}

function inComments(text: string): readonly TextEdit[] {
  return [...text.matchAll(/\/\*\s*eslint-env\s[^*]*?\bmocha\b/g)].map(({ index, 0: whole }) =>
    asJest(index + whole.length - 'mocha'.length),
  );
}

function asJest(offset: number): TextEdit {
  return { offset, length: 'mocha'.length, text: 'jest' };
}
