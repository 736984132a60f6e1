import type { Finding } from '#core/finding';
import type { PythonProgram } from '../python/python-program.ts';
import type { Unknown } from '../snapshot.ts';

/** Says that a gate measures with another Python than it wants, since this machine lacks that. */
export function otherPython(minor: number, { version, program }: PythonProgram): readonly Finding[] {
  if (version.startsWith(`3.${minor}.`)) return [];
  return [
    {
      rule: 'gate/other-python',
      severity: 'warning',
      message: `The gate measures with Python ${version} (${program}), because no Python 3.${minor} was found on this machine: that the files run there is not proved, and what only it can run is red here.`,
      cure: `Install it (\`uv python install 3.${minor}\`, \`pyenv install 3.${minor}\`), or make a \`.venv\` with it, and apply again.`,
      object: 'python',
    },
  ];
}

/** Says by name what of a Python tree was not run. */
export function notRun({ what, why }: Unknown): Finding {
  return { rule: 'gate/not-run', severity: 'warning', message: `Not run: ${what}. ${why}`, object: what };
}
