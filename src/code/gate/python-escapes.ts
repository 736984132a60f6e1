import type { SgNode } from '@ast-grep/napi';
import { parseWith, registerGrammars } from '../jssg/grammars.ts';
import type { Escape } from './measurement.ts';

/** A Python file without any of these words needs no parser. */
export const suspiciousPython = /\bAny\b|type:\s*ignore|pyright:|mypy:|noqa|pylint:|\bskip\w*\b|xfail|expectedFailure/i;

/** Escapes in one Python file: `Any` in annotations, comments that silence type checkers and linters, skips of tests. */
export function pythonEscapesOf(file: string, text: string): readonly Escape[] {
  registerGrammars(undefined);
  const lines = text.split('\n');
  const nodes = parseWith('python', text)
    .root()
    .findAll({ rule: { any: ['comment', 'identifier', 'attribute', 'string'].map((kind) => ({ kind })) } });
  return nodes.flatMap((node): readonly Escape[] => {
    const { line, column } = node.range().start;
    const at = (kind: Escape['kind'], offset: number): Escape => ({
      kind,
      file,
      line: line + 1,
      column: column + offset + 1,
      text: (lines[line] ?? '').trim().slice(0, 300),
    });
    if (node.kind() === 'string') return quotedAny(node).map((offset) => at('any', offset));
    const kind = escapeOf(node);
    return kind === undefined ? [] : [at(kind, 0)];
  });
}

const comments: readonly (readonly [Escape['kind'], RegExp])[] = [
  ['type-ignore', /#\s*type:\s*ignore\b|#\s*pyright:\s*(ignore|basic|off)\b|^#\s*mypy:\s*(ignore-errors|disable)/],
  ['lint-disable', /#\s*((ruff|flake8):\s*)?noqa\b|#\s*pylint:\s*(disable|skip-file)/i],
];

const skips =
  /^(pytest\.(mark\.(skip|skipif|xfail)|skip|xfail)|unittest\.(skip|skipIf|skipUnless|expectedFailure|SkipTest)|self\.skipTest)$/;
/** Names of `unittest` as they stand above a test when they are imported by themselves. */
const skipNames = /^(skip|skipIf|skipUnless|expectedFailure)$/;

function escapeOf(node: SgNode): Escape['kind'] | undefined {
  const text = node.text();
  if (node.kind() === 'comment') return comments.find(([, pattern]) => pattern.test(text))?.[0];
  if (node.kind() === 'attribute') return skips.test(text.replaceAll(/\s/g, '')) ? 'test-skip' : undefined;
  if (text === 'Any') return isInType(node) ? 'any' : undefined;
  return skipNames.test(text) && isDecorator(node) ? 'test-skip' : undefined;
}

/** In an annotation, or in the bound of a type variable. */
function isInType(node: SgNode): boolean {
  if (node.inside({ rule: { kind: 'type' } })) return true;
  const call = node
    .ancestors()
    .find((one) => one.kind() === 'keyword_argument')
    ?.parent()
    ?.parent();
  return call?.kind() === 'call' && /(?:^|\.)TypeVar$/.test(call.field('function')?.text() ?? '');
}

/** An annotation may stand in quotes, until the file is for a Python that reads it late. */
function quotedAny(node: SgNode): readonly number[] {
  if (!node.inside({ rule: { kind: 'type' } })) return [];
  return [...node.text().matchAll(/\bAny\b/g)].map(({ index }) => index);
}

function isDecorator(node: SgNode): boolean {
  const parent = node.parent();
  return parent?.kind() === 'decorator' || (parent?.kind() === 'call' && parent.parent()?.kind() === 'decorator');
}
