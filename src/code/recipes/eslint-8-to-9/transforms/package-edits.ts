import semver from 'semver';
import { editJson, withoutMember } from '../../../text/edit-json.ts';
import type { Manifest } from '../reading/manifests.ts';

/** Ranges of what a new configuration needs beside ESLint 9, and of what has to move with it. */
const ranges: Readonly<Record<string, string>> = {
  '@eslint/compat': '^1.4.0',
  '@eslint/eslintrc': '^3.3.1',
  '@eslint/js': '^9.39.0',
  '@typescript-eslint/eslint-plugin': '^8.46.0',
  '@typescript-eslint/parser': '^8.46.0',
  eslint: '^9.39.0',
  globals: '^16.5.0',
};
const formatterRange = '^9.0.1';
const groups = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/** What is to become of a package.json. */
export type PackageChange = {
  readonly scripts: Readonly<Record<string, string>>;
  readonly added: readonly string[];
  /** Whether its own configuration and list of ignored files go. */
  readonly isEmptied: boolean;
};

/** The text of a package.json afterwards, in the style of the file. Pure. */
export function changedManifest(text: string, manifest: Manifest, change: PackageChange): string {
  let now = text;
  const set = (keys: readonly string[], from: string | undefined, to: string): void => {
    const edited = editJson(now, { keys, from, to });
    if (typeof edited === 'string') now = edited;
  };
  for (const [name, script] of Object.entries(change.scripts)) set(['scripts', name], manifest.scripts[name], script);
  for (const group of groups)
    for (const name of ['eslint', '@typescript-eslint/eslint-plugin', '@typescript-eslint/parser']) {
      const range = manifest[group][name];
      const wanted = ranges[name];
      if (range !== undefined && wanted !== undefined && group !== 'peerDependencies' && isOlder(range, wanted))
        set([group, name], range, wanted);
    }
  const home = groups.find((group) => manifest[group].eslint !== undefined) ?? 'devDependencies';
  for (const name of change.added) {
    if (groups.some((group) => manifest[group][name] !== undefined)) continue;
    const range = ranges[name] ?? (name.startsWith('eslint-formatter-') ? formatterRange : undefined);
    if (range !== undefined) set([home, name], undefined, range);
  }
  return change.isEmptied ? withoutMember(withoutMember(now, ['eslintConfig']), ['eslintIgnore']) : now;
}

/** True for packages that a new configuration takes from, and which are not a dependency of anything by themselves. */
export function isAddable(name: string): boolean {
  return ranges[name] !== undefined && !/^eslint$|^@typescript/.test(name);
}

function isOlder(range: string, wanted: string): boolean {
  const lowest = semver.validRange(range) === null ? null : semver.minVersion(range);
  const least = semver.minVersion(wanted);
  return lowest !== null && least !== null && lowest.major < least.major && semver.validRange(range) !== '*';
}
