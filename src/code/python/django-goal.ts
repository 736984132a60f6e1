import { fail } from '#core/error';

/** Where Django goes to. */
export type DjangoGoal = {
  /** Major and minor: `5.2`. */
  readonly release: string;
  /** A whole version such as `5.2.3`, where one was named. */
  readonly exact: string | undefined;
};

/** The oldest minor of Python 3 that each release runs on, by the release notes of each. */
const pythons: Readonly<Record<string, number>> = {
  '4.0': 8,
  '4.1': 8,
  '4.2': 8,
  '5.0': 10,
  '5.1': 10,
  '5.2': 10,
  '6.0': 12,
  '6.1': 12,
};
/** What a major alone stands for: its release with long-term support, and the newest where there is none yet. */
const majors: Readonly<Record<string, string>> = { '4': '4.2', '5': '5.2', '6': '6.1' };

/** The oldest minor of Python 3 that a Django runs on. */
export function pythonFor({ release }: DjangoGoal): number {
  return pythons[release] ?? 10;
}

/** Turns `5`, `5.2` or `5.2.3` into a goal. Throws `bad-input` for what names no Django that a tree can be taken to. */
export function djangoGoal(spec: string | undefined): DjangoGoal {
  const said = spec?.trim() ?? '';
  const [, release = '', patch] = /^(\d+\.\d+)(\.\d+)?$/.exec(majors[said] ?? said) ?? [];
  if (release in pythons) return { release, exact: patch === undefined ? undefined : said };
  throw fail('bad-input', {
    what:
      spec === undefined
        ? '`django` names no version.'
        : `\`django@${spec}\` names no version of Django that a tree can be taken to.`,
    why: `It is one of ${Object.keys(pythons).join(', ')}, a major (4 and 5 are 4.2 and 5.2, their releases with long-term support; 6 is 6.1, the newest), or an exact release of them.`,
    next: 'Write e.g. `--upgrade django@5.2`. For an older target, `godwit recipe run django-upgrade --param target-version=3.2` rewrites files only.',
  });
}

/** Releases as numbers that can be compared: `4.2` and `4.2.7` are 402, `5` is 500. */
export function releaseNumber(version: string): number {
  const [major, minor = '0'] = version.split('.');
  return Number(major) * 100 + (Number(minor) || 0);
}
