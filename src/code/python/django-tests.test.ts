import { expect, it } from 'vitest';
import { inspectPythonFiles } from './inspect-python.ts';
import { pythonChecks } from './python-checks.ts';

/** What somebody would type for the tests of a tree. */
async function testsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const snapshot = await inspectPythonFiles(Object.keys(files), async (path) => ({
    kind: 'text',
    text: files[path] ?? '',
  }));
  const { checks } = pythonChecks(snapshot, { python: 'python3', modules: ['django', 'pytest'], overrides: {} });
  return checks.filter(({ kind }) => kind === 'test').flatMap(({ commands }) => commands.map(({ shown }) => shown));
}

const app = { 'app/models.py': '', 'app/tests/test_models.py': '' };
const manage = 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site.settings")\n';

it.each([
  [{ 'manage.py': manage }, 'python -m django test --settings=site.settings'],
  [{ 'web/manage.py': manage }, 'python -m django test --settings=site.settings in web/'],
  [{ 'a/manage.py': manage, 'b/manage.py': manage }, 'python -m unittest'],
  [
    { 'run.sh': 'export DJANGO_SETTINGS_MODULE="test_settings"\n', 'test_settings.py': '' },
    'python -m django test --settings=test_settings',
  ],
  [
    {
      'tox.ini': '[testenv]\ncommands = python -m django test --settings=app.tests.settings\n',
      'app/tests/settings.py': '',
    },
    'python -m django test --settings=app.tests.settings',
  ],
  [{ 'tox.ini': '[testenv]\nsetenv = DJANGO_SETTINGS_MODULE=elsewhere.settings\n' }, 'python -m unittest'],
  [{ 'runtests.py': 'import django\ndjango.setup()\n' }, 'python runtests.py'],
  [{ 'runtests.py': 'import unittest\n' }, 'python -m unittest'],
  [{ 'manage.py': manage, 'pytest.ini': '[pytest]\n' }, 'python -m pytest'],
])('%j: %s', async (files, shown) => expect(await testsOf({ ...app, ...files })).toEqual([shown]));
