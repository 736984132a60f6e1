import type { SgNode } from '@ast-grep/napi';
import { renamed } from '../../../python-source/calls.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import { argumentsOf, bare, isAttribute, nameOf, partsOf, startOf } from '../../../python-source/nodes.ts';
import { argumentStretches, at, firstToken, replaceTokens, type Stretch } from '../../../python-source/tokens-at.ts';
import { pythonTransform } from '../editing/python-transform.ts';
import type { PythonFile } from '../reading/python-file.ts';

const aliases: readonly {
  readonly to: string;
  readonly module?: string;
  readonly name: string;
  readonly since: number;
}[] = [
  { to: 'OSError', module: 'mmap', name: 'error', since: 0 },
  { to: 'OSError', module: 'os', name: 'error', since: 0 },
  { to: 'OSError', module: 'select', name: 'error', since: 0 },
  { to: 'OSError', module: 'socket', name: 'error', since: 0 },
  { to: 'OSError', name: 'IOError', since: 0 },
  { to: 'OSError', name: 'EnvironmentError', since: 0 },
  { to: 'OSError', name: 'WindowsError', since: 0 },
  { to: 'TimeoutError', module: 'socket', name: 'timeout', since: 10 },
  { to: 'TimeoutError', module: 'asyncio', name: 'TimeoutError', since: 11 },
];

function aliasOf(py: PythonFile, node: SgNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  const plain = nameOf(node);
  return aliases.find(({ module, name, since }) => {
    if (since > py.settings.minor) return false;
    if (module === undefined) return plain === name;
    return isAttribute(node, [module], [name]) || (plain === name && py.imports(module, name, startOf(node)));
  })?.to;
}

/** `IOError` is `OSError`. */
export const exceptionAliases = pythonTransform({
  id: 'exception-aliases',
  why: 'The exceptions of the system are one since Python 3.3; the other names are aliases.',
  mentions: ['Error', 'error', 'timeout'],
  find: (py) => [
    ...py.all('raise_statement').flatMap((statement) => {
      const raised = bare(partsOf(statement)[0]);
      return [
        ...renamedAlias(py, raised),
        ...(raised?.is('call') === true ? renamedAlias(py, raised.field('function') ?? undefined) : []),
      ];
    }),
    ...handled(py).flatMap((type) => (type.is('tuple') ? tupleFix(py, type) : renamedAlias(py, type))),
  ],
});

function renamedAlias(py: PythonFile, node: SgNode | undefined): readonly Fix[] {
  const to = aliasOf(py, node);
  return node === undefined || to === undefined ? [] : [renamed(py, node, to)];
}

/** What each `except` names. */
function handled(py: PythonFile): readonly SgNode[] {
  return py.all('except_clause').flatMap((clause) => {
    const [first] = partsOf(clause);
    if (first === undefined || first.is('block')) return [];
    const type = bare(first.is('as_pattern') ? partsOf(first)[0] : first);
    return type === undefined ? [] : [type];
  });
}

function tupleFix(py: PythonFile, tuple: SgNode): readonly Fix[] {
  const names = partsOf(tuple).map((one) => aliasOf(py, bare(one)));
  if (!names.some((name) => name !== undefined)) return [];
  const open = firstToken(py, tuple);
  const { args, end } = argumentStretches(py, open);
  const texts = args.map((arg, index) => names[index] ?? withoutComments(py, arg));
  return [foldFix(py, [open, end], texts)];
}

function withoutComments(py: PythonFile, [from, to]: Stretch): string {
  return py.tokens
    .slice(from, to)
    .filter(({ kind }) => kind !== 'comment')
    .map(({ start, end }) => py.text.slice(start, end))
    .join('')
    .trim();
}

function foldFix(py: PythonFile, [open, end]: Stretch, texts: readonly string[]): Fix {
  const unique = [...new Set(texts)];
  const [only = ''] = unique;
  const isGlued = at(py, open - 1).kind !== 'space';
  return [
    replaceTokens(py, [open, end], unique.length > 1 ? `(${unique.join(', ')})` : `${isGlued ? ' ' : ''}${only}`),
  ];
}

/** `except (A, A)` is `except A`. */
export const repeatedTypes = pythonTransform({
  id: 'repeated-types',
  why: 'A type that is named twice is checked twice.',
  mentions: ['except', 'isinstance', 'issubclass'],
  find: (py) => {
    const checked = py.callsOf('isinstance', 'issubclass').flatMap((call) => {
      const { positional, hasStar } = argumentsOf(call);
      const isCheck =
        ['isinstance', 'issubclass'].includes(nameOf(call.field('function')) ?? '') &&
        positional.length === 2 &&
        !hasStar;
      return isCheck ? [bare(positional[1])] : [];
    });
    return [...checked, ...handled(py)].flatMap((tuple) => {
      if (tuple?.is('tuple') !== true || !hasRepeated(tuple)) return [];
      const open = firstToken(py, tuple);
      const { args, end } = argumentStretches(py, open);
      return [
        foldFix(
          py,
          [open, end],
          args.map((arg) => withoutComments(py, arg)),
        ),
      ];
    });
  },
});

function hasRepeated(tuple: SgNode): boolean {
  const names = partsOf(tuple).flatMap((one) => dotted(bare(one)) ?? []);
  return new Set(names).size < names.length;
}

function dotted(node: SgNode | undefined): string | undefined {
  if (node?.is('identifier') === true) return node.text();
  if (node?.is('attribute') !== true) return undefined;
  const object = dotted(bare(node.field('object')));
  return object === undefined ? undefined : `${object}.${node.field('attribute')?.text()}`;
}
