import type { SgNode } from '@ast-grep/napi';
import { spanOf } from '../../../engine/edit-node.ts';
import { replaceWhole } from '../../../python-source/calls.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import { literalOf } from '../../../python-source/literals.ts';
import { argumentsOf, bare, endOf, nameOf, startOf } from '../../../python-source/nodes.ts';
import { classAround, lastToken } from '../../../python-source/statements.ts';
import { at, firstToken, replaceTokens } from '../../../python-source/tokens-at.ts';
import type { DjangoFile } from '../reading/django-file.ts';
import { djangoTransform } from '../reading/django-transform.ts';
import { isGone, toldRemoved } from '../reading/told-removed.ts';
import { assignmentsTo } from './settings.ts';

/** The attribute's name in `self.name(…)`. */
function ofSelf(call: SgNode): SgNode | undefined {
  const callee = call.field('function');
  if (callee?.is('attribute') !== true || nameOf(callee.field('object')) !== 'self') return undefined;
  return callee.field('attribute') ?? undefined;
}

const spellings: Readonly<Record<string, string>> = {
  assertFormsetError: 'assertFormSetError',
  assertQuerysetEqual: 'assertQuerySetEqual',
};

export const assertSet = djangoTransform({
  id: 'assert-set',
  why: 'Django 4.2 writes `Set` with a capital; 5.1 removed the old spelling.',
  since: '4.2',
  only: 'test',
  mentions: Object.keys(spellings),
  find: (py) =>
    py.callsOf(...Object.keys(spellings)).flatMap((call) => {
      const name = ofSelf(call);
      const next = spellings[name?.text() ?? ''];
      return name === undefined || next === undefined ? [] : [[replaceWhole(name, next)]];
    }),
});

export const testDatabases = djangoTransform({
  id: 'test-databases',
  why: 'Tests name their databases since Django 2.2; 3.1 reads `multi_db` and `allow_database_queries` no longer.',
  since: '2.2',
  only: 'test',
  mentions: ['allow_database_queries', 'multi_db'],
  find: (py) =>
    assignmentsTo(py, 'allow_database_queries', 'multi_db').flatMap(({ statement, node, value }) => {
      const said = bare(value);
      const isBoolean = said?.is('true') === true || said?.is('false') === true;
      if (!isBoolean || classAround(statement) === undefined) return [];
      const isMulti = nameOf(node.field('left')) === 'multi_db';
      const databases = said?.is('true') === true ? '"__all__"' : isMulti ? '["default"]' : '[]';
      return [[replaceWhole(node, `databases = ${databases}`)]];
    }),
});

const methods = 'request get post head options put patch delete trace'.split(' ');

/** `self.client.get(…)`. */
export function isClientCall(node: SgNode | null | undefined, client: 'client' | 'async_client'): boolean {
  const callee = node?.is('call') === true ? node.field('function') : null;
  const object = callee?.is('attribute') === true ? callee.field('object') : null;
  return (
    methods.includes(callee?.field('attribute')?.text() ?? '') &&
    object?.is('attribute') === true &&
    object.field('attribute')?.text() === client &&
    nameOf(object.field('object')) === 'self'
  );
}

const formAssertions: Readonly<Record<string, number>> = {
  assertFormError: 4,
  assertFormsetError: 5,
  assertFormSetError: 5,
};

/** `self.assertFormError(response, "form", …)` takes the form itself. */
export const assertFormError = djangoTransform({
  id: 'assert-form-error',
  why: 'The assertions take the form, or the formset, since Django 4.1; 5.0 takes no response.',
  since: '4.1',
  only: 'test',
  mentions: Object.keys(formAssertions),
  find(py) {
    const calls = py.callsOf(...Object.keys(formAssertions)).flatMap((call) => {
      const count = formAssertions[ofSelf(call)?.text() ?? ''];
      return count === undefined ? [] : [{ call, count, fix: formFix(py, call, count) }];
    });
    return {
      fixes: calls.map(({ fix }) => fix ?? []),
      unresolved: calls.flatMap(({ call, count, fix }) =>
        fix === undefined && isGone(py, '5.0') && isLikelyOld(call, count)
          ? [
              toldRemoved(spanOf(call), `${ofSelf(call)?.text()}(response, …)`, [
                '5.0',
                'the form: `response.context["form"]`',
              ]),
            ]
          : [],
      ),
    };
  },
});

/** The call in its new form; undefined for one that is new, or not surely old. */
function formFix(py: DjangoFile, call: SgNode, count: number): Fix | undefined {
  if (!isOldCall(call, count)) return undefined;
  const { positional, keywords } = argumentsOf(call);
  const [response, form] = positional;
  const isHeld = response !== undefined && (isClientCall(response, 'client') || response.is('attribute'));
  if (response === undefined || form === undefined) return undefined;
  if (!isResponse(call, response) && !(isHeld && /(client|response)\b/.test(response.text()))) return undefined;
  if (literalOf(form)?.kind !== 'str' && nameOf(form) === undefined) return undefined;
  const errors = positional[count - 1] ?? keywords.find((one) => one.name === 'errors')?.value;
  const none = errors?.is('none') === true ? [replaceWhole(errors, '[]')] : [];
  return [...contextFix(py, response, form), ...none];
}

/** As many arguments as the old form takes, where the first is not called a form: `msg_prefix` is seldom given by its place. */
function isLikelyOld(call: SgNode, count: number): boolean {
  const { positional } = argumentsOf(call);
  return isOldCall(call, count) && !/form/i.test(positional[0]?.text() ?? '');
}

/** Whether a call passes what the old form takes: `count` arguments, `errors` the last, and maybe `msg_prefix`. */
function isOldCall(call: SgNode, count: number): boolean {
  const { positional, keywords, hasStar } = argumentsOf(call);
  const given = keywords.map(({ name }) => name).join(' ');
  if (hasStar) return false;
  if (positional.length === count) return given === '' || given === 'msg_prefix';
  if (positional.length === count + 1) return given === '';
  return positional.length === count - 1 && (given === 'errors' || given === 'errors msg_prefix');
}

function isResponse(call: SgNode, node: SgNode): boolean {
  const name = nameOf(node);
  if (name === undefined) return false;
  return name.includes('response') || ['resp', 'res', 'r'].includes(name) || isFromClient(call, name);
}

/** Whether a name was given what the client of the test answered, earlier in the same function. */
function isFromClient(call: SgNode, name: string): boolean {
  const statement = call.parent();
  const block = statement?.is('expression_statement') === true ? statement.parent() : null;
  const holder = block?.parent();
  if (block == null || holder?.is('function_definition') !== true) return false;
  return block.findAll({ rule: { kind: 'assignment' } }).some((node) => {
    const around = node.ancestors().find((one) => one.is('function_definition') || one.is('class_definition'));
    const value = node.field('right');
    const isAwaited = value?.is('await') === true && isClientCall(value.children()[1], 'async_client');
    return (
      around?.id() === holder.id() &&
      startOf(node) < startOf(call) &&
      nameOf(node.field('left')) === name &&
      (isClientCall(value, 'client') || isAwaited)
    );
  });
}

function contextFix(py: DjangoFile, response: SgNode, form: SgNode): Fix {
  let start = firstToken(py, form);
  let end = lastToken(py, form);
  if (at(py, end + 1).text === ',') end += 1;
  if (at(py, end + 1).kind === 'space') end += 1;
  if (at(py, end + 1).kind === 'nl') {
    if (at(py, start - 1).kind === 'space') start -= 1;
    if (at(py, start - 1).kind === 'nl') start -= 1;
  }
  return [
    { offset: endOf(response), length: 0, text: `.context[${form.text()}]` },
    replaceTokens(py, [start, end + 1]),
  ];
}

/** A step of Django's test case that belongs to the class now. */
export const testSetup = djangoTransform({
  id: 'test-setup',
  why: 'Since Django 5.2 `_pre_setup` of a test case is a class method, which is called on the class: one with `self` stops the tests, "missing 1 required positional argument".',
  since: '5.2',
  mentions: ['_pre_setup'],
  find: (py) => ({
    fixes: [],
    unresolved: py
      .matching('function_definition', '^def _pre_setup\\b')
      .filter((node) => classAround(node) !== undefined && !isOfClass(node))
      .map((node) => ({
        ...spanOf(node.field('name') ?? node),
        message: '`_pre_setup` of a test case is a class method since Django 5.2; this one takes an instance.',
        cure: 'Do its work in `setUp` or `setUpClass`; or decorate it with `@classmethod` where Django 5.2 is the oldest.',
        symbol: '_pre_setup',
        evidence: 'https://github.com/django/django/blob/5.2/django/test/testcases.py',
      })),
  }),
});

function isOfClass(definition: SgNode): boolean {
  const decorated = definition.parent();
  return decorated?.is('decorated_definition') === true && /^@classmethod\b/m.test(decorated.text());
}
