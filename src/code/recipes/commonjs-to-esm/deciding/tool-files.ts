import { gte, minVersion, validRange } from 'semver';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { baseName, folderPath } from '../../../text/search-text.ts';
import { foldersUp, joined } from '../../../tree/tree-path.ts';

/** What becomes of a file of configuration in a package of ES modules, and why; with a cure where its tool may not find it. */
export type ToolFate = { readonly kind: 'import' | 'cjs'; readonly why: string; readonly cure?: string };

/** A tool with the names of its configuration, and the versions from which it finds it as `.cjs` and loads it by `import`. */
type Tool = {
  readonly name: string;
  readonly files: RegExp;
  readonly package: string;
  readonly cjs?: string;
  readonly esm?: string;
};

/** Versions are those whose code names the `.cjs` file, and whose documentation says that a `.js` file may be an ES module. */
const tools: readonly Tool[] = [
  { name: 'ESLint', files: /^\.eslintrc\.js$/, package: 'eslint', cjs: '6.8.0' },
  { name: 'ESLint', files: /^eslint\.config\.js$/, package: 'eslint', cjs: '8.57.0', esm: '8.57.0' },
  { name: 'Prettier', files: /^(\.prettierrc|prettier\.config)\.js$/, package: 'prettier', cjs: '2.1.2', esm: '3.0.0' },
  { name: 'Babel', files: /^(\.babelrc|babel\.config)\.js$/, package: '@babel/core', cjs: '7.8.0' },
  { name: 'Jest', files: /^jest\.config\.js$/, package: 'jest', cjs: '25.1.0', esm: '28.0.0' },
  { name: 'webpack', files: /^webpack\.config\.js$/, package: 'webpack-cli', cjs: '4.10.0', esm: '5.0.0' },
  { name: 'PostCSS', files: /^(\.postcssrc|postcss\.config)\.js$/, package: 'postcss-load-config', cjs: '3.1.4' },
  { name: 'Tailwind CSS', files: /^tailwind\.config\.js$/, package: 'tailwindcss', cjs: '2.2.19', esm: '3.3.0' },
  {
    name: 'commitlint',
    files: /^(\.commitlintrc|commitlint\.config)\.js$/,
    package: '@commitlint/load',
    cjs: '17.0.0',
    esm: '19.0.0',
  },
  { name: 'Mocha', files: /^\.mocharc\.js$/, package: 'mocha', cjs: '7.1.2' },
  { name: 'AVA', files: /^ava\.config\.js$/, package: 'ava', cjs: '3.0.0', esm: '4.0.0' },
  { name: 'nyc', files: /^nyc\.config\.js$/, package: '@istanbuljs/load-nyc-config', cjs: '1.0.0' },
  { name: 'stylelint', files: /^(\.stylelintrc|stylelint\.config)\.js$/, package: 'stylelint', cjs: '14.0.0' },
  { name: 'lint-staged', files: /^(\.lintstagedrc|lint-staged\.config)\.js$/, package: 'lint-staged', cjs: '10.5.4' },
  { name: 'Grunt', files: /^gruntfile\.js$/i, package: 'grunt', cjs: '1.5.3' },
  { name: 'Karma', files: /^karma\.conf\.js$/, package: 'karma' },
  { name: 'Next.js', files: /^next\.config\.js$/, package: 'next', esm: '12.0.0' },
];

const configuration =
  /(^|\/)(\.[\w-]+rc|[\w.-]+\.(config|conf)|gulpfile|Gruntfile|knexfile|jest[.-]setup|karma\.conf|webpack\.[\w.]+|\.\w+)\.js$/i;

/** Where versions are looked for: texts below node_modules, and ranges of the package.json. */
export type ToolSources = {
  readonly manifest: { readonly path: string; readonly fields: Readonly<Record<string, unknown>> };
  readonly installed: (path: string) => Promise<string | undefined>;
};

/** What becomes of a file of which a tool, not the package, says how it is loaded; undefined for any other. */
export async function toolFate(path: string, sources: ToolSources): Promise<ToolFate | undefined> {
  if (!configuration.test(path)) return undefined;
  const tool = tools.find(({ files }) => files.test(baseName(path)));
  const isNamed = JSON.stringify(sources.manifest.fields).includes(baseName(path));
  if (tool === undefined) return isNamed ? plain : unknownTool;
  const version = await versionOf(tool.package, sources);
  if (tool.esm !== undefined && version !== undefined && gte(version, tool.esm))
    return { kind: 'import', why: `${tool.name} ${version} loads it by import` };
  if (tool.cjs !== undefined && version !== undefined && gte(version, tool.cjs))
    return { kind: 'cjs', why: `${tool.name} ${version} reads it, and takes CommonJS under the name .cjs` };
  if (isNamed) return plain;
  const has = version === undefined ? 'whose version is not known' : `of version ${version}`;
  const from = tool.cjs === undefined ? 'does not look for that name' : `looks for that name from ${tool.cjs} on`;
  return {
    kind: 'cjs',
    why: `${tool.name} reads it, ${has}, and ${from}`,
    cure: tool.cjs === undefined ? `Give ${tool.name} the path of the file.` : `Upgrade ${tool.package} first.`,
  };
}

const plain: ToolFate = { kind: 'cjs', why: 'a tool reads it, which takes CommonJS under the name .cjs' };

const unknownTool: ToolFate = {
  kind: 'cjs',
  why: 'it looks like configuration of a tool that is not known here, and whether that looks for the name .cjs is not known either',
  cure: 'See whether the tool finds it, or give it the path.',
};

/** The version of a package that is installed above the package.json, else the lowest that this declares. */
export async function versionOf(name: string, { manifest, installed }: ToolSources): Promise<string | undefined> {
  for (const folder of foldersUp(folderPath(manifest.path))) {
    const found = jsonOf((await installed(joined(folder, `node_modules/${name}/package.json`))) ?? '');
    if (isRecord(found) && typeof found.version === 'string') return found.version;
  }
  for (const group of ['devDependencies', 'dependencies']) {
    const ranges = manifest.fields[group];
    const range = isRecord(ranges) ? ranges[name] : undefined;
    if (typeof range === 'string' && validRange(range) !== null) return minVersion(range)?.version;
  }
  return undefined;
}
