import { inspectPythonFiles } from '#code/python/inspect-python';
import type { PythonGoal } from '#code/python/python-goal';
import { raisePython } from '#code/python/raise-python';
import { applyFileEdits } from '#code/text/apply-file-edits';

/** Files of a tree as an upgrade of Python leaves them, and what it says. */
export async function raisePythons(files: Readonly<Record<string, string>>, goal: PythonGoal) {
  const paths = Object.keys(files);
  const snapshot = await inspectPythonFiles(paths, async (path) => ({ kind: 'text', text: files[path] ?? '' }));
  const { files: edits, floor, findings, from } = raisePython(snapshot.versions, goal, (path) => files[path]);
  const after = Object.fromEntries(
    paths.map((path) => [
      path,
      edits.filter((one) => one.path === path).reduce((text, one) => applyFileEdits(one, text), files[path] ?? ''),
    ]),
  );
  return { after, floor, from, findings, rules: findings.map(({ rule }) => rule) };
}
