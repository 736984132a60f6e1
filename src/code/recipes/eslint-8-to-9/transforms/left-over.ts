import type { TreeUnresolved } from '../../../recipe.ts';
import type { ConfigTop } from '../reading/config-tops.ts';
import type { ConfigFile } from '../writing/config-file.ts';
import type { LintScripts } from './lint-scripts.ts';

const guide = 'Configuration Migration Guide';

/** What the new file could not take over, said where a person finds it. */
export function leftOver(
  { gone, loaded, text }: ConfigFile,
  { top, path }: { readonly top: ConfigTop; readonly path: string },
): readonly TreeUnresolved[] {
  const rules = new Map(gone.map((one) => [one.rule, one] as const));
  const start = Math.max(0, text.indexOf('defineConfig(['));
  return [
    ...[...rules].map(([rule, { source }]) => ({
      path,
      offset: start,
      length: 'defineConfig'.length,
      message: `\`${rule}\`, which ${source.path} sets, is gone in ESLint 9, and is left out.`,
      cure: 'Add eslint-plugin-jsdoc and set its rules, if comments are to be checked further on.',
      symbol: rule,
      evidence: 'Migrate to v9.x: Removed require-jsdoc and valid-jsdoc rules',
    })),
    ...loaded.map(({ source, node, why }) => ({
      path: source.path,
      offset: source.kind === 'code' ? node.getStart() : 0,
      length: 0,
      message: `${source.path} is loaded by ${path} through FlatCompat as it stands: ${why}, and nothing of it is run to find out.`,
      cure: `Write what it says into ${path}, and remove it.`,
      evidence: `${guide}: Using eslintrc Configs in Flat Config`,
    })),
    ...top.unread.map((one) => ({
      path: one,
      offset: 0,
      length: 0,
      message: `${one} is not taken over: ESLint 8 reads ${top.sources[0]?.path ?? 'another file'} before it.`,
      cure: 'Remove its configuration, or write what is missed into the new file.',
    })),
  ];
}

/** Configurations that scripts name still, and which ESLint 9 cannot read. `text` is the package.json as it is to be. */
export function namedConfigs({ manifest, configs }: LintScripts, text: string): readonly TreeUnresolved[] {
  const old = configs.filter((config) => !/(^|\/)eslint\.config\b/.test(config));
  return old.map((config) => ({
    path: manifest.path,
    offset: Math.max(0, text.indexOf(config, Math.max(0, text.indexOf('"scripts"')))),
    length: config.length,
    message: `A script names the configuration ${config}, which ESLint 9 reads in the new format only.`,
    cure: `Leave \`--config\` away where the new file says the same, or write ${config} in the new format.`,
    evidence: `${guide}: CLI Flag Changes`,
  }));
}
