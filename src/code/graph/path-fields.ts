import { baseName } from '../text/search-text.ts';
import { recipe } from './line-values.ts';

/**
 * What a field of a configuration holds: a path by its definition, a command, a name that is no path, or what cannot be told.
 * `paths` also take in all that lies below them.
 */
export type FieldMeaning = 'path' | 'paths' | 'command' | 'name' | 'unknown';

/** Options of tsconfig.json that hold paths: TypeScript's declarations with `isFilePath`, and the two roots of source maps. */
export const compilerPaths: ReadonlySet<string> = new Set([
  'baseUrl',
  'declarationDir',
  'excludeDirectories',
  'excludeFiles',
  'generateCpuProfile',
  'generateTrace',
  'mapRoot',
  'outDir',
  'outFile',
  'project',
  'rootDir',
  'rootDirs',
  'sourceRoot',
  'tsBuildInfoFile',
  'typeRoots',
]);

const manifestPaths = new Set(['main', 'module', 'types', 'typings', 'source', 'style', 'sass', 'bin', 'man', 'unpkg']);
const manifestNames =
  /^(name|version|description|keywords|author|contributors|maintainers|license|type|private|homepage|funding|engines|packageManager|volta|os|cpu|publishConfig|bugs|(dev|peer|optional|bundled?)?[dD]ependencies(Meta)?|overrides|resolutions)$/;

/** Fields that hold patterns or folders with all that is below, whatever tool reads them. */
const below =
  /^(include|includes|exclude|excludes|files|excluded-?[fF]iles|ignore|ignores|ignored?-?[pP]atterns?|paths|paths-ignore|workspaces|packages|sideEffects|roots|inputs|outputs|watch|watch-?[fF]iles|watch-ignore|spec|testMatch|collectCoverageFrom|entryPoints|entry_points|source-?[rR]oot|src|rootDirs?|modulePaths|moduleDirectories)$/;
/** Fields that hold one path, whatever tool reads them. */
const single =
  /^(root|baseUrl|directory|directories|coverage-?[dD]irectory|cacheDirectory|report-dir|temp-dir|outDir|output-?[dD]ir(ectory)?|rootDirectory|working-directory|cwd|tsconfig|setupFiles(AfterEnv)?|globalSetup|globalTeardown|entry|entryFile|publicDir|\$schema|extends)$/;
/** Keys of sonar-project.properties: https://docs.sonarsource.com/sonarqube-server/latest/analyzing-source-code/analysis-parameters/ */
const ofScanners = /^(sources|tests|inclusions|exclusions|reportPaths?|projectBaseDir|tsconfigPaths?)$/;
const commands = /^(run|script|scripts|exec|execMap|cmd|command|commands|\w+Command|before_script|after_script|hooks)$/;
/** Fields of a pipeline that name branches, jobs, conditions and actions. */
const pipelineNames =
  /^(name|branches|branches-ignore|tags|tags-ignore|needs|if|uses|id|key|runs-on|shell|group|types|permissions|environment)$/;

/** What a field holds, by the names that lead to it from the root of its file. Pure. */
export function meaningOf(path: string, way: readonly string[]): FieldMeaning {
  const file = baseName(path);
  const [first = '', second = ''] = way;
  const last = way.at(-1) ?? '';
  if (/^[tj]sconfig[^/]*\.json$/.test(file)) return compilerMeaning(way);
  if (/(^|\/)\.github\/(workflows|actions)\//.test(path) || /^action\.ya?ml$/.test(file)) return pipelineMeaning(way);
  if (file === 'package.json') {
    if (first === 'scripts' || /^(lint-staged|simple-git-hooks)$/.test(first)) return 'command';
    if (manifestNames.test(first)) return last === 'directory' ? 'path' : 'name';
    if (manifestPaths.has(first) || first === 'directories') return 'path';
  }
  if (/^\.lintstagedrc/.test(file)) return way.length === 1 && first === 'files' ? 'paths' : 'command';
  if (file === 'netlify.toml' && last === 'ignore') return 'command';
  if (/akefile$|\.mk$/.test(file)) return first === recipe ? 'command' : 'unknown';
  if (/\.properties$/.test(file)) return ofScanners.test(last) ? 'paths' : 'unknown';
  if (commands.test(last) || commands.test(way.at(-2) ?? '')) return 'command';
  if (below.test(last)) return 'paths';
  return single.test(last) || second === 'directories' ? 'path' : 'unknown';
}

function compilerMeaning(way: readonly string[]): FieldMeaning {
  const [first = '', second = ''] = way;
  if (/^(include|exclude|files)$/.test(first)) return 'paths';
  if (first === 'references' || first === 'extends') return 'path';
  if (first === 'compilerOptions' && second === 'paths') return 'paths';
  if (!/^(compilerOptions|watchOptions)$/.test(first)) return 'name';
  if (second === 'rootDir' || second === 'rootDirs') return 'paths';
  return compilerPaths.has(second) ? 'path' : 'name';
}

function pipelineMeaning(way: readonly string[]): FieldMeaning {
  const last = way.at(-1) ?? '';
  if (last === 'run') return 'command';
  if (way[0] === 'on' && /^paths(-ignore)?$/.test(last)) return 'paths';
  if (last === 'working-directory') return 'path';
  return pipelineNames.test(last) || way[0] === 'on' || way[0] === 'permissions' ? 'name' : 'unknown';
}
