import { join } from 'node:path';
import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import type { FileChange } from '../file-change.ts';
import { parseManifest } from '../manifest.ts';
import type { Lock } from '../package-manager.ts';
import { npm } from '../package-managers/npm.ts';
import { pnpm } from '../package-managers/pnpm.ts';
import type { RunProcess } from '../run-process.ts';
import { baseName } from '../search-text.ts';
import { emptyFolder, forgetKept, keepText, readIfThere } from '../tree.ts';
import { findManager } from './find-manager.ts';
import { installEnvironment } from './install-environment.ts';
import { redact, secretsIn } from './redact.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What converting a lock file takes. */
export type ConvertLock = {
  /** Exact version of pnpm. */
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

/**
 * The lock file of npm as one of pnpm: pnpm itself reads it (`pnpm import`) in a folder of its own, and both are compared
 * package by package. What pnpm resolves elsewhere is named with both versions. Throws `install-failed` where pnpm is not
 * there, and `unsafe-change` where it cannot import, or a package that the tree declares would move.
 */
export async function convertLock(options: ConvertLock, signal: AbortSignal) {
  const { texts, scratch } = options;
  await emptyFolder(scratch);
  try {
    for (const [path, text] of texts) await keepText(join(scratch, path), text);
    await imported(options, signal);
    const old = texts.get('package-lock.json') ?? '';
    const text = (await readIfThere(join(scratch, 'pnpm-lock.yaml'))) ?? '';
    const [before, after] = [npm.readLock(old, []), pnpm.readLock(text, [])];
    if (typeof before === 'string') throw unfit(`package-lock.json cannot be read. ${before}`);
    if (typeof after === 'string') throw unfit(`pnpm-lock.yaml cannot be read. ${after}`);
    const changes: readonly FileChange[] = [
      { path: 'package-lock.json', before: old, after: undefined },
      { path: 'pnpm-lock.yaml', before: undefined, after: text },
    ];
    return { changes, findings: moved(before, after, declaredIn(texts)) };
  } finally {
    await forgetKept(scratch);
  }
}

async function imported({ version, scratch: root, env, run }: ConvertLock, signal: AbortSignal): Promise<void> {
  const { program } = await findManager({ name: 'pnpm', version }, { root, env, run }, signal);
  const [file, ...words] = program.words;
  const { exitCode, output, errors } = await run(
    { command: [file, ...words, 'import'], cwd: root, env: installEnvironment(env), timeoutMs: importTimeoutMs },
    signal,
  );
  if (exitCode === 0) return;
  const said = redact(`${output}\n${errors}`, secretsIn(env)).trim().split('\n').slice(-5).join(' ');
  throw unfit(`\`pnpm import\` ended with ${exitCode}: ${said}`);
}

/** Packages that pnpm has at versions which npm has not, and packages that it leaves out. */
function moved(before: Lock, after: Lock, declared: ReadonlySet<string>): readonly Finding[] {
  const [old, fresh] = [versionsOf(before), versionsOf(after)];
  const found: Finding[] = [];
  for (const [name, versions] of fresh) {
    const news = [...versions].filter((version) => !old.get(name)?.has(version));
    if (news.length === 0) continue;
    const message = `pnpm resolves ${name} to ${news.join(', ')}, where npm has ${[...(old.get(name) ?? ['none'])].join(', ')}.`;
    if (declared.has(name)) throw unfit(message);
    const cure = 'Pin it in `overrides` of package.json, install, commit and plan again; or take the new version.';
    found.push({ rule: 'install/lock-moved', severity: 'warning', message, cure, object: name });
  }
  const gone = [...old].flatMap(([name, versions]) =>
    [...versions].filter((version) => !fresh.get(name)?.has(version)).map((version) => `${name} ${version}`),
  );
  if (gone.length === 0) return found;
  const more = gone.length > namesShown ? ` and ${gone.length - namesShown} more` : '';
  const message = `pnpm does not install ${gone.slice(0, namesShown).join(', ')}${more}, which package-lock.json has.`;
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

function versionsOf({ packages }: Lock): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { name, version } of packages) found.set(name, (found.get(name) ?? new Set()).add(version));
  return found;
}

function declaredIn(texts: ReadonlyMap<string, string>): ReadonlySet<string> {
  const parsed = [...texts]
    .filter(([path]) => baseName(path) === 'package.json')
    .map(([path, text]) => parseManifest(path, text));
  return new Set(
    parsed.flatMap((one) => (one.kind === 'manifest' ? one.manifest.dependencies.map(({ name }) => name) : [])),
  );
}

function unfit(why: string) {
  return fail('unsafe-change', {
    what: 'No plan was made: the lock file cannot be taken over at the same versions.',
    why,
    next: 'Mend what it names with npm, commit that, and plan again.',
  });
}
