import type { SgNode } from '@ast-grep/napi';
import { bare, isNameOf, partsOf } from '../../../python-source/nodes.ts';
import type { PythonFile } from './python-file.ts';

/** What a condition on the version of Python comes to where the oldest that must be served is known. */
export function versionTest(py: PythonFile, condition: SgNode | null | undefined): 'always' | 'never' | undefined {
  const test = bare(condition);
  if (test === undefined) return undefined;
  const isNot = test.is('not_operator');
  const operand = isNot ? bare(test.field('argument')) : test;
  if (isNameOf(py, operand, ['six'], ['PY2'])) return isNot ? 'always' : 'never';
  if (isNameOf(py, operand, ['six'], ['PY3'])) return isNot ? 'never' : 'always';
  return test.is('comparison_operator') ? compared(py, test) : undefined;
}

function compared(py: PythonFile, test: SgNode): 'always' | 'never' | undefined {
  const [left, right, ...more] = partsOf(test);
  const operator = test
    .children()
    .find((child) => !child.isNamed())
    ?.text();
  if (left === undefined || right === undefined || more.length > 0 || operator === undefined) return undefined;
  const number = integer(right);
  if (isNameOf(py, bare(left), ['sys'], ['version_info'])) {
    if (operator === '==') return ofMajor(operator, number);
    const version = minorOf(bare(right));
    return version === undefined ? undefined : ofMinor(operator, version, py.settings.minor);
  }
  return isMajor(py, bare(left)) ? ofMajor(operator, number) : undefined;
}

function ofMajor(operator: string, number: number | undefined): 'always' | 'never' | undefined {
  if ((operator === '==' && number === 2) || (operator === '<' && number === 3)) return 'never';
  return (operator === '==' || operator === '>=') && number === 3 ? 'always' : undefined;
}

function ofMinor(operator: string, version: number, minor: number): 'always' | 'never' | undefined {
  if (operator === '<' && version <= minor) return 'never';
  if (operator === '<=' && version < minor) return 'never';
  if (operator === '>=' && version <= minor) return 'always';
  return operator === '>' && (version < minor || version === 0) ? 'always' : undefined;
}

/** `sys.version_info[0]` or `sys.version_info.major`. */
function isMajor(py: PythonFile, node: SgNode | undefined): boolean {
  if (node?.is('attribute') === true) {
    return node.field('attribute')?.text() === 'major' && isNameOf(py, node.field('object'), ['sys'], ['version_info']);
  }
  if (node?.is('subscript') !== true) return false;
  const [value, index, ...more] = partsOf(node);
  return more.length === 0 && integer(index) === 0 && isNameOf(py, value, ['sys'], ['version_info']);
}

function integer(node: SgNode | undefined): number | undefined {
  const inner = bare(node);
  return inner?.is('integer') === true ? Number(inner.text()) : undefined;
}

/** The minor of a tuple `(3, minor)`, with zeros behind it at most; `(3,)` is 0. */
function minorOf(node: SgNode | undefined): number | undefined {
  if (node?.is('tuple') !== true) return undefined;
  const numbers = partsOf(node).map(integer);
  const [major, minor = 0, ...rest] = numbers;
  if (numbers.some((one) => one === undefined) || major !== 3 || rest.some((one) => one !== 0)) return undefined;
  return minor;
}
