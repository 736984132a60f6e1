import { editJson } from '../../../text/edit-json.ts';
import { withValueAt } from '../../../text/insert-member.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { joined } from '../../../tree/tree-path.ts';
import ts from '../../../typescript.cts';
import type { ManifestText, ManifestWish } from './manifest-wish.ts';
import { publicPaths } from './public-paths.ts';

const tsxRange = '^4.20.0';

/** The text of a package.json for TypeScript, and the scripts that a person has to look at. Pure. */
export function manifestText(before: string, wish: ManifestWish): ManifestText {
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
  const led = publicPaths(text, wish);
  text = led.text;
  const hasScript = (name: string) => isRecord(fields().scripts) && Object.hasOwn(fields().scripts ?? {}, name);
  const isChecked = scripts.some(([, script]) => typeof script === 'string' && /^tsc( --noEmit)?$/.test(script));
  if (!hasScript('typecheck') && !isChecked) text = set(text, ['scripts', 'typecheck'], 'tsc --noEmit');
  if (running === 'build') text = set(text, ['scripts', 'build'], buildScript(fields().scripts));
  if (running === 'build' && !hasScript('prepack') && fields().private !== true)
    text = set(text, ['scripts', 'prepack'], 'npm run build');
  if (running === 'build' && wish.needsBuild && hasScript('test') && !hasScript('pretest'))
    text = set(text, ['scripts', 'pretest'], 'npm run build');
  const wanted = { typescript: `~${ts.version}`, ...added, ...(usesTsx ? { tsx: tsxRange } : {}) };
  for (const [name, range] of Object.entries(wanted).sort()) {
    if (dependsOn(name)) continue;
    const made = editJson(text, { keys: ['devDependencies', name], from: undefined, to: range });
    if (typeof made === 'string') text = made;
  }
  const scriptsOpen = open.map((name) => `${joined(home, 'package.json')} > scripts > ${name}`);
  return { text, open: scriptsOpen, left: led.left, isBuiltFirst: buildsFirst(fields().scripts) };
}

function set(text: string, keys: readonly string[], value: unknown): string {
  return withValueAt(text, { keys, value });
}

function buildsFirst(scripts: unknown): boolean {
  return isRecord(scripts) && [scripts.pretest, scripts.test].some((one) => /\bbuild\b/.test(String(one)));
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
