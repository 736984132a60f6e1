import { expect, it } from 'vitest';
import { djangoGoal } from './django-goal.ts';
import { djangoPlacesIn } from './django-places.ts';
import { draftDjangoUpgrade } from './draft-django-upgrade.ts';
import { inspectPythonFiles } from './inspect-python.ts';
import { raiseDjango } from './raise-django.ts';

/** What a plan says beforehand, for a tree that asks for a Django and names a Python. */
async function risksOf(from: string, to: string): Promise<readonly string[]> {
  const requirements = `Django==${from}\n`;
  const snapshot = await inspectPythonFiles(['.python-version'], async () => ({ kind: 'text', text: '3.10.2\n' }));
  const places = djangoPlacesIn('requirements.txt', requirements);
  const goal = djangoGoal(to);
  const { risks } = draftDjangoUpgrade({
    intent: { kind: 'upgrade', text: `django@${to}`, options: {} },
    fingerprint: 'f',
    snapshot,
    places,
    goal,
    raised: raiseDjango(places, goal, () => requirements),
    recipes: [],
    python: 12,
    findings: [],
  });
  return risks.map(({ message }) => message);
}

it('says on which Python a Django runs, and which release with long-term support is passed', async () => {
  expect(await risksOf('4.2.7', '5.2')).toEqual([]);
  expect(await risksOf('5.2.1', '6.0')).toEqual([
    'Django 6.0 runs on Python 3.12 and newer; .python-version names 3.10.2 (python-version).',
  ]);
  expect(await risksOf('4.2.7', '6')).toEqual([
    'Django 6.1 runs on Python 3.12 and newer; .python-version names 3.10.2 (python-version).',
    'Django 4.2 to 6.1 passes 5.2, a release with long-term support, whose warnings say what the next one removes.',
  ]);
  expect(await risksOf('3.2', '5.2')).toEqual([expect.stringContaining('passes 4.2')]);
});
