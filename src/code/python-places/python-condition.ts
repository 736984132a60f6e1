// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the example is a file that is looked at
import type { PythonPlace } from '../python-place.ts';
import { matrixEntry } from '../text/matrix-values.ts';
import { findAll } from '../text/search-text.ts';
import { versionsWithin } from '../text/versions-within.ts';
import { isMatrixFile, pythonNumber, pythonWorkflow } from './python-workflow.ts';

/** `if: matrix.python-version == '3.9'` says which entry of a matrix is meant. */
export const pythonCondition: PythonPlace = {
  id: 'python-condition',
  role: 'mention',
  reads: pythonWorkflow.reads,
  example: {
    path: '.github/workflows/ci.yml',
    text: "    steps:\n      - if: matrix.python-version == '⟦3.9⟧' || matrix['py'] != ⟦3.11⟧ && '⟦3.10⟧' == matrix.python\n      - if: startsWith(matrix.python, '⟦3.9⟧') || contains(fromJSON('[\"⟦3.9⟧\", \"⟦3.10⟧\"]'), matrix.python)\n      - if: matrix.node == '3.9'\n",
  },
  isFollowing: true,
  isIn: isMatrixFile,
  find: (text) => {
    const used = [...text.matchAll(/\bpython-version["']?[ \t]*:[ \t]*["']?\$\{\{[ \t]*matrix\.([\w-]+)/g)];
    const held = matrixEntry(['[\\w-]*[pP][yY](?:thon)?[\\w-]*', ...used.map(([, name = '']) => name)].join('|'));
    const value = `['"]?${pythonNumber}(?![\\w.])`;
    return [
      ...findAll(text, new RegExp(`${held}[ \\t]*[!=]=[ \\t]*${value}`, 'dg')),
      ...findAll(text, new RegExp(`(?<![\\w.-])${value}['"]?[ \\t]*[!=]=[ \\t]*${held}`, 'dg')),
      ...findAll(text, new RegExp(`\\b(?:startsWith|endsWith|contains)\\([ \\t]*${held}[ \\t]*,[ \\t]*${value}`, 'dg')),
      ...versionsWithin(text, [
        new RegExp(`\\bcontains\\([ \\t]*fromJSON\\([ \\t]*'(\\[[^\\]]*\\])'[ \\t]*\\)[ \\t]*,[ \\t]*${held}`, 'dgi'),
      ]),
    ].sort((one, other) => one.offset - other.offset);
  },
};
