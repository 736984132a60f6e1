import { expect, it } from 'vitest';
import type { PlanDraft } from '#core/plan';
import { djangoGoal } from '../python/django-goal.ts';
import { djangoPlacesIn } from '../python/django-places.ts';
import { draftDjangoUpgrade } from '../python/draft-django-upgrade.ts';
import { draftPythonUpgrade } from '../python/draft-python-upgrade.ts';
import { inspectPythonFiles } from '../python/inspect-python.ts';
import { pythonGoal } from '../python/python-goal.ts';
import { raiseDjango } from '../python/raise-django.ts';
import { raisePython } from '../python/raise-python.ts';

type Files = Readonly<Record<string, string>>;
const common = { fingerprint: 'f', recipes: [], findings: [] };

async function pythonTo(version: string, files: Files): Promise<PlanDraft> {
  const snapshot = await inspectPythonFiles(Object.keys(files), async (path) => ({
    kind: 'text',
    text: files[path] ?? '',
  }));
  const goal = pythonGoal(version);
  const raised = raisePython(snapshot.versions, goal, (path) => files[path]);
  return draftPythonUpgrade({
    ...common,
    intent: { kind: 'upgrade', text: version, options: {} },
    snapshot,
    goal,
    raised,
  });
}

async function djangoTo(version: string, files: Files): Promise<PlanDraft> {
  const places = Object.entries(files).flatMap(([path, text]) => djangoPlacesIn(path, text));
  const goal = djangoGoal(version);
  const snapshot = { versions: [], files: 1, tools: [], findings: [], unknown: [] };
  const raised = raiseDjango(places, goal, (path) => files[path]);
  const intent = { kind: 'upgrade', text: version, options: {} } as const;
  return draftDjangoUpgrade({ ...common, intent, snapshot, places, goal, raised, python: 12 });
}

it('a Python below all that a tree names is refused, with the places', async () => {
  const files = { '.python-version': '3.12.1\n', 'pyproject.toml': 'requires-python = ">=3.10"\n' };
  await expect(pythonTo('3.8', files)).rejects.toMatchObject({
    code: 'bad-input',
    explanation: {
      what: 'Python 3.8 is older than the one of this tree.',
      why: expect.stringMatching(
        /^\.python-version:1:1 asks for Python 3\.12\.1, pyproject\.toml:1:20 asks for Python >=3\.10, and/,
      ),
    },
  });
  const stale = { ...files, 'ruff.toml': 'target-version = "py37"\n' };
  await expect(pythonTo('3.8', stale)).rejects.toMatchObject({ code: 'bad-input' });
  await expect(pythonTo('3.10', files)).rejects.toMatchObject({
    code: 'nothing-to-do',
    explanation: { why: expect.stringContaining('.python-version:1:1 names 3.12.1') },
  });
});

it('so is a Django', async () => {
  await expect(djangoTo('4.2', { 'requirements.txt': 'Django==5.2.1\n' })).rejects.toMatchObject({
    code: 'bad-input',
    explanation: {
      why: expect.stringMatching(/^requirements\.txt:1:7 asks for Django ==5\.2\.1, and nothing is taken/),
    },
  });
});
