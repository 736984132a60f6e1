import { isNameOf } from '../../../python-source/nodes.ts';
import type { Unresolved } from '../../../recipe.ts';
import type { PythonFile } from './python-file.ts';

/** From this Python on `X | None` is a `typing.Union` too (what is new in Python 3.14). */
const sameFrom = 14;
const readers = ['get_type_hints', 'get_origin', 'get_args'];

/** Places that take types apart while a program runs, where `X | None` is another type than `Optional[X]`. */
export function readersOfTypes(py: PythonFile): readonly Unresolved[] {
  if (py.settings.minor >= sameFrom) return [];
  const calls = py
    .callsOf(...readers)
    .filter((call) => isNameOf(py, call.field('function'), ['typing', 'typing_extensions'], readers));
  return calls.map((call) => {
    const { start, end } = call.range();
    return {
      offset: start.index,
      length: end.index - start.index,
      message:
        'This reads types while the program runs, and unions of this file are now written with `|`: before Python 3.14 the origin of those is types.UnionType and not typing.Union, and before 3.10 they cannot be evaluated.',
      cure: 'Where this asks for typing.Union, ask for types.UnionType too; or write `Optional` and `Union` again for the types that it reads.',
      evidence: 'https://docs.python.org/3/library/stdtypes.html#types-union',
    };
  });
}
