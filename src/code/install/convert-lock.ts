import { join } from 'node:path';
import { valid } from 'semver';
import * as z from 'zod';
import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import type { Lock, Member } from '../package-manager.ts';
import { npm } from '../package-managers/npm.ts';
import { pnpm } from '../package-managers/pnpm.ts';
import type { RunProcess } from '../process/run-process.ts';
import type { LockChange } from '../recipe.ts';
import type { FileChange } from '../text/file-change.ts';
import { yamlOf } from '../text/read-data.ts';
import { baseName, folderPath } from '../text/search-text.ts';
import { emptyFolder, forgetKept, keepText, readIfThere } from '../tree/tree.ts';
import { parseManifest } from '../workspace/manifest.ts';
import { findManager } from './find-manager.ts';
import { installEnvironment } from './install-environment.ts';
import { npmLockOf } from './npm-lock-of.ts';
import { redact, secretsIn } from './redact.ts';

const workspaceSchema = z.object({ overrides: z.record(z.string(), z.unknown()).default({}) });

type Env = Readonly<Record<string, string | undefined>>;

/** What converting a lock file takes. */
export type ConvertLock = {
  readonly lock: LockChange;
  /** Exact version of pnpm, where it is to write. */
  readonly version: string;
  /** Text of every file that installing reads, as the tree is to be, the old lock file among them. */
  readonly texts: ReadonlyMap<string, string>;
  /** A folder outside the tree, which is emptied and goes afterwards. */
  readonly scratch: string;
  readonly env: Env;
  readonly run: RunProcess;
};

const importTimeoutMs = 10 * 60_000;
const namesShown = 10;
/** A plan runs no code of the tree: pnpm to 10, and from 11 on (https://pnpm.io/settings#ignorepnpmfile). */
const withoutHooks = { npm_config_ignore_pnpmfile: 'true', pnpm_config_ignore_pnpmfile: 'true' };

/**
 * One lock file as the other: pnpm reads that of npm itself (`pnpm import`), and for npm every package of pnpm's is laid
 * where each finds what it was given. It happens in a folder of its own, and both are compared package by package. What is
 * resolved elsewhere is named with both versions. Throws `install-failed` where the package manager is not there, and
 * `unsafe-change` where it cannot take the lock file over, or a package that the tree declares would move.
 */
export async function convertLock(options: ConvertLock, signal: AbortSignal) {
  const { texts, scratch, lock } = options;
  await emptyFolder(scratch);
  try {
    const old = texts.get(lock.from) ?? '';
    const isToNpm = lock.to === 'package-lock.json';
    for (const [path, text] of texts) if (!isToNpm || path !== lock.from) await keepText(join(scratch, path), text);
    const { text, findings: uses } = isToNpm ? await fromPnpm(old, options, signal) : await fromNpm(options, signal);
    const members = isToNpm ? [] : manifestsIn(texts);
    const [before, after] = isToNpm
      ? [pnpm.readLock(old, members), npm.readLock(text, members)]
      : [npm.readLock(old, members), pnpm.readLock(text, members)];
    if (typeof before === 'string') throw unfit(`${lock.from} cannot be read. ${before}`, lock);
    if (typeof after === 'string') throw unfit(`${lock.to} cannot be read. ${after}`, lock);
    const changes: readonly FileChange[] = [
      { path: lock.from, before: old, after: undefined },
      { path: lock.to, before: undefined, after: text },
    ];
    const locks = { before, after };
    return { changes, findings: [...moved(locks, declaredIn(texts), lock), ...directMoved(locks, options), ...uses] };
  } finally {
    await forgetKept(scratch);
  }
}

type Made = { readonly text: string; readonly findings: readonly Finding[] };

async function fromNpm(options: ConvertLock, signal: AbortSignal): Promise<Made> {
  await imported(options, signal);
  return { text: (await readIfThere(join(options.scratch, 'pnpm-lock.yaml'))) ?? '', findings: [] };
}

async function fromPnpm(
  old: string,
  { texts, scratch, env, run, lock }: ConvertLock,
  signal: AbortSignal,
): Promise<Made> {
  const made = await npmLockOf({ text: old, members: membersIn(texts), scratch, env, run }, signal);
  if (typeof made === 'string') throw unfit(made, lock);
  const said = made.moved.map(({ at, name, wanted, got, isDirect }) => {
    const message = `${at === '' ? 'The root' : at} gets ${got} for ${name} from npm, where pnpm gives ${wanted}.`;
    if (isDirect) throw unfit(message, lock);
    return message;
  });
  return { text: made.text, findings: [...(said.length === 0 ? [] : [usesMoved(said)]), ...scriptsOf(made.scripted)] };
}

function usesMoved(said: readonly string[]): Finding {
  const more = said.length > namesShown ? ` And ${said.length - namesShown} more.` : '';
  const message = `${said.slice(0, namesShown).join(' ')}${more}`;
  const cure = 'Each is a place where a range or a peer of npm asks for something else. Test what uses it.';
  return { rule: 'install/lock-moved', severity: 'warning', message, cure };
}

function scriptsOf(names: readonly string[]): readonly Finding[] {
  if (names.length === 0) return [];
  const message = `npm runs the install scripts of ${names.join(', ')}; pnpm 10 runs only those of packages that its settings name.`;
  return [{ rule: 'install/scripts-will-run', severity: 'advice', message }];
}

async function imported(options: ConvertLock, signal: AbortSignal): Promise<void> {
  const { version, scratch: root, run, lock } = options;
  const env = { ...options.env, ...withoutHooks };
  const { program } = await findManager({ name: 'pnpm', version }, { root, env, run }, signal);
  const [file, ...words] = program.words;
  const { exitCode, output, errors } = await run(
    { command: [file, ...words, 'import'], cwd: root, env: installEnvironment(env), timeoutMs: importTimeoutMs },
    signal,
  );
  if (exitCode === 0) return;
  const said = redact(`${output}\n${errors}`, secretsIn(env)).trim().split('\n').slice(-5).join(' ');
  throw unfit(`\`pnpm import\` ended with ${exitCode}: ${said}`, lock);
}

type Locks = { readonly before: Lock; readonly after: Lock };

/** Packages that the new one has at versions which the old one has not, and packages that it leaves out. */
function moved({ before, after }: Locks, declared: ReadonlySet<string>, lock: LockChange): readonly Finding[] {
  const [old, fresh] = [versionsOf(before), versionsOf(after)];
  const [from, to] = lock.to === 'pnpm-lock.yaml' ? ['npm', 'pnpm'] : ['pnpm', 'npm'];
  const found: Finding[] = [];
  for (const [name, versions] of fresh) {
    const news = [...versions].filter((version) => !old.get(name)?.has(version));
    if (news.length === 0) continue;
    const message = `${to} resolves ${name} to ${news.join(', ')}, where ${from} has ${[...(old.get(name) ?? ['none'])].join(', ')}.`;
    if (declared.has(name)) throw unfit(message, lock);
    const cure = 'Pin it in `overrides`, install, commit and plan again; or take the new version.';
    found.push({ rule: 'install/lock-moved', severity: 'warning', message, cure, object: name });
  }
  const gone = [...old].flatMap(([name, versions]) =>
    [...versions].filter((version) => !fresh.get(name)?.has(version)).map((version) => `${name} ${version}`),
  );
  if (gone.length === 0) return found;
  const more = gone.length > namesShown ? ` and ${gone.length - namesShown} more` : '';
  const message = `${to} does not install ${gone.slice(0, namesShown).join(', ')}${more}, which ${lock.from} has.`;
  return [
    ...found,
    {
      rule: 'install/lock-moved',
      severity: 'warning',
      message,
      cure: 'See who used it: it is bundled, or another version serves its place.',
    },
  ];
}

/**
 * What a package of the tree itself gets from pnpm, where npm laid another version that is locked elsewhere too: an override
 * counts in pnpm for what package.json declares, and npm leaves that as declared, or as it lies at the top.
 */
function directMoved({ before, after }: Locks, { texts, lock }: ConvertLock): readonly Finding[] {
  const overridden = overriddenIn(texts.get('pnpm-workspace.yaml') ?? '');
  const peers: string[] = [];
  for (const { path, manifest } of manifestsIn(texts)) {
    for (const { name, group } of manifest.dependencies) {
      const [was, is] = [before, after].map(({ direct }) => direct.get(path)?.get(name));
      if (was === undefined || is === undefined || was.version === is.version) continue;
      // What comes from elsewhere than the registry is locked by address in one of the two.
      if (valid(was.version) === null || valid(is.version) === null) continue;
      const why = overridden.has(name) ? `, since the override of ${name} counts there too` : '';
      const place = path === '.' ? 'The root' : path;
      const message = `${place} uses ${name}: it gets ${is.version} from pnpm, where npm has ${was.version}${why}.`;
      if (group !== 'peerDependencies') throw unfit(message, lock);
      peers.push(message);
    }
  }
  return peers.length === 0 ? [] : [usesMoved(peers)];
}

/** Names of packages that overrides are for, without their parents and ranges. */
function overriddenIn(text: string): ReadonlySet<string> {
  const overrides = workspaceSchema.safeParse(yamlOf(text)).data?.overrides ?? {};
  return new Set(Object.keys(overrides).map((key) => key.replace(/^.*>/, '').replace(/(?!^)@.*$/, '')));
}

function versionsOf({ packages }: Lock): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { name, version } of packages) found.set(name, (found.get(name) ?? new Set()).add(version));
  return found;
}

function declaredIn(texts: ReadonlyMap<string, string>): ReadonlySet<string> {
  return new Set(manifestsIn(texts).flatMap(({ manifest }) => manifest.dependencies.map(({ name }) => name)));
}

/** Names by folder; one without a name has that of its folder, as npm has it. */
function membersIn(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    manifestsIn(texts).map(({ path, manifest }) => {
      const folder = path === '.' ? '' : path;
      return [folder, manifest.fields.name ?? baseName(folder)];
    }),
  );
}

function manifestsIn(texts: ReadonlyMap<string, string>): readonly Member[] {
  return [...texts].flatMap(([path, text]) => {
    const parsed = baseName(path) === 'package.json' ? parseManifest(path, text) : undefined;
    return parsed?.kind === 'manifest' ? [{ path: folderPath(path), manifest: parsed.manifest }] : [];
  });
}

function unfit(why: string, { to }: LockChange) {
  return fail('unsafe-change', {
    what: 'No plan was made: the lock file cannot be taken over at the same versions.',
    why,
    next: `Mend what it names with ${to === 'pnpm-lock.yaml' ? 'npm' : 'pnpm'}, commit that, and plan again.`,
  });
}
