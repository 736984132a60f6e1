import { fail } from '#core/error';

/** Where Python goes to. */
export type PythonGoal = {
  readonly minor: number;
  /** A whole version such as `3.14.2`, where one was named. */
  readonly exact: string | undefined;
};

/** The Pythons that a tree can be taken to. */
const [oldest, newest] = [6, 15];

/** Turns `3.14`, or `3.14.2`, into a goal. Throws `bad-input` for what names no Python that a tree can be taken to. */
export function pythonGoal(spec: string | undefined): PythonGoal {
  const found = /^3\.(\d{1,2})(\.\d+)?$/.exec(spec?.trim() ?? '');
  const minor = Number(found?.[1]);
  if (found !== null && minor >= oldest && minor <= newest)
    return { minor, exact: found[2] === undefined ? undefined : spec?.trim() };
  throw fail('bad-input', {
    what:
      spec === undefined
        ? '`python` names no version.'
        : `\`python@${spec}\` names no version of Python that a tree can be taken to.`,
    why: `It is one of 3.${oldest} to 3.${newest}, or an exact release of them.`,
    next: 'Write e.g. `--upgrade python@3.14`.',
  });
}
