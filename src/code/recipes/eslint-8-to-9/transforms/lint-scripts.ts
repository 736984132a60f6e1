import { folderPath } from '../../../text/search-text.ts';
import { joined } from '../reading/config-tops.ts';
import { type LintFlags, lintScript } from '../reading/lint-command.ts';
import type { Manifest } from '../reading/manifests.ts';

/** The scripts of a package that call ESLint: as they are to be, and what they said all together. */
export type LintScripts = LintFlags & {
  readonly manifest: Manifest;
  readonly changed: Readonly<Record<string, string>>;
};

/** Reads the scripts of a package. `takenOver` are the configurations, from the root, that the new file says. */
export function lintScriptsOf(manifest: Manifest, takenOver: ReadonlySet<string>): LintScripts {
  const isTakenOver = (config: string): boolean => {
    const path = joined(manifest.folder, config);
    return folderPath(path) === manifest.folder && takenOver.has(path);
  };
  const read = Object.entries(manifest.scripts).flatMap(([name, script]) => {
    const lint = lintScript(script, isTakenOver);
    return lint === undefined ? [] : [{ name, lint, isChanged: lint.script !== script }];
  });
  const all = (key: Exclude<keyof LintFlags, 'isStrictOnWarnings'>) => [
    ...new Set(read.flatMap(({ lint }) => lint[key])),
  ];
  return {
    manifest,
    changed: Object.fromEntries(read.filter(({ isChanged }) => isChanged).map(({ name, lint }) => [name, lint.script])),
    extensions: all('extensions'),
    environments: all('environments'),
    ignorePaths: all('ignorePaths'),
    rulesFolders: all('rulesFolders'),
    formatters: all('formatters'),
    targets: all('targets'),
    configs: all('configs'),
    isStrictOnWarnings: read.some(({ lint }) => lint.isStrictOnWarnings),
  };
}
