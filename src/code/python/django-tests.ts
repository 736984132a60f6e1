import type { DjangoTests } from './snapshot.ts';

/** Files that say with which settings tests run, the likeliest first. */
const telling =
  /^(tox\.ini|setup\.cfg|pyproject\.toml|noxfile\.py|Makefile|justfile|[\w-]+\.sh|\.github\/workflows\/[^/]+\.ya?ml)$/;
const program = /^(run_?tests?|quick_?test)\.py$/i;

/** What must be read of a tree to know how the tests of its Django run. */
export function tellsOfDjango(path: string): boolean {
  return telling.test(path) || program.test(path) || /(^|\/)manage\.py$/.test(path);
}

/**
 * How the tests of a Django project or application run: by its one `manage.py`, by a program of its own (`runtests.py`), or with
 * the settings that tox, a script or a workflow names, if the tree has them. Undefined where it is none. Pure.
 */
export function djangoTestsOf(own: readonly string[], said: ReadonlyMap<string, string>): DjangoTests | undefined {
  const [manage, ...others] = own.filter((path) => /(^|\/)manage\.py$/.test(path));
  if (manage !== undefined && (manage === 'manage.py' || others.length === 0)) {
    const settings = /DJANGO_SETTINGS_MODULE\W+([\w.]+)/.exec(said.get(manage) ?? '')?.[1];
    const folder = manage.slice(0, -'manage.py'.length) || '.';
    return { by: 'settings', folder, ...(settings === undefined ? {} : { settings }) };
  }
  const runs = own.find((path) => program.test(path) && /\bdjango\b/.test(said.get(path) ?? ''));
  if (runs !== undefined) return { by: 'program', program: runs };
  const files = new Set(own);
  const settings = [...said]
    .filter(([path]) => telling.test(path))
    .flatMap(([, text]) => [...text.matchAll(/(?:DJANGO_SETTINGS_MODULE|--(?:settings|ds)\b)[^\w.\n]+([\w.]+)/g)])
    .map(([, name = '']) => name)
    .find((name) => ['.py', '/__init__.py'].some((end) => files.has(`${name.replaceAll('.', '/')}${end}`)));
  return settings === undefined ? undefined : { by: 'settings', folder: '.', settings };
}
