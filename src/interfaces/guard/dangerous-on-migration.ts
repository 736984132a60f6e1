import type { DangerousCall } from './danger.ts';

type Meant = (rest: readonly string[]) => boolean;

const repository = /(^|\/)\.git(\/(godwit|refs|objects|logs)(\/.*)?|\/?)$/;

/** What loses commits, edits or plans while a migration is on its way. */
export const dangerousOnMigration: readonly DangerousCall[] = [
  {
    programs: ['git'],
    why: 'It throws away edits and commits of a migration that is on its way.',
    instead: 'What was applied by a plan is taken back with `godwit rollback`.',
    isMeant: (rest) => byVerb[verbOf(rest)]?.(rest.slice(rest.indexOf(verbOf(rest)) + 1)) ?? false,
  },
  {
    programs: ['rm', 'mv', 'shred', 'unlink'],
    why: 'It removes the repository of a migration that is on its way, and with it the way back.',
    instead: 'What was applied by a plan is taken back with `godwit rollback`.',
    isMeant: (rest) => rest.some((word) => repository.test(word)),
  },
];

/** The verb of a call of git: the first word that is no flag of git itself, nor the value of one. */
function verbOf(rest: readonly string[]): string {
  const at = rest.findIndex((word, place) => {
    const before = rest[place - 1] ?? '';
    return (
      !word.startsWith('-') && !/^(-[cC]|--git-dir|--work-tree|--namespace|--super-prefix|--config-env)$/.test(before)
    );
  });
  return rest[at] ?? '';
}

/** True for a flag, or for what git takes for it: as much of its name as no other flag has. */
function flag(name: string, letters = ''): Meant {
  const short = new RegExp(`^-[a-zA-Z]*[${letters}][a-zA-Z]*$`);
  return (rest) =>
    beforeFiles(rest).some((word) => {
      const [own = ''] = word.split('=');
      return (letters !== '' && short.test(word)) || (own.length > 2 && `--${name}`.startsWith(own));
    });
}

/** What stands before `--`. */
function beforeFiles(rest: readonly string[]): readonly string[] {
  const end = rest.indexOf('--');
  return end === -1 ? rest : rest.slice(0, end);
}

function any(...tests: readonly Meant[]): Meant {
  return (rest) => tests.some((test) => test(rest));
}

const first =
  (...names: readonly string[]): Meant =>
  ([word = '']) =>
    names.includes(word);

const always: Meant = () => true;
const isOver = any(flag('continue'), flag('abort'), flag('skip'), flag('quit'), flag('show-current-patch'));

const byVerb: Readonly<Record<string, Meant>> = {
  reset: any(flag('hard'), flag('merge'), flag('keep')),
  checkout: any(
    flag('force', 'fB'),
    (rest) => rest.includes('.') || rest.includes('./'),
    // Files as they are at another commit, over those of the migration.
    (rest) => rest.includes('--') && rest.indexOf('--') < rest.length - 1,
  ),
  switch: any(flag('force', 'fC'), flag('force-create'), flag('discard-changes')),
  clean: flag('force', 'f'),
  restore: (rest) => !flag('staged', 'S')(rest) || flag('worktree', 'W')(rest),
  branch: flag('force', 'DfMC'),
  push: any(flag('force', 'fd'), flag('force-with-lease'), flag('mirror'), flag('delete'), (rest) =>
    rest.some((word) => /^[+:]./.test(word)),
  ),
  rebase: (rest) => !isOver(rest),
  pull: flag('rebase', 'r'),
  commit: flag('amend'),
  'read-tree': any(flag('reset'), (rest) => rest.includes('-u')),
  'checkout-index': flag('force', 'fa'),
  stash: first('drop', 'clear'),
  reflog: first('expire', 'delete'),
  'filter-branch': always,
  'filter-repo': always,
  worktree: (rest) => rest[0] === 'remove' && flag('force', 'f')(rest),
  'update-ref': (rest) => rest.includes('-d') || rest.includes('--stdin'),
  'symbolic-ref': (rest) => rest.includes('-d') || rest.includes('--delete'),
};
