import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import {
  type Baseline,
  baselineOf,
  baselineText,
  type FileNaming,
  parseBaseline,
  splitByBaseline,
} from '#db/lint/baseline';
import { orBadInput } from './or-bad-input.ts';
import { shownPath } from './shown-path.ts';

/** A baseline that findings are held against, or that they are to be written into. */
export type OpenBaseline = {
  /** What it calls the files of findings, and what those are called here. */
  readonly nameOf: FileNaming;
  readonly fileOf: FileNaming;
  readonly use:
    | { readonly kind: 'none' }
    | { readonly kind: 'write'; readonly path: string }
    | { readonly kind: 'hold'; readonly path: string; readonly baseline: Baseline };
};

/** Findings that are held against the user, and those that the baseline knows. */
export type Held = {
  readonly fresh: readonly Finding[];
  readonly known: readonly Finding[];
  readonly notices: readonly string[];
};

/**
 * Reads the baseline that was asked for. Throws `bad-input` for one that is not there or cannot be read, and where one is
 * to be written and no name is given.
 */
export function openBaseline({
  path,
  isUpdate,
  cwd,
}: {
  readonly path: string | undefined;
  readonly isUpdate: boolean;
  readonly cwd: string;
}): OpenBaseline {
  if (path === undefined) {
    if (isUpdate) throw noName();
    return { ...asShown, use: { kind: 'none' } };
  }
  const file = resolve(cwd, path);
  const fromIt = between(cwd, dirname(file));
  if (isUpdate) return { ...fromIt, use: { kind: 'write', path } };
  if (!existsSync(file)) throw missing(path);
  const text = orBadInput(() => readFileSync(file, 'utf8'), {
    what: `The baseline ${path} cannot be read.`,
    next: 'Name the file that --update-baseline has written.',
  });
  const baseline = parseBaseline(text, path);
  return { ...(baseline.version === 1 ? asShown : fromIt), use: { kind: 'hold', path, baseline } };
}

/** Divides findings by the baseline, or writes it anew. Throws `bad-input` where it cannot be written. */
export function holdBaseline(
  findings: readonly Finding[],
  {
    open: { nameOf, fileOf, use },
    isCovered,
    cwd,
  }: { readonly open: OpenBaseline; readonly isCovered: (file: string) => boolean; readonly cwd: string },
): Held {
  if (use.kind === 'none') return { fresh: findings, known: [], notices: [] };
  const { path } = use;
  if (use.kind === 'write') {
    orBadInput(() => writeFileSync(resolve(cwd, path), baselineText(baselineOf(findings, nameOf))), {
      what: `The baseline ${path} cannot be written.`,
      next: 'Name a file in a folder that is there and may be written to.',
    });
    return { fresh: [], known: findings, notices: [`${path} holds the ${findings.length} findings of now.`] };
  }
  const { fresh, known, gone } = splitByBaseline(findings, {
    baseline: use.baseline,
    nameOf,
    isCovered: (name) => isCovered(fileOf(name)),
  });
  const verb = gone.length === 1 ? 'is' : 'are';
  const notice = `${gone.length} of the findings in ${path} ${verb} gone: write it anew with --update-baseline.`;
  return { fresh, known, notices: gone.length === 0 ? [] : [notice] };
}

const asShown = { nameOf: (file: string) => file, fileOf: (name: string) => name };

/** Names of files as they are from one folder, and from another. Standard input is nowhere. */
function between(cwd: string, folder: string): Pick<OpenBaseline, 'nameOf' | 'fileOf'> {
  const names = new Map<string, string>();
  const nameOf = (file: string): string => {
    const name = names.get(file) ?? (file === '-' ? file : shownPath(resolve(cwd, file), folder));
    names.set(file, name);
    return name;
  };
  return { nameOf, fileOf: (name) => (name === '-' ? name : shownPath(resolve(folder, name), cwd)) };
}

function noName(): Error {
  return fail('bad-input', {
    what: 'There is no baseline to update.',
    why: 'Neither --baseline nor lint.baseline of the configuration names a file.',
    next: 'Name it: `godwit lint migrations/ --baseline lint-baseline.json --update-baseline`.',
  });
}

function missing(path: string): Error {
  return fail('bad-input', {
    what: `The baseline ${path} is not there.`,
    why: 'It is made once, from the findings that a project begins with.',
    next: `Make it: \`godwit lint migrations/ --baseline ${path} --update-baseline\`.`,
  });
}
