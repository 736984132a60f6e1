import { minVersion, validRange } from 'semver';
import { editJson, withoutMember } from '../text/edit-json.ts';
import type { RunnerPackage } from './runner-packages.ts';

/** Ranges of what tests need from now on; all of them run on Node 20.19. */
const ranges: Readonly<Record<string, string>> = {
  '@vitejs/plugin-react': '^5.0.0',
  '@vitejs/plugin-vue': '^6.0.0',
  'happy-dom': '^20.0.0',
  jsdom: '^26.1.0',
};
const groups = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

/** What is to become of a package.json. */
export type ManifestChange = {
  readonly scripts: Readonly<Record<string, string>>;
  /** Packages of the runner, and what only it needs. */
  readonly gone: RegExp;
  /** Names beside `vitest`. */
  readonly added: readonly string[];
  /** Ranges of these where another one than usual is needed. */
  readonly ranges?: Readonly<Record<string, string>>;
  readonly vitest: string;
  /** The field that configured the runner, where it goes. */
  readonly field: string | undefined;
  /** Packages that are still needed. */
  readonly kept: ReadonlySet<string>;
};

/** The text of a package.json afterwards, in the style of the file. Pure. */
export function changedManifest({ text, manifest, dependencies }: RunnerPackage, change: ManifestChange): string {
  let now = text;
  const set = (keys: readonly string[], from: string | undefined, to: string): void => {
    const edited = editJson(now, { keys, from, to });
    if (typeof edited === 'string') now = edited;
  };
  for (const [name, script] of Object.entries(change.scripts)) set(['scripts', name], manifest.scripts[name], script);
  const home = groups.find((group) => Object.keys(manifest[group]).some((name) => change.gone.test(name)));
  for (const name of ['vitest', ...change.added]) {
    const range =
      name === 'vitest' || name.startsWith('@vitest/') ? change.vitest : (change.ranges?.[name] ?? ranges[name]);
    if (range !== undefined && home !== undefined && !(name in dependencies)) set([home, name], undefined, range);
  }
  const matchers = '@testing-library/jest-dom';
  for (const group of groups) {
    const range = manifest[group][matchers];
    if (isBelow(range, 6)) set([group, matchers], range, '^6.4.0');
  }
  for (const group of groups)
    for (const name of Object.keys(manifest[group]))
      if (change.gone.test(name) && !change.kept.has(name)) now = withoutMember(now, [group, name]);
  return change.field === undefined ? now : withoutMember(now, [change.field]);
}

/** The matchers of the DOM have an entry for Vitest from 6 on. */
function isBelow(range: string | undefined, major: number): boolean {
  if (range === undefined || validRange(range) === null) return false;
  return (minVersion(range)?.major ?? major) < major;
}
