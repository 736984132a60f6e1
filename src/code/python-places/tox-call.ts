import { isCommandPlace, isSpoken } from '../command-files.ts';
import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';

/** Environments of tox and sessions of nox that a command asks for. */
export const toxCall: PythonPlace = {
  id: 'tox-call',
  role: 'language',
  reads: 'tox, nox',
  example: {
    path: '.github/workflows/ci.yml',
    text: '        include:\n          - toxenv: ⟦py39⟧\n    steps:\n      - run: tox -p -e lint,⟦py39⟧-a && nox -s tests-⟦3.9⟧\n        env: { TOXENV: "⟦py310⟧" }\n',
  },
  stays: 'which environments there are afterwards is for you to say',
  isIn: isCommandPlace,
  find: (text) =>
    [
      ...findAll(
        text,
        /(?<=\btox\b[^\n;&|]*[ \t](?:-e|run-parallel|run)[ \t=]*[^\n;&|]*)(?<![\w.])(py3\d{1,2})(?!\w)/dg,
      ),
      ...findAll(text, /(?<=\bnox\b[^\n;&|]*[ \t](?:-s|-e|--sessions?)[ \t=]*[^\n;&|]*-)(3\.\d{1,2})(?![\w.])/dg),
      ...findAll(text, /\btox[-_]?env["']?[ \t]*[:=][ \t]*["']?(?:[\w,-]*[,-])?(py3\d{1,2})(?!\w)/dgi),
    ]
      .filter(({ offset }) => !isSpoken(text.slice(text.lastIndexOf('\n', offset) + 1, offset)))
      .sort((one, other) => one.offset - other.offset),
};
