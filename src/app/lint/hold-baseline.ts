import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import { baselineOf, baselineText, parseBaseline, splitByBaseline } from '#db/lint/baseline';
import { orBadInput } from './or-bad-input.ts';

/** Findings that are held against the user, and those that the baseline knows. */
export type Held = {
  readonly fresh: readonly Finding[];
  readonly known: readonly Finding[];
  readonly notices: readonly string[];
};

/**
 * Divides findings by the baseline, or writes it anew. Throws `bad-input` for a baseline that is not there or cannot be
 * read, and where one is to be written and no name is given.
 */
export async function holdBaseline(
  findings: readonly Finding[],
  request: {
    readonly path: string | undefined;
    readonly isUpdate: boolean;
    readonly isCovered: (file: string) => boolean;
    readonly cwd: string;
  },
): Promise<Held> {
  const { path, isUpdate, cwd, isCovered } = request;
  if (path === undefined) {
    if (isUpdate) throw noName();
    return { fresh: findings, known: [], notices: [] };
  }
  const file = resolve(cwd, path);
  if (isUpdate) {
    orBadInput(() => writeFileSync(file, baselineText(baselineOf(findings))), {
      what: `The baseline ${path} cannot be written.`,
      next: 'Name a file in a folder that is there and may be written to.',
    });
    return { fresh: [], known: findings, notices: [`${path} holds the ${findings.length} findings of now.`] };
  }
  if (!existsSync(file)) throw missing(path);
  const text = orBadInput(() => readFileSync(file, 'utf8'), {
    what: `The baseline ${path} cannot be read.`,
    next: 'Name the file that --update-baseline has written.',
  });
  const baseline = parseBaseline(text, path);
  const { fresh, known, gone } = splitByBaseline(findings, { baseline, isCovered });
  const notices =
    gone.length === 0
      ? []
      : [
          `${gone.length} of the findings in ${path} ${gone.length === 1 ? 'is' : 'are'} gone: write it anew with --update-baseline.`,
        ];
  return { fresh, known, notices };
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
