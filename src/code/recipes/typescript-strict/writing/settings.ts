import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { type Flag, strictFlags } from '../../../compiler/strict-flags.ts';
import { withoutMember } from '../../../text/edit-json.ts';
import { withValueAt } from '../../../text/insert-member.ts';
import { folderPath } from '../../../text/search-text.ts';
import { joined, relativeFrom } from '../../../tree/tree-path.ts';

type Texts = ReadonlyMap<string, string>;

/** Path of the configuration that keeps a flag where it holds. */
export function ratchetPath(config: string, flag: Flag): string {
  const words = flag.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return joined(folderPath(config), `tsconfig.${words}.json`);
}

/** Texts with a flag that is on, for all files. `isWhole`: nothing of `strict` is off any more, so that it is said in one word. */
export function withFlag(
  texts: Texts,
  config: string,
  { flag, isWhole }: { readonly flag: Flag; readonly isWhole: boolean },
): Texts {
  let text = texts.get(config) ?? '';
  if (isWhole) for (const one of strictFlags) text = withoutMember(text, ['compilerOptions', one]);
  text = withValueAt(text, { keys: ['compilerOptions', isWhole ? 'strict' : flag], value: true });
  return new Map([...texts, [config, text]]);
}

/** Texts in which a configuration beside the other one has the flag for these files alone. */
export function withRatchet(
  texts: Texts,
  config: string,
  { flag, files }: { readonly flag: Flag; readonly files: readonly string[] },
): Texts {
  const path = ratchetPath(config, flag);
  const isRecording = has(texts.get(config) ?? '', ['compilerOptions', 'tsBuildInfoFile']);
  const wanted = {
    extends: relativeFrom(folderPath(path), config),
    compilerOptions: {
      [flag]: true,
      noEmit: true,
      composite: false,
      incremental: false,
      ...(isRecording ? { tsBuildInfoFile: null } : {}),
    },
    include: [],
    files: files.map((file) => relativeFrom(folderPath(path), file).replace(/^\.\//, '')),
  };
  const made = new Map([...texts, [path, `${JSON.stringify(wanted, null, 2)}\n`]]);
  return withScript(made, config, (script) => addedCall(script, callOf(path)));
}

/** Texts without the configuration that kept a flag where it held. */
export function withoutRatchet(texts: Texts, config: string, flag: Flag): Texts {
  const path = ratchetPath(config, flag);
  if (!texts.has(path)) return texts;
  const rest = new Map([...texts].filter(([one]) => one !== path));
  return withScript(rest, config, (script) => script?.replace(` && ${callOf(path)}`, ''));
}

function callOf(path: string): string {
  return `tsc --noEmit -p ${path.slice(path.lastIndexOf('/') + 1)}`;
}

function addedCall(script: string | undefined, call: string): string {
  if (script === undefined) return `tsc --noEmit && ${call}`;
  return script.includes(call) ? script : `${script} && ${call}`;
}

const names = [
  'typecheck',
  'type-check',
  'check-types',
  'check:types',
  'types:check',
  'tsc',
  'type:check',
  'test:types',
  'lint:types',
  'ts:check',
  'check:ts',
];

/** Texts with the script that checks types changed, which is `typecheck` where there is none. */
function withScript(texts: Texts, config: string, change: (script: string | undefined) => string | undefined): Texts {
  const path = joined(folderPath(config), 'package.json');
  const text = texts.get(path);
  if (text === undefined) return texts;
  const scripts = new Map(names.map((name) => [name, scriptOf(text, name)]));
  const name = names.find((one) => /\btsc\b/.test(scripts.get(one) ?? '')) ?? 'typecheck';
  const [before, after] = [scripts.get(name), change(scripts.get(name))];
  if (after === undefined || after === before) return texts;
  return new Map([...texts, [path, withValueAt(text, { keys: ['scripts', name], value: after })]]);
}

function scriptOf(text: string, name: string): string | undefined {
  const root = parseTree(text);
  const value: unknown = root === undefined ? undefined : findNodeAtLocation(root, ['scripts', name])?.value;
  return typeof value === 'string' ? value : undefined;
}

function has(text: string, path: string[]): boolean {
  const root = parseTree(text);
  return root !== undefined && findNodeAtLocation(root, path) !== undefined;
}
