import { editJson } from '../../../text/edit-json.ts';
import { withValueAt } from '../../../text/insert-member.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { joined, relativeFrom } from '../../../tree/tree-path.ts';
import ts from '../../../typescript.cts';
import type { Running } from '../reading/package-facts.ts';

/** What a package.json is to say of TypeScript. */
export type ManifestWish = {
  readonly home: string;
  readonly running: Running;
  /** True where every Node that runs it strips types itself. */
  readonly stripsTypes: boolean;
  readonly added: Readonly<Record<string, string>>;
  /** Folder below which the build takes its sources, from the root of the tree. */
  readonly rootDir: string;
  /** True for a path, from the root of the tree, that the build compiles. */
  readonly isBuilt: (path: string) => boolean;
  /** New name of a file by its old one. */
  readonly moves: ReadonlyMap<string, string>;
};

const tsxRange = '^4.20.0';

/** The text of a package.json for TypeScript, and the scripts that a person has to look at. Pure. */
export function manifestText(
  before: string,
  wish: ManifestWish,
): { readonly text: string; readonly open: readonly string[] } {
  const { running, added, home } = wish;
  let text = before;
  const fields = () => {
    const value = jsonOf(text);
    return isRecord(value) ? value : {};
  };
  const needsTsx = running === 'tsx' || running === 'build';
  const needsLoader = needsTsx || (running === 'bundler' && !wish.stripsTypes);
  const open: string[] = [];
  const scripts = isRecord(fields().scripts) ? Object.entries(fields().scripts ?? {}) : [];
  let usesTsx = false;
  for (const [name, script] of scripts) {
    if (typeof script !== 'string') continue;
    if (running === 'node' && ownLoader.test(script)) open.push(name);
    if (!needsLoader) continue;
    const made = scriptText(script, needsTsx ? [...loaders, typescriptLoader] : [typescriptLoader]);
    if (made.open && needsTsx) open.push(name);
    if (made.text === script) continue;
    usesTsx = true;
    text = set(text, ['scripts', name], made.text);
  }
  const dependsOn = (name: string) =>
    ['dependencies', 'devDependencies'].some(
      (group) => isRecord(fields()[group]) && Object.hasOwn(fields()[group] ?? {}, name),
    );
  if (needsTsx && dependsOn('ava')) {
    usesTsx = true;
    text = set(text, ['ava', 'nodeArguments'], ['--import=tsx']);
  }
  if (running === 'build') text = builtPaths(text, wish);
  const hasScript = (name: string) => isRecord(fields().scripts) && Object.hasOwn(fields().scripts ?? {}, name);
  const isChecked = scripts.some(([, script]) => typeof script === 'string' && /^tsc( --noEmit)?$/.test(script));
  if (!hasScript('typecheck') && !isChecked) text = set(text, ['scripts', 'typecheck'], 'tsc --noEmit');
  if (running === 'build') text = set(text, ['scripts', 'build'], buildScript(fields().scripts));
  if (running === 'build' && !hasScript('prepack') && fields().private !== true)
    text = set(text, ['scripts', 'prepack'], 'npm run build');
  const wanted = { typescript: `~${ts.version}`, ...added, ...(usesTsx ? { tsx: tsxRange } : {}) };
  for (const [name, range] of Object.entries(wanted).sort()) {
    if (dependsOn(name)) continue;
    const made = editJson(text, { keys: ['devDependencies', name], from: undefined, to: range });
    if (typeof made === 'string') text = made;
  }
  return { text, open: open.map((name) => `${joined(home, 'package.json')} > scripts > ${name}`) };
}

function set(text: string, keys: readonly string[], value: unknown): string {
  return withValueAt(text, { keys, value });
}

/** What calls the compiler now builds by its new configuration; what else stands in the script stays. */
function buildScript(scripts: unknown): string {
  const own = 'tsc -p tsconfig.build.json';
  const before = isRecord(scripts) && typeof scripts.build === 'string' ? scripts.build : '';
  const parts = before.split(/\s*&&\s*/).filter((part) => part !== '');
  const others = parts.filter((part) => !/^tsc(\s|$)/.test(part));
  const at = parts.findIndex((part) => /^tsc(\s|$)/.test(part));
  return others.toSpliced(at === -1 ? others.length : at, 0, own).join(' && ');
}

/** Programs that run tests and are told of a loader, each with the words for it. */
const loaders: readonly (readonly [RegExp, string])[] = [
  [
    /(^|&&\s*|\|\|\s*|;\s*|\b(?:c8|nyc|cross-env|npx)(?:\s+[\w-]+=\S+|\s+-\S+)*\s+)node(?=\s)(?![^&|;"']*--import[ =]tsx)/g,
    '$1node --import tsx',
  ],
  [/(^|&&\s*|\|\|\s*|;\s*|\b(?:c8|nyc|npx)(?:\s+-\S+)*\s+)mocha(?=\s|$)(?!\s+--import=tsx)/g, '$1mocha --import=tsx'],
];
const others = /(^|\s)(tape|tap|uvu|jasmine|nodemon|pm2|jasmine)(\s|$)/;

/** Behind variables and other programs too: `node`, and in the same command a file that is TypeScript now. */
const typescriptLoader = [
  /(?<=^|[\s"'(])(?<!\s-{1,2}[a-z][\w-]*\s)node(?=\s[^&|;"']*\.m?tsx?(?:[\s"')]|$))(?![^&|;"']*--import[ =]tsx)/g,
  'node --import tsx',
] as const;
/** nodemon starts TypeScript by ts-node, where it is not told what to start it with (https://github.com/remy/nodemon#default-executables). */
const ownLoader = /(?:^|\s)nodemon\s(?![^&|;]*--exec)[^&|;]*\.tsx?(?:\s|$)/;

function scriptText(
  script: string,
  patterns: readonly (readonly [RegExp, string])[],
): { readonly text: string; readonly open: boolean } {
  const text = patterns.reduce((made, [pattern, words]) => made.replace(pattern, words), script);
  return { text, open: others.test(script) };
}

/** What users of the package load is what the build writes. */
function builtPaths(before: string, { home, rootDir, isBuilt, moves }: ManifestWish): string {
  let text = before;
  const named = new Map([...moves].map(([from, to]) => [to, from]));
  const builtOf = (path: string): string | undefined => {
    const file = [path, `${path}.js`]
      .map((one) => joined(home, one))
      .find((one) => isBuilt(one) || named.has(one) || moves.has(one));
    if (file === undefined) return undefined;
    const inside = rootDir === '.' ? file : file.slice(rootDir.length + 1);
    const below = joined(home, 'dist');
    const out = inside.replace(/\.([cm]?)(jsx|js|tsx|ts)$/, '.$1js');
    return relativeFrom(home, joined(below, out));
  };
  const value = jsonOf(before);
  for (const field of ['main', 'module', 'bin', 'exports', 'browser'] as const)
    text = builtIn(text, isRecord(value) ? value[field] : undefined, { keys: [field], builtOf });
  if (isRecord(value) && Array.isArray(value.files) && !value.files.includes('dist'))
    text = set(text, ['files'], [...value.files, 'dist']);
  return text;
}

function builtIn(
  text: string,
  value: unknown,
  { keys, builtOf }: { readonly keys: string[]; readonly builtOf: (path: string) => string | undefined },
): string {
  if (typeof value === 'string') {
    const built = builtOf(value);
    return built === undefined ? text : set(text, keys, value.startsWith('./') ? built : built.replace(/^\.\//, ''));
  }
  if (!isRecord(value)) return text;
  return Object.entries(value).reduce(
    (made, [key, one]) => builtIn(made, one, { keys: [...keys, key], builtOf }),
    text,
  );
}
