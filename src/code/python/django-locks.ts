import type { Finding } from '#core/finding';
import { baseName } from '../text/search-text.ts';
import type { DjangoGoal } from './django-goal.ts';

const locks: Readonly<Record<string, string>> = {
  'uv.lock': 'uv lock --upgrade-package django',
  'poetry.lock': 'poetry update django',
  'Pipfile.lock': 'pipenv update django',
  'pdm.lock': 'pdm update django',
};

/** Lock files, which their own tool writes anew. Pure. */
export function djangoLocks(files: readonly string[], { release }: DjangoGoal): readonly Finding[] {
  return files.flatMap((file): readonly Finding[] => {
    const command = locks[baseName(file)];
    if (command === undefined) return [];
    return [
      {
        rule: 'tree/django-lock',
        severity: 'warning',
        message: `${file} still holds the Django of before: only its own tool knows what goes with Django ${release}.`,
        cure: `Run \`${command}\` on the branch, where the gate waits.`,
        file,
        object: 'django',
      },
    ];
  });
}
