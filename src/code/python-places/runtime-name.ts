import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';
import { mayDescribeStack } from '../version-places/function-class.ts';

/** Runtimes that a program names which writes a stack: CDK, Pulumi. */
export const runtimeName: PythonPlace = {
  id: 'runtime-name',
  role: 'mention',
  reads: 'the CDK of AWS, Pulumi',
  example: {
    path: 'stacks/shop.py',
    text: 'Function(self, "A", runtime=Runtime.PYTHON_⟦3_8⟧)\nFunction("b", runtime="python⟦3.9⟧")\n',
  },
  stays: 'it is a name of the library that writes the stack, which may be too old to know the new one',
  isIn: (path) => path.endsWith('.py') || mayDescribeStack(path),
  isCode: true,
  find: (text) =>
    [
      ...findAll(text, /\bRuntime\.PYTHON_(3_\d{1,2})\b/dg),
      ...findAll(text, /\bruntime[ \t]*[:=][ \t]*["']python(3\.\d{1,2})["']/dg),
    ].sort((one, other) => one.offset - other.offset),
};
