import { expect, it } from 'vitest';
import type { PackageManagerName, TreePackage, TypescriptSettings } from '../snapshot.ts';
import type { CheckOverrides } from './check.ts';
import { detectChecks } from './detect-checks.ts';

type Given = {
  readonly scripts?: Readonly<Record<string, string>>;
  /** Packages with their versions. */
  readonly has?: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
  readonly typescript?: readonly TypescriptSettings[];
  readonly manager?: PackageManagerName;
  readonly overrides?: CheckOverrides;
  /** Packages of the workspace by folder. */
  readonly packages?: Readonly<
    Record<string, Omit<Given, 'packages' | 'manager' | 'overrides'> & { readonly needs?: string }>
  >;
};

function packageOf(path: string, given: Given & { readonly needs?: string }): TreePackage {
  const names = { ...given.has, ...(given.needs === undefined ? {} : { [given.needs]: '*' }) };
  return {
    path,
    name: path,
    kind: path === '.' ? 'root' : 'workspace',
    scripts: given.scripts ?? {},
    dependencies: Object.entries(names).map(([name, declared]) => ({
      name,
      group: 'devDependencies',
      declared,
      place: { file: 'package.json', line: 1, column: 1, offset: 0, length: 0 },
    })),
  };
}

/** Each check as `kind in: what is run (tool)`, and what was left out as `- what`. */
function check(given: Given): readonly string[] {
  const all = Object.entries({ '.': given, ...given.packages });
  const tools = all.flatMap(([path, { has = {} }]) =>
    Object.entries(has).map(([name, installed]) => ({
      name,
      role: 'language' as const,
      package: name,
      in: path,
      declared: installed,
      installed,
    })),
  );
  const { checks, unknown } = detectChecks(
    {
      packages: all.map(([path, entry]) => packageOf(path, entry)),
      tools,
      typescript: given.typescript ?? [],
      ...(given.manager === undefined ? {} : { packageManager: { name: given.manager, evidence: [] } }),
    },
    { files: given.files ?? [], overrides: given.overrides },
  );
  return [
    ...checks.map(({ kind, in: folder, commands }) => {
      const shown = commands.map(
        (command) => `${command.shown}${command.tool === undefined ? '' : ` (${command.tool.id})`}`,
      );
      return `${kind}${folder === '.' ? '' : ` in ${folder}`}: ${shown.join('; ')}`;
    }),
    ...unknown.map(({ what }) => `- ${what}`),
  ];
}

function config(file: string, rest: Partial<TypescriptSettings> = {}): TypescriptSettings {
  return { file, extends: [], options: {}, references: [], ...rest };
}

it('takes the scripts of a project, each by the tool that it calls', () => {
  expect(
    check({
      scripts: { typecheck: 'tsc --noEmit', build: 'vite build', lint: 'eslint .', test: 'vitest' },
      manager: 'pnpm',
    }),
  ).toEqual([
    'build: pnpm run build',
    'types: pnpm run typecheck (tsc)',
    'lint: pnpm run lint (eslint)',
    'test: pnpm run test (vitest)',
  ]);
});

it('a placeholder is no test, and a project without anything has no checks', () => {
  expect(check({ scripts: { test: 'echo "Error: no test specified" && exit 1', start: 'node .' } })).toEqual([]);
});

it('watching and mending are taken out', () => {
  expect(
    check({
      scripts: {
        typecheck: 'tsc --noEmit --watch',
        lint: "eslint --fix 'src/**/*.ts' --cache && prettier --write .",
        test: 'cross-env NODE_ENV=test jest --watch --coverage',
      },
    }),
  ).toEqual([
    'types: tsc --noEmit (tsc)',
    "lint: eslint 'src/**/*.ts' (eslint); prettier . (prettier)",
    'test: cross-env NODE_ENV=test jest --coverage (jest)',
  ]);
  expect(check({ scripts: { lint: 'stylelint --fix .', test: 'ng test' } })).toEqual([
    'test: ng test --watch=false',
    '- `stylelint --fix .` in script lint',
  ]);
});

it('follows scripts in scripts, and gives each check its own', () => {
  expect(check({ scripts: { test: 'xo && c8 ava && tsd' } })).toEqual(['lint: xo (xo)', 'test: c8 ava (ava); tsd']);
  expect(
    check({ scripts: { check: 'tsc --noEmit && biome check .', test: 'npm run --silent check && vitest run' } }),
  ).toEqual(['types: tsc --noEmit (tsc)', 'lint: biome check . (biome)', 'test: vitest run (vitest)']);
  expect(
    check({
      scripts: {
        test: 'run-s test:*',
        'test:unit': 'mocha',
        'test:types': 'tsc -p test',
        'test:e2e': 'playwright test',
      },
    }),
  ).toEqual([
    'types: npm run test:types (tsc)',
    'test: npm run test:unit (mocha); npm run test:types',
    '- `playwright test` in script test',
  ]);
});

it('what only prepares stays before what it prepares', () => {
  expect(check({ scripts: { check: 'svelte-kit sync && svelte-check --tsconfig ./tsconfig.json' } })).toEqual([
    'types: svelte-kit sync; svelte-check --tsconfig ./tsconfig.json (svelte-check)',
  ]);
  expect(check({ scripts: { test: 'npm run build && node --test dist', build: 'tsc' } })).toEqual([
    'build: npm run build (tsc)',
    'test: npm run build; node --test dist (node-test)',
  ]);
  expect(check({ scripts: { pretest: 'node seed.js', test: 'tsc && mocha' } })).toEqual([
    'test: npm run pretest; tsc; mocha (mocha)',
  ]);
});

it('NODE_OPTIONS of a script come behind those by which the gate sees its tests', () => {
  expect(check({ scripts: { test: "NODE_OPTIONS='--import tsx' node --test" } })).toEqual([
    'test: NODE_OPTIONS="$NODE_OPTIONS "\'--import tsx\' node --test (node-test)',
  ]);
  expect(check({ scripts: { test: 'cross-env NODE_OPTIONS=--experimental-vm-modules jest' } })).toEqual([
    'test: cross-env NODE_OPTIONS="$NODE_OPTIONS "--experimental-vm-modules jest (jest)',
  ]);
});

it('a line that only a shell may read is run as it is', () => {
  expect(check({ scripts: { test: 'cd app && mocha', lint: 'eslint . || true' } })).toEqual([
    'lint: npm run lint',
    'test: npm run test',
  ]);
  expect(check({ scripts: { test: 'node --test | tap-spec' } })).toEqual(['test: npm run test (node-test)']);
});

it('without scripts the tools say what there is', () => {
  expect(
    check({
      has: { typescript: '5.4.0', eslint: '8.57.0', vitest: '1.0.0' },
      files: ['.eslintrc.json', 'tsconfig.json'],
      typescript: [config('tsconfig.json', { options: { incremental: true } })],
    }),
  ).toEqual([
    'types: npx tsc --noEmit --incremental false --composite false (tsc)',
    'lint: npx eslint . --ext .js,.jsx,.cjs,.mjs,.ts,.tsx,.cts,.mts (eslint)',
    'test: npx vitest run (vitest)',
  ]);
  expect(
    check({
      has: { typescript: '5.4.0' },
      typescript: [config('tsconfig.json', { options: { composite: true, emitDeclarationOnly: true } })],
    }),
  ).toEqual([
    'types: npx tsc --noEmit --incremental false --composite false --declaration true --emitDeclarationOnly false (tsc)',
  ]);
  expect(check({ has: { typescript: '5.4.0', 'vue-tsc': '2.0.0' }, typescript: [config('tsconfig.json')] })).toEqual([
    'types: npx vue-tsc --noEmit (tsc)',
  ]);
});

it('a tsconfig that only refers to others is not taken for a check', () => {
  const parts = [config('tsconfig.app.json'), config('tsconfig.node.json')];
  const solution = config('tsconfig.json', { references: ['./tsconfig.app.json', './tsconfig.node.json'] });
  expect(check({ has: { typescript: '5.4.0' }, typescript: [solution, ...parts] })).toEqual([
    'types: npx tsc -p tsconfig.app.json --noEmit (tsc); npx tsc -p tsconfig.node.json --noEmit (tsc)',
  ]);
  expect(
    check({
      scripts: { build: 'tsc -b && vite build' },
      has: { typescript: '5.4.0' },
      typescript: [solution, ...parts],
    }),
  ).toEqual(['build: tsc -b (tsc); vite build']);
});

it('in a workspace each package has its own, in the order of their dependencies', () => {
  const packages = {
    'packages/a': { scripts: { build: 'tsc', test: 'jest' }, needs: 'packages/b' },
    'packages/b': { scripts: { build: 'tsc', test: 'mocha' } },
  };
  expect(check({ scripts: { test: 'pnpm exec turbo run test', lint: 'eslint .' }, packages, manager: 'pnpm' })).toEqual(
    [
      'build in packages/b: pnpm run build (tsc)',
      'build in packages/a: pnpm run build (tsc)',
      'lint: pnpm run lint (eslint)',
      'test in packages/b: pnpm run test (mocha)',
      'test in packages/a: pnpm run test (jest)',
    ],
  );
  expect(check({ scripts: { build: 'pnpm -r build', test: 'pnpm -r test' }, packages: { 'packages/c': {} } })).toEqual([
    'build: npm run build',
    'test: npm run test',
  ]);
});

it('the configuration says otherwise', () => {
  const scripts = { build: 'vite build', lint: 'eslint .', test: 'vitest' };
  expect(check({ scripts, overrides: { lint: false, types: 'tsc -p app --noEmit', test: 'make test' } })).toEqual([
    'build: npm run build',
    'types: tsc -p app --noEmit (tsc)',
    'test: make test',
  ]);
});
