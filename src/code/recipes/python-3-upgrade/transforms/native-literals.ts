import type { SgNode } from '@ast-grep/napi';
import { rewrittenCall } from '../../../python-source/calls.ts';
import { isFormatted, literalOf } from '../../../python-source/literals.ts';
import { argumentsOf, bare, isNameOf, nameOf, partsOf } from '../../../python-source/nodes.ts';
import {
  argumentStretches,
  closingOf,
  firstToken,
  openingOf,
  replaceTokens,
} from '../../../python-source/tokens-at.ts';
import { pythonTransform } from '../editing/python-transform.ts';
import { onlyArgument } from '../reading/only-argument.ts';
import type { PythonFile } from '../reading/python-file.ts';

/** `str('a')` is `'a'`, `bytes()` is `b''`. */
export const nativeLiterals = pythonTransform({
  id: 'native-literals',
  why: 'A literal is of its type already.',
  mentions: ['str', 'bytes', 'ensure_text', 'text_type'],
  find: (py) =>
    py.callsOf('str', 'bytes', 'ensure_str', 'ensure_text', 'text_type').flatMap((call) => {
      const kind = nativeKind(py, call);
      if (kind === undefined) return [];
      const { args, end } = argumentStretches(py, openingOf(py, call.field('arguments')));
      const start = firstToken(py, call);
      if (py.tokens.slice(start, end).some((token) => token.kind === 'nl')) return [];
      if (args.length === 0) return [[replaceTokens(py, [start, end], kind === 'str' ? "''" : "b''")]];
      return [rewrittenCall(py, call, { write: (parts) => parts.args[0] ?? '' })];
    }),
});

/** What a call makes of a literal that is it already. */
export function nativeKind(py: PythonFile, call: SgNode): 'str' | 'bytes' | undefined {
  const callee = call.field('function');
  const { positional, keywords, hasStar } = argumentsOf(call);
  if (keywords.length > 0 || hasStar || positional.length > 1) return undefined;
  const isText = nameOf(callee) === 'str' || isNameOf(py, callee, ['six'], ['ensure_str', 'ensure_text', 'text_type']);
  const kind = isText ? 'str' : nameOf(callee) === 'bytes' ? 'bytes' : undefined;
  if (kind === undefined || positional.length === 0) return kind;
  const isOwn = literalOf(positional[0])?.kind === kind && !isFormatted(positional[0]);
  return isOwn ? kind : undefined;
}

/** `type('')` is `str`. */
export const typeOfPrimitive = pythonTransform({
  id: 'type-of-primitive',
  why: 'The type of a literal has a name.',
  mentions: ['type'],
  find: (py) =>
    py.callsOf('type').flatMap((call) => {
      const name = primitiveOf(onlyArgument(call, 'type'));
      const start = firstToken(py, call);
      const open = openingOf(py, call.field('arguments'));
      return name === undefined ? [] : [[replaceTokens(py, [start, closingOf(py, open) + 1], name)]];
    }),
});

function primitiveOf(node: SgNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (node.is('true') || node.is('false')) return 'bool';
  if (node.is('integer')) return /j$/i.test(node.text()) ? 'complex' : 'int';
  if (node.is('float')) return /j$/i.test(node.text()) ? 'complex' : 'float';
  return isFormatted(node) ? undefined : literalOf(node)?.kind;
}

/** `defaultdict(lambda: [])` is `defaultdict(list)`. */
export const defaultdictLambda = pythonTransform({
  id: 'defaultdict-lambda',
  why: 'The type itself makes its empty value.',
  mentions: ['defaultdict'],
  find: (py) =>
    py.callsOf('defaultdict').flatMap((call) => {
      const first = argumentsOf(call).all[0];
      const made = first?.is('lambda') === true ? emptyOf(bare(first.field('body'))) : undefined;
      if (made === undefined || !isNameOf(py, call.field('function'), ['collections'], ['defaultdict'])) return [];
      const [stretch] = argumentStretches(py, openingOf(py, call.field('arguments'))).args;
      return stretch === undefined ? [] : [[replaceTokens(py, stretch, made)]];
    }),
});

function emptyOf(body: SgNode | undefined): string | undefined {
  if (body === undefined) return undefined;
  const kinds: Readonly<Record<string, string>> = { list: 'list', tuple: 'tuple', dictionary: 'dict' };
  const kind = kinds[String(body.kind())];
  if (kind !== undefined) return partsOf(body).length === 0 ? kind : undefined;
  if (body.is('false')) return 'bool';
  if (body.is('integer') || body.is('float'))
    return Number(body.text().replaceAll(/[_jJ]/g, '')) === 0 ? primitiveOf(body) : undefined;
  if (body.is('string') || body.is('concatenated_string')) return isEmptyText(body) ? 'str' : undefined;
  const name = body.is('call') && argumentsOf(body).all.length === 0 ? nameOf(body.field('function')) : undefined;
  return name !== undefined && ['dict', 'list', 'set', 'tuple'].includes(name) ? name : undefined;
}

function isEmptyText(node: SgNode): boolean {
  const literal = literalOf(node);
  return literal?.kind === 'str' && literal.value === '';
}
