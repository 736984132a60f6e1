import type { SgNode } from '@ast-grep/napi';
import { isBoundAround } from '../../../python-source/bound-names.ts';
import { literalOf } from '../../../python-source/literals.ts';
import { bare, isNameOf } from '../../../python-source/nodes.ts';
import type { PythonFile } from './python-file.ts';

/** Built-in functions that people write for types: `typing.Any`, `Callable`, `Iterable` and others. */
const builtinFunctions = ['all', 'any', 'callable', 'id', 'iter', 'len', 'max', 'min', 'next', 'print', 'sum'];

/**
 * What `|` takes beside itself. `Union` takes each text and whatever can be called, `|` only types: beside a text or a
 * function it is a TypeError as soon as the annotation is evaluated.
 * https://docs.python.org/3/library/stdtypes.html#types-union
 */
export function isSideOfUnion(py: PythonFile, item: SgNode): boolean {
  const side = bare(item);
  if (side === undefined || literalOf(side) !== undefined || side.is('string') || side.is('concatenated_string'))
    return false;
  if (isFunction(py, side)) return false;
  if (!side.is('identifier')) return true;
  const name = side.text();
  return !functionsAndTexts(py).has(name) && (!builtinFunctions.includes(name) || isBoundAround(py, side, name));
}

function isFunction(py: PythonFile, side: SgNode): boolean {
  // `threading.Lock` is a function before Python 3.13, `RLock` is one in each.
  const isLock = isNameOf(py, side, ['threading', 'multiprocessing'], ['Lock', 'RLock']);
  return isLock || isNameOf(py, side, ['np', 'numpy'], ['array']);
}

/** Names that the file itself gives to functions and to texts. */
function functionsAndTexts(py: PythonFile): ReadonlySet<string> {
  const functions = py.all('function_definition').flatMap((node) => {
    const holder = node.parent()?.is('decorated_definition') === true ? node.parent()?.parent() : node.parent();
    return holder?.is('module') === true ? [node.field('name')?.text() ?? ''] : [];
  });
  const texts = py
    .matching('assignment', `^\\w+\\s*=\\s*\\w*["']`)
    .flatMap((node) => (literalOf(node.field('right')) === undefined ? [] : [node.field('left')?.text() ?? '']));
  return new Set([...functions, ...texts]);
}
