import { isCommandFile, isWorkflow } from '../../command-files.ts';
import type { TreeEdit, TreeTransformed, TreeUnresolved, TreeView } from '../../recipe.ts';
import { dependencyGroups } from '../../snapshot.ts';
import { editJson, withoutMember } from '../../text/edit-json.ts';
import { withValueAt } from '../../text/insert-member.ts';
import { resolveCatalog } from '../../workspace/workspaces.ts';
import { type PnpmPackage, type PnpmTree, pnpmTree } from './reading/pnpm-tree.ts';
import { type CommandNames, npmCommands } from './writing/commands.ts';
import { overridesOf } from './writing/overrides.ts';
import { npmWorkflow } from './writing/workflow.ts';

/** Settings that are taken over, that say which install scripts run (the plan says which do then), or nothing of their own. */
const settled: ReadonlySet<string> = new Set([
  'packages',
  'catalog',
  'catalogs',
  'overrides',
  'autoInstallPeers',
  'onlyBuiltDependencies',
  'ignoredBuiltDependencies',
  'neverBuiltDependencies',
  'allowBuilds',
  'dangerouslyAllowAllBuilds',
]);

/** Settings of .npmrc that pnpm alone knows. https://pnpm.io/settings */
const pnpmsOwn =
  /^[ \t]*((?:shamefully-hoist|(?:public-)?hoist(?:-pattern|-workspace-packages)?|node-linker|auto-install-peers|strict-peer-dependencies|link-workspace-packages|prefer-workspace-packages|shared-workspace-lockfile|save-workspace-protocol|save-prefix-catalog|resolution-mode|dedupe-[a-z-]+|store-dir|virtual-store-dir|side-effects-cache|enable-pre-post-scripts|use-node-version|manage-package-manager-versions|package-manager-strict(?:-version)?|ignore-workspace[a-z-]*|recursive-install|modules-dir|symlink|package-import-method|inject-workspace-packages|disallow-workspace-cycles|include-workspace-root|minimum-release-age)(?:\[\])?)[ \t]*=/gm;

type Out = { readonly edits: TreeEdit[]; readonly unresolved: TreeUnresolved[] };

/** A tree of pnpm as one of npm, but for the lock file, which is made for the plan. */
export async function convert(tree: TreeView): Promise<TreeTransformed> {
  const pnpm = await pnpmTree(tree);
  const out: Out = { edits: [], unresolved: [] };
  if (pnpm === undefined) return out;
  for (const one of pnpm.packages) manifestOf(one, pnpm, out);
  if (tree.paths.includes('pnpm-workspace.yaml')) out.edits.push({ kind: 'remove', path: 'pnpm-workspace.yaml' });
  await settingsOf(tree, pnpm, out);
  for (const path of tree.paths) {
    const isText = /\.(md|mdx)$/.test(path);
    const text = isWorkflow(path) || isCommandFile(path) || isText ? (await tree.read(path))?.text : undefined;
    if (text === undefined) continue;
    if (isWorkflow(path)) workflowOf(path, text, { pnpm, out });
    else namesOf(path, text, out);
  }
  return out;
}

function manifestOf(one: PnpmPackage, pnpm: PnpmTree, { edits, unresolved }: Out): void {
  const { path, text, manifest } = one;
  let now = text;
  const set = (keys: readonly string[], from: string, to: string): void => {
    const edited = editJson(now, { keys, from, to });
    if (typeof edited === 'string') now = edited;
  };
  const names = namesFor(pnpm, one);
  const scripts = Object.entries(manifest.scripts).filter(([name, script]) => !isGuard(name, script));
  if (scripts.length < Object.keys(manifest.scripts).length) now = withoutMember(now, ['scripts', 'preinstall']);
  for (const [name, script] of scripts) set(['scripts', name], script, npmCommands(script, names).text);
  for (const group of dependencyGroups)
    for (const [name, range] of Object.entries(manifest[group]))
      set([group, name], range, rangeOf({ name, range, path }, pnpm));
  if (one === pnpm.root) now = rootOf(now, pnpm);
  if (now !== text) edits.push(whole(path, text, now));
  for (const [name, script] of scripts) {
    const made = npmCommands(script, names);
    if (made.left.length === 0 && !script.includes('npm_execpath')) continue;
    const message = `The script ${name} calls pnpm in a way that npm has no equal form for.`;
    unresolved.push({ path, ...wordIn(now, JSON.stringify(made.text)), message, cure: 'Write it for npm.' });
  }
  const engine = wordIn(now, '"pnpm":');
  if (engine.length > 0)
    unresolved.push({ path, ...engine, message: 'A version of pnpm is asked for.', cure: 'Remove it.' });
  if (one !== pnpm.root) return;
  for (const name of Object.keys(pnpm.settings).filter((key) => !settled.has(key)))
    unresolved.push({
      path,
      ...wordIn(now, '{'),
      message: `pnpm had the setting \`${name}\`, which goes: npm has none of that name.`,
      cure: 'See https://docs.npmjs.com/cli/v11/using-npm/config for one that does the same.',
    });
}

/** What keeps every other package manager out. */
function isGuard(name: string, script: string): boolean {
  return name === 'preinstall' && /^(npx|pnpx|pnpm dlx) (-y |--yes )?only-allow pnpm$/.test(script);
}

function rootOf(text: string, pnpm: PnpmTree): string {
  const members = (pnpm.workspace?.packages ?? []).filter((pattern) => !/^\.?\/?$/.test(pattern));
  const overrides = overridesOf(pnpm);
  let now = text;
  for (const name of ['packageManager', 'pnpm', 'resolutions']) now = withoutMember(now, [name]);
  if (members.length > 0) now = withValueAt(now, { keys: ['workspaces'], value: members });
  return Object.keys(overrides).length > 0 ? withValueAt(now, { keys: ['overrides'], value: overrides }) : now;
}

type Declared = { readonly name: string; readonly range: string; readonly path: string };

/**
 * The range that pnpm itself would publish: `workspace:*` is the version, `workspace:^` and `workspace:~` are ranges from it.
 * https://pnpm.io/workspaces#publishing-workspace-packages
 */
function rangeOf({ name, range, path }: Declared, { packages, workspace }: PnpmTree): string {
  const plain = resolveCatalog(name, range, workspace);
  if (plain.startsWith('catalog:')) throw new Error(`${path} wants ${name} from a catalog that does not have it.`);
  if (!plain.startsWith('workspace:')) return plain;
  const asked = plain.slice('workspace:'.length);
  const of = packages.find(({ manifest }) => manifest.name === name)?.manifest;
  if (of === undefined || /[/@]/.test(asked))
    throw new Error(`${path} wants ${name} as ${range}, and npm knows packages of the workspace by their names alone.`);
  if (!/^[*^~]$/.test(asked)) return asked;
  return of.version === undefined ? '*' : `${asked === '*' ? '' : asked}${of.version}`;
}

async function settingsOf(tree: TreeView, { installsPeers }: PnpmTree, { edits, unresolved }: Out): Promise<void> {
  const text = (await tree.read('.npmrc'))?.text;
  const line = 'legacy-peer-deps=true';
  const now = installsPeers || text?.includes(line) ? text : `${text?.replace(/(?<=[^\n])$/, '\n') ?? ''}${line}\n`;
  if (now === undefined) return;
  if (text === undefined) edits.push({ kind: 'write', path: '.npmrc', text: now });
  else if (now !== text) edits.push(whole('.npmrc', text, now));
  for (const match of now.matchAll(pnpmsOwn)) {
    const key = match[1] ?? '';
    const offset = match.index + match[0].indexOf(key);
    const message = `npm does not know the setting \`${key}\`.`;
    unresolved.push({ path: '.npmrc', offset, length: key.length, message, cure: 'Remove it.' });
  }
}

type World = { readonly pnpm: PnpmTree; readonly out: Out };

/** A step may stand in any package of the workspace. */
function workflowOf(path: string, text: string, { pnpm, out }: World): void {
  const made = npmWorkflow(text, namesFor(pnpm));
  if (made.text !== text) out.edits.push(whole(path, text, made.text));
  for (const place of made.left) out.unresolved.push({ path, ...place, ...byHand });
}

const byHand = { message: 'This still calls pnpm.', cure: 'Write it for npm.' };

/** Images, hooks and scripts of the shell are not written anew; of a text for people the first mention is named. */
function namesOf(path: string, text: string, { unresolved }: Out): void {
  const isForPeople = /\.mdx?$/.test(path);
  const found = [...text.matchAll(/^(?![ \t]*#).*?((?<![\w-])(?:pnpm|pnpx|corepack)(?![\w]))/gm)];
  for (const match of isForPeople ? found.slice(0, 1) : found) {
    const word = match[1] ?? '';
    const place = { path, offset: match.index + match[0].length - word.length, length: word.length };
    if (!isForPeople) unresolved.push({ ...place, ...byHand });
    else unresolved.push({ ...place, message: `It tells people of pnpm, ${found.length} lines.`, isAdvice: true });
  }
}

function namesFor({ packages, root }: PnpmTree, one?: PnpmPackage): CommandNames {
  const within = one === undefined ? packages : [one, root];
  return {
    scripts: new Set((one === undefined ? packages : [one]).flatMap(({ manifest }) => Object.keys(manifest.scripts))),
    packages: new Set(
      within.flatMap(({ manifest }) => dependencyGroups.flatMap((group) => Object.keys(manifest[group]))),
    ),
    members: new Map(
      packages.map(({ manifest }) => [
        manifest.name ?? '',
        new Set(one === undefined || one === root ? Object.keys(manifest.scripts) : []),
      ]),
    ),
    isService: one === undefined,
  };
}

function wordIn(text: string, word: string): { readonly offset: number; readonly length: number } {
  const offset = text.indexOf(word);
  return offset === -1 ? { offset: 0, length: 0 } : { offset, length: word.length };
}

function whole(path: string, before: string, text: string): TreeEdit {
  return { kind: 'edit', path, edits: [{ offset: 0, length: before.length, text }] };
}
