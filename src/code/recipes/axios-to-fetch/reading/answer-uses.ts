import type { SgNode } from '@ast-grep/napi';
import { declarationOf, usesOf } from '../../../engine/scope.ts';
import { isAwaitedWithin, isExported } from './client-call.ts';

const parts = new Set(['data', 'status', 'statusText']);
const wrappers = new Set(['parenthesized_expression', 'as_expression', 'satisfies_expression', 'non_null_expression']);
const escaped = 'its answer goes where its use is not seen';

/**
 * Why what becomes of an answer cannot be proven equal: only its data, status and single headers may be read. `returned` says why
 * it may not be returned from a function, if it may not. Pure.
 */
export function answerRefusal(call: SgNode, returned: string | undefined): string | undefined {
  const parent = call.parent();
  if (isReturned(call)) return returned;
  if (parent?.is('await_expression') === true) return valueRefusal(parent, returned);
  if (isAwaitedWithin(call) && parent?.is('member_expression') !== true) return valueRefusal(call, returned);
  const isThen = parent?.is('member_expression') === true && parent.field('property')?.text() === 'then';
  const then = isThen ? parent.parent() : undefined;
  return then?.is('call_expression') === true ? callbackRefusal(then, returned) : escaped;
}

/** `.then(({ data }) => …)` and `.then((answer) => …)`. */
function callbackRefusal(then: SgNode, returned: string | undefined): string | undefined {
  const callback = then.field('arguments')?.namedChildren()[0];
  if (callback?.is('arrow_function') !== true && callback?.is('function_expression') !== true) return escaped;
  const listed = callback.field('parameters')?.namedChildren() ?? [];
  const single = callback.field('parameter') ?? listed[0]?.field('pattern') ?? listed[0];
  if (listed.length > 1) return escaped;
  return single === null || single === undefined ? undefined : boundRefusal(single, returned);
}

function valueRefusal(awaited: SgNode, returned: string | undefined): string | undefined {
  let value = awaited;
  let parent = value.parent();
  while (parent !== null && wrappers.has(String(parent.kind()))) {
    value = parent;
    parent = value.parent();
  }
  if (isReturned(value)) return returned;
  if (parent?.is('expression_statement') === true) return undefined;
  if (parent?.is('member_expression') === true) return memberRefusal(parent);
  if (parent?.is('variable_declarator') === true) return boundRefusal(parent.field('name'), returned);
  const left = parent?.is('assignment_expression') === true ? parent.field('left') : null;
  return left?.is('identifier') === true ? boundRefusal(declarationOf(left) ?? null, returned) : escaped;
}

function boundRefusal(name: SgNode | null, returned: string | undefined): string | undefined {
  if (name?.is('object_pattern') === true) return patternRefusal(name);
  if (name?.is('identifier') !== true || isExported(name)) return escaped;
  for (const use of usesOf(name)) {
    const member = use.parent();
    if (member?.is('assignment_expression') === true && member.field('left')?.id() === use.id()) continue;
    if (isReturned(use)) {
      if (returned !== undefined) return returned;
      continue;
    }
    if (member?.is('member_expression') !== true || member.field('object')?.id() !== use.id()) return escaped;
    const why = memberRefusal(member);
    if (why !== undefined) return why;
  }
  return undefined;
}

function patternRefusal(pattern: SgNode): string | undefined {
  for (const part of pattern.namedChildren()) {
    const key = part.is('pair_pattern') ? part.field('key')?.text() : part.text();
    if (key === undefined || !parts.has(key)) return `\`${part.text()}\` of its answer is not proven equal`;
  }
  return undefined;
}

/** `answer.data`, `answer.headers['x-total']`. */
function memberRefusal(member: SgNode): string | undefined {
  const name = member.field('property')?.text() ?? '';
  if (parts.has(name)) return isWritten(member) ? `\`${member.text()}\` is written to` : undefined;
  const outer = member.parent();
  const isRead = outer?.is('member_expression') === true || outer?.is('subscript_expression') === true;
  const key = outer?.is('subscript_expression') === true ? outer.field('index') : outer?.field('property');
  const isOne = /^(['"]?)(?!set-cookie|get$|has$|set$)[a-z][a-z0-9-]*\1$/.test(key?.text() ?? '');
  const isCalled =
    outer?.parent()?.is('call_expression') === true && outer.parent()?.field('function')?.id() === outer.id();
  return name === 'headers' && isRead && isOne && !isCalled ? undefined : `\`${member.text()}\` is not proven equal`;
}

function isReturned(value: SgNode): boolean {
  const parent = value.parent();
  if (parent?.is('return_statement') === true) return true;
  return parent?.is('arrow_function') === true && parent.field('body')?.id() === value.id();
}

function isWritten(member: SgNode): boolean {
  const parent = member.parent();
  return parent?.is('assignment_expression') === true && parent.field('left')?.id() === member.id();
}
