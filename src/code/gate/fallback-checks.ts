import type { TreePackage, TreeSnapshot } from '../snapshot.ts';
import type { Check, CheckCommand } from './check.ts';
import type { CheckKind } from './measurement.ts';

type World = {
  readonly tree: Pick<TreeSnapshot, 'packages' | 'tools' | 'typescript'>;
  readonly files: readonly string[];
};

/** The check of a package that has no script for it, from the tools that it or the root depends on. */
export function toolCheck(kind: CheckKind, member: TreePackage, world: World): readonly Check[] {
  const found = kind === 'types' ? typesOf(member, world) : kind === 'test' ? testsOf(member, world) : [];
  if (found.length === 0) return [];
  return [
    {
      kind,
      in: member.path,
      because: found.map(({ because }) => because).join(', '),
      commands: found.map(({ command }) => command),
    },
  ];
}

type Found = { readonly because: string; readonly command: CheckCommand };

function typesOf({ path }: TreePackage, { tree }: World): readonly Found[] {
  const config = path === '.' ? 'tsconfig.json' : `${path}/tsconfig.json`;
  const settings = tree.typescript.find(({ file }) => file === config);
  const isThere = tree.tools.some((tool) => tool.package === 'typescript' && (tool.in === path || tool.in === '.'));
  if (settings === undefined || !isThere) return [];
  return [call({ because: `typescript and ${config}`, tool: 'tsc', args: ['--noEmit'] })];
}

/** Runners in the order in which they are looked for, with the arguments of one run. */
const runners: readonly { readonly package: string; readonly program: string; readonly args: readonly string[] }[] = [
  { package: 'vitest', program: 'vitest', args: ['run'] },
  { package: 'jest', program: 'jest', args: [] },
];

function testsOf({ path }: TreePackage, { tree }: World): readonly Found[] {
  const runner = runners.find((entry) => tree.tools.some((tool) => tool.package === entry.package && tool.in === path));
  return runner === undefined ? [] : [call({ because: runner.package, tool: runner.program, args: runner.args })];
}

function call({
  because,
  tool,
  args,
}: {
  readonly because: string;
  readonly tool: string;
  readonly args: readonly string[];
}): Found {
  const line = [tool, ...args].join(' ');
  return { because, command: { run: { kind: 'line', line }, tool: { id: tool, args }, shown: `npx ${line}` } };
}
