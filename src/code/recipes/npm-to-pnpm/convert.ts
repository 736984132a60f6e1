import { isCommandFile, isWorkflow } from '../../command-files.ts';
import type { TreeEdit, TreeTransformed, TreeUnresolved, TreeView } from '../../recipe.ts';
import { dependencyGroups } from '../../snapshot.ts';
import { editJson, withoutMember } from '../../text/edit-json.ts';
import { type NpmPackage, type NpmTree, npmTree, programsOf } from './reading/npm-tree.ts';
import { type Undeclared, undeclared } from './reading/undeclared.ts';
import { pnpmCommands } from './writing/commands.ts';
import { pnpmWorkflow } from './writing/workflow.ts';
import { workspaceFile } from './writing/workspace-file.ts';

/** Settings that npm alone knows, and that change what is installed. */
const npmsOwn = [
  'install-strategy',
  'global-style',
  'legacy-bundling',
  'install-links',
  'omit',
  'include',
  'package-lock',
];

type Out = { readonly edits: TreeEdit[]; readonly unresolved: TreeUnresolved[] };

/** A tree of npm as one of pnpm, but for the lock file, which the plan has pnpm itself write. */
export async function convert(tree: TreeView, version: string): Promise<TreeTransformed> {
  const npm = await npmTree(tree);
  const out: Out = { edits: [], unresolved: [] };
  if (npm === undefined) return out;
  const missing = await undeclared(npm, tree);
  for (const one of npm.packages) manifestOf(one, { npm, missing, version }, out);
  out.edits.push({ kind: 'write', path: 'pnpm-workspace.yaml', text: workspaceFile(npm) });
  for (const key of npmsOwn.filter((name) => npm.settings.has(name))) {
    const text = (await tree.read('.npmrc'))?.text ?? '';
    const place = { path: '.npmrc', offset: Math.max(0, text.indexOf(key)), length: key.length };
    out.unresolved.push({
      ...place,
      message: `pnpm does not know the setting \`${key}\`.`,
      cure: 'See https://pnpm.io/settings for one that does the same, and remove it.',
    });
  }
  for (const path of tree.paths) {
    const text = isWorkflow(path) || isCommandFile(path) ? (await tree.read(path))?.text : undefined;
    if (text === undefined) continue;
    if (isWorkflow(path)) workflowOf(path, text, { npm, out });
    else namesOf(path, text, out);
  }
  return out;
}

type World = { readonly npm: NpmTree; readonly missing: readonly Undeclared[]; readonly version: string };

function manifestOf(one: NpmPackage, { npm, missing, version }: World, { edits, unresolved }: Out): void {
  const { path, text, manifest } = one;
  let now = text;
  const set = (keys: readonly string[], from: string | undefined, to: string): void => {
    const edited = editJson(now, { keys, from, to });
    if (typeof edited === 'string') now = edited;
  };
  const programs = programsOf(one, npm);
  for (const [name, script] of Object.entries(manifest.scripts))
    set(['scripts', name], script, pnpmCommands(script, programs).text);
  for (const group of dependencyGroups)
    for (const [name, range] of Object.entries(manifest[group]))
      if (npm.locked[`node_modules/${name}`]?.link === true && !range.includes(':'))
        set([group, name], range, `workspace:${range}`);
  for (const { of, name, version: installed, group } of missing)
    if (of === one) set([group, name], undefined, installed);
  if (one === npm.root) {
    set(['packageManager'], manifest.packageManager, `pnpm@${version}`);
    now = withoutMember(withoutMember(now, ['workspaces']), ['overrides']);
  }
  if (now !== text) edits.push(whole(path, text, now));
  for (const [name, script] of Object.entries(manifest.scripts)) {
    const made = pnpmCommands(script, programs);
    if (made.left.length === 0 && !/npm_config_|npm_execpath/.test(script)) continue;
    const written = JSON.stringify(made.text);
    unresolved.push({
      path,
      offset: Math.max(0, now.indexOf(written)),
      length: written.length,
      message: `The script ${name} calls npm in a way that pnpm has no equal form for.`,
      cure: 'Write it for pnpm.',
    });
  }
  for (const word of ['"patch-package"', '"npm":']) {
    const offset = now.indexOf(word);
    if (offset === -1) continue;
    const message =
      word === '"npm":' ? 'A version of npm is asked for.' : 'patch-package does not patch what pnpm links.';
    const cure =
      word === '"npm":' ? 'Name pnpm in `engines`, or remove it.' : 'Make the patches anew with `pnpm patch`.';
    unresolved.push({ path, offset, length: word.length, message, cure });
  }
}

function workflowOf(path: string, text: string, { npm, out }: { readonly npm: NpmTree; readonly out: Out }): void {
  const made = pnpmWorkflow(text, programsOf(npm.root, npm));
  if (made.text !== text) out.edits.push(whole(path, text, made.text));
  for (const place of made.left) out.unresolved.push({ path, ...place, ...byHand });
  if (made.isWithout)
    out.unresolved.push({
      path,
      offset: 0,
      length: 0,
      message: 'This workflow calls pnpm, and nothing in it sets pnpm up.',
      cure: 'Add a step with `uses: pnpm/action-setup@v4` before the first call.',
    });
}

const byHand = { message: 'This still calls npm.', cure: 'Write it for pnpm.' };

/** Images, hooks and scripts of the shell are not written anew: what pnpm needs there depends on what stands around it. */
function namesOf(path: string, text: string, { unresolved }: Out): void {
  for (const match of text.matchAll(/^(?![ \t]*#).*?(\bnpm (?=[a-z])|\bnpx (?=\S)|package-lock\.json)/gm)) {
    const word = match[1] ?? '';
    unresolved.push({
      path,
      offset: match.index + match[0].length - word.length,
      length: word.trim().length,
      ...byHand,
    });
  }
}

function whole(path: string, before: string, text: string): TreeEdit {
  return { kind: 'edit', path, edits: [{ offset: 0, length: before.length, text }] };
}
