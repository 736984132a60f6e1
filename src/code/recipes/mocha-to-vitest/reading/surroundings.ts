import { nodesBelow } from '../../../engine/compiler-tree.ts';
import type { TreeUnresolved, TreeView } from '../../../recipe.ts';
import { within } from '../../../text/search-text.ts';
import ts from '../../../typescript.cts';
import { requiredModule } from '../../../vitest/source-names.ts';
import { suiteAround } from './mocha-file.ts';
import { listOf } from './mocha-option.ts';
import type { MochaPackage } from './mocha-package.ts';
import { readersOfNodeEnv } from './node-env.ts';
import type { TestLayout } from './test-layout.ts';
import { hasRootHooks, type Sources, sourcesOf } from './test-sources.ts';

/** What a package has beside its options that matters for the change. */
export type Surrounding = {
  /** Some tests are CommonJS, which cannot import names of Vitest. */
  readonly needsGlobals: boolean;
  /** Sources still use Mocha itself. */
  readonly isStillUsed: boolean;
  readonly unresolved: readonly TreeUnresolved[];
};

/** Looks at sources, and at files that call Mocha by themselves. */
export async function surroundingsOf(one: MochaPackage, tree: TreeView, layout: TestLayout): Promise<Surrounding> {
  const sources = await sourcesOf(one, tree);
  const all = [...sources];
  const unresolved: TreeUnresolved[] = [];
  const add = (path: string, message: string, cure: string): void => {
    unresolved.push({ path: within(one.folder, path), offset: 0, length: 0, message, cure });
  };
  if (layout.tests.length > 1)
    for (const path of layout.withRootHooks.filter((own) => layout.tests.includes(own)))
      add(
        path,
        'Mocha calls the hooks outside of its suites around the tests of every file; Vitest around those of this one.',
        'Where others need them, move them into a file of `setupFiles`.',
      );
  const first = loadedFirst(one, sources);
  for (const path of layout.setups.filter((own) => !first.includes(own)))
    add(
      path,
      'Mocha loads this file, which has no tests, among the tests; Vitest loads it before each file of tests.',
      'See whether it bears to be loaded several times.',
    );
  for (const path of first) onceOnly(path, sources, add);
  const isModules = all.filter(([, { mocha }]) => mocha?.isModule === true).length;
  if (
    isModules > 0 &&
    Object.entries(one.manifest.scripts).some(
      ([name, script]) => (one.calls[name]?.length ?? 0) > 0 && /\b(nyc|c8)\b/.test(script),
    )
  )
    add(
      'package.json',
      'What nyc or c8 counts of sources that Vite transforms is another number than before.',
      'Take the coverage of Vitest: `vitest run --coverage`, with @vitest/coverage-v8.',
    );
  unresolved.push(...readersOfNodeEnv(one, sources));
  for (const path of one.files) await calledElsewhere(path, tree, unresolved);
  if ('eslint-plugin-mocha' in one.dependencies)
    add('package.json', 'Rules of eslint-plugin-mocha look at Mocha alone.', 'Take @vitest/eslint-plugin.');
  return {
    needsGlobals: all.some(([, { mocha }]) => mocha !== undefined && !mocha.isModule),
    isStillUsed: all.some(([, { root }]) => usesMocha(root)),
    unresolved,
  };
}

function loadedFirst(one: MochaPackage, sources: Sources): readonly string[] {
  const options = [...one.options, ...Object.values(one.calls).flatMap((own) => own.flatMap((call) => call.options))];
  const named = options
    .filter(({ key }) => key === 'require' || key === 'file')
    .flatMap(({ value }) => listOf(value) ?? []);
  const ends = ['', '.js', '.cjs', '.mjs', '.ts', '/index.js', '/index.ts'];
  return [...new Set(named.flatMap((name) => ends.map((end) => name.replace(/^\.\//, '') + end)))].filter((path) =>
    sources.has(path),
  );
}

type Add = (path: string, message: string, cure: string) => void;

/** Hooks that Mocha calls once for all files. */
function onceOnly(path: string, sources: Sources, add: Add): void {
  const source = sources.get(path);
  const [name] = /\bmocha(Hooks|GlobalSetup|GlobalTeardown)\b/.exec(source?.root.text ?? '') ?? [];
  if (name !== undefined)
    add(
      path,
      `Vitest does not look for \`${name}\`.`,
      name === 'mochaHooks'
        ? 'Call `beforeEach` and `afterEach` in this file, which is one of `setupFiles`.'
        : 'Export `setup` and `teardown` from a file that `test.globalSetup` names; it runs in a process of its own.',
    );
  const file = source?.mocha;
  if (file === undefined || !hasRootHooks(path, sources)) return;
  const isOnce = file.declarations.some(
    ({ role, name: hook, call }) => role === 'hook' && hook.endsWith('All') && suiteAround(call, file) === undefined,
  );
  if (isOnce)
    add(
      path,
      'Mocha calls `before` and `after` of this file once for all files; Vitest once for each.',
      'Where that is too often, take `test.globalSetup`.',
    );
}

function usesMocha(root: ts.SourceFile): boolean {
  return [...nodesBelow(root)].some((node) => {
    const isImport = ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier);
    const name =
      isImport && ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : requiredModule(node);
    return name !== undefined && /^mocha(\/|$)/.test(name);
  });
}

const callers =
  /(^|\/)(Makefile|Dockerfile|[Gg]ulpfile\.\w+|Gruntfile\.\w+|Jakefile|\.travis\.yml|appveyor\.yml|\.gitlab-ci\.yml)$|(^|\/)\.github\/workflows\/[^/]+\.ya?ml$|(^|\/)\.circleci\/config\.yml$|(^|\/)test\/mocha\.opts$/;

/** Files that are not read for their meaning, and call Mocha or configure it. */
async function calledElsewhere(path: string, tree: TreeView, unresolved: TreeUnresolved[]): Promise<void> {
  if (!callers.test(path)) return;
  const found = path.endsWith('mocha.opts')
    ? { index: 0, 0: '' }
    : /\b_?mocha\b/.exec((await tree.read(path))?.text ?? '');
  if (found === null) return;
  unresolved.push({
    path,
    offset: found.index,
    length: found[0].length,
    message: path.endsWith('mocha.opts')
      ? 'Mocha has not read this file since version 8, and it is not taken over.'
      : 'Mocha is named here, and may be called.',
    cure: path.endsWith('mocha.opts')
      ? 'Write what is needed of it into the new configuration, and remove it.'
      : 'Call `vitest run` where tests are run.',
  });
}
