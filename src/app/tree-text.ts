import type { Dependency, NodeVersion, Place, Tool, TreeSnapshot } from '#code/snapshot';

/** A working tree for people: compact, one thing a line, everything with its place. */
export function treeText(tree: TreeSnapshot): string {
  const sections = [
    [headline(tree), ...workspaceLines(tree)],
    section(
      `Node ${tree.nodeInUse} is in use; ${counted(tree.nodeVersions.length, 'place names', 'places name')} a version`,
      nodeLines(tree.nodeVersions),
    ),
    section('Tools', toolLines(tree.tools)),
    section('TypeScript', typescriptLines(tree)),
    dependencySection(tree),
    section(
      'Findings',
      tree.findings.map(
        ({ rule, severity, message }) => `  ${severity} ${rule}: ${message.replaceAll('\n', '\n    ')}`,
      ),
    ),
    section(counted(tree.deprecatedUses.length, 'use of deprecated API', 'uses of deprecated API'), useLines(tree)),
    testLines(tree),
    section(
      'Not known',
      tree.unknown.map(({ what, why }) => `  ${what}: ${why}`),
    ),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headline({ packages, packageManager }: TreeSnapshot): string {
  const root = packages.find(({ kind }) => kind === 'root');
  const called = [root?.name ?? 'a project without a name', root?.version]
    .filter((part) => part !== undefined)
    .join(' ');
  if (packageManager === undefined) return `${called}: no package manager is named`;
  const { name, version, lockFile, lockFormat } = packageManager;
  const lock =
    lockFile === undefined ? 'no lock file' : [lockFile, lockFormat].filter((part) => part !== undefined).join(', ');
  return `${called}: ${[name, version].filter((part) => part !== undefined).join(' ')} (${lock})`;
}

const listedMax = 30;

function workspaceLines({ packages }: TreeSnapshot): readonly string[] {
  const members = packages.filter(({ kind }) => kind === 'workspace');
  const nested = packages.filter(({ kind }) => kind === 'nested').length;
  return [
    ...(members.length === 0
      ? []
      : [
          `  ${counted(members.length, 'workspace package', 'workspace packages')}: ${shortened(members.map(({ name, path }) => name ?? path))}`,
        ]),
    ...(nested === 0
      ? []
      : [`  ${counted(nested, 'package.json', 'package.json files')} outside of the workspace, not looked into`]),
  ];
}

function nodeLines(versions: readonly NodeVersion[]): readonly string[] {
  const rows = versions.slice(0, listedMax).map(({ kind, value, place }) => [kind, value, spelled(place)]);
  return [...aligned(rows), ...rest(versions.length)];
}

function toolLines(tools: readonly Tool[]): readonly string[] {
  const groups = new Map<string, Tool[]>();
  for (const tool of tools) {
    const key = `${tool.role} ${tool.package} ${tool.installed ?? tool.locked ?? tool.declared}`;
    groups.set(key, [...(groups.get(key) ?? []), tool]);
  }
  const rows = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const homes = group.map((tool) => tool.in);
    return [
      [
        first.role,
        first.name,
        first.installed ?? first.locked ?? 'not installed',
        first.declared,
        homes.join() === '.' ? '' : shortened(homes, 4),
      ],
    ];
  });
  return aligned(rows);
}

const tellingOptions = [
  'target',
  'module',
  'moduleResolution',
  'jsx',
  'strict',
  'checkJs',
  'allowJs',
  'baseUrl',
  'paths',
  'types',
  'lib',
];

function typescriptLines({ typescript }: TreeSnapshot): readonly string[] {
  const lines = typescript.slice(0, listedMax).map((settings) => {
    const options = tellingOptions.flatMap((name) => {
      const value = settings.options[name];
      return value === undefined
        ? []
        : [`${name} ${name === 'paths' ? 'set' : Array.isArray(value) ? value.join(',') : String(value)}`];
    });
    const base = settings.extends.length === 0 ? '' : ` (extends ${settings.extends.join(', ')})`;
    return `  ${settings.file}${base}: ${options.length === 0 ? 'defaults' : options.join(', ')}`;
  });
  return [...lines, ...rest(typescript.length)];
}

function dependencySection({ packages }: TreeSnapshot): readonly string[] {
  const all = packages.flatMap(({ path, dependencies }) => dependencies.map((dependency) => ({ path, dependency })));
  const direct = all.filter(({ dependency }) => dependency.group !== 'peerDependencies');
  if (direct.length === 0) return [];
  const behind = uniqueRows(direct.filter(({ dependency }) => (dependency.registry?.majorsBehind ?? 0) > 0));
  const asked = direct.filter(({ dependency }) => dependency.registry !== undefined).length;
  const title =
    asked === 0
      ? `${counted(direct.length, 'direct dependency', 'direct dependencies')}; what is newer is not known`
      : `${counted(direct.length, 'direct dependency', 'direct dependencies')}; ${counted(behind.length, 'is', 'are')} behind by a major or more`;
  return [title, ...aligned(behind)];
}

function uniqueRows(
  list: readonly { readonly path: string; readonly dependency: Dependency }[],
): readonly (readonly string[])[] {
  const rows = list.map(({ path, dependency: { name, installed, locked, declared, registry } }) => ({
    path,
    row: [
      name,
      installed ?? locked ?? declared,
      `latest ${registry?.latest ?? '?'}`,
      `${counted(registry?.majorsBehind ?? 0, 'major', 'majors')} behind`,
    ],
    behind: registry?.majorsBehind ?? 0,
  }));
  const unique = new Map(rows.map((entry) => [entry.row.join(' '), entry]));
  return [...unique.values()]
    .sort((one, other) => other.behind - one.behind)
    .map(({ row, path }) => [...row, path === '.' ? '' : path]);
}

function testLines({ testRun }: TreeSnapshot): readonly string[] {
  if (testRun === undefined) return [];
  const { command, exitCode, warnings } = testRun;
  const ended = exitCode === undefined ? 'did not end' : `ended with ${exitCode}`;
  const lines = warnings.slice(0, listedMax).map(({ code, message, place, package: from, times }) => {
    const where = place === undefined ? 'place unknown' : `${place.file}:${place.line}:${place.column}`;
    const who = from === undefined ? '' : ` by ${from}`;
    const said = message.split('\n')[0] ?? '';
    return `  ${where}${who} ${code === undefined ? '' : `${code} `}${said}${times > 1 ? ` (${times} times)` : ''}`;
  });
  const title = `\`${command}\` ${ended}; ${counted(warnings.length, 'deprecation warning', 'deprecation warnings')} of Node`;
  return [title, ...lines, ...rest(warnings.length)];
}

/** By package and name, so that one upgrade's worth of work stands together. */
function useLines({ deprecatedUses }: TreeSnapshot): readonly string[] {
  const packages = [...new Set(deprecatedUses.map((use) => use.package))].sort();
  return packages.flatMap((from) => {
    const uses = deprecatedUses.filter((use) => use.package === from);
    const names = [...new Set(uses.map(({ name }) => name))];
    const lines = names.slice(0, listedMax).flatMap((name) => {
      const same = uses.filter((use) => use.name === name);
      const instead = same[0]?.replacement === undefined ? '' : `: ${same[0].replacement.slice(0, 160)}`;
      return [
        `    ${name}${instead}`,
        `      ${shortened(
          same.map(({ place }) => spelled(place)),
          6,
        )}`,
      ];
    });
    return [`  ${from}: ${uses.length}`, ...lines, ...rest(names.length)];
  });
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.min(40, Math.max(...rows.map((row) => row[column]?.length ?? 0))),
  );
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}

function rest(count: number): readonly string[] {
  return count > listedMax ? [`  … and ${count - listedMax} more (--json has all)`] : [];
}

function shortened(names: readonly string[], max = 12): string {
  return names.length <= max ? names.join(', ') : `${names.slice(0, max).join(', ')} and ${names.length - max} more`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function spelled({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}
