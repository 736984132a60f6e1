import type { SgNode } from '@ast-grep/napi';
import { replaceWhole, withoutKeyword } from '../../../python-source/calls.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import { changedNames, fromImports } from '../../../python-source/import-names.ts';
import { literalOf } from '../../../python-source/literals.ts';
import { argumentsOf, bare, isVariable, nameOf, partsOf, startOf } from '../../../python-source/nodes.ts';
import { classAround, lastToken } from '../../../python-source/statements.ts';
import { at, closingOf, codeFrom, openingOf, replaceTokens } from '../../../python-source/tokens-at.ts';
import type { DjangoFile } from '../reading/django-file.ts';
import { importedName, nameFrom } from '../reading/django-names.ts';
import { djangoTransform } from '../reading/django-transform.ts';
import { assignmentsTo, pairsOf } from './settings.ts';

export const randomString = djangoTransform({
  id: 'random-string',
  why: '`get_random_string()` wants a length; it was 12 by itself until Django 4.0.',
  since: '3.1',
  mentions: ['get_random_string'],
  find: (py) =>
    py.callsOf('get_random_string').flatMap((call) => {
      const { positional, keywords, hasStar, all } = argumentsOf(call);
      const use = nameFrom(py, call.field('function'), ['django.utils.crypto']);
      const isOpen = positional.length > 0 || hasStar || keywords.some(({ name }) => name === 'length');
      if (use?.name !== 'get_random_string' || isOpen) return [];
      const behind = at(py, openingOf(py, call.field('arguments'))).end;
      return [[{ offset: behind, length: 0, text: all.length > 0 ? 'length=12, ' : 'length=12' }]];
    }),
});

export const signalArguments = djangoTransform({
  id: 'signal-arguments',
  why: '`providing_args` said nothing to the program; Django 4.0 no longer takes it.',
  since: '3.1',
  mentions: ['Signal'],
  find: (py) =>
    py.callsOf('Signal').flatMap((call) => {
      if (nameFrom(py, call.field('function'), ['django.dispatch'])?.name !== 'Signal') return [];
      const { all, positional, keywords } = argumentsOf(call);
      const [first] = all;
      if (first !== undefined && positional[0]?.id() === first.id()) {
        const hasMore = positional.length > 1 || all.some((one) => one.is('list_splat'));
        return [hasMore ? [replaceWhole(first, 'None')] : [withoutKeyword(py, call, first)]];
      }
      const given = keywords.find(({ name }) => name === 'providing_args');
      return given === undefined || first?.is('list_splat') === true ? [] : [[withoutKeyword(py, call, given.node)]];
    }),
});

export const multipleChoiceMessages = djangoTransform({
  id: 'multiple-choice-messages',
  why: '`ModelMultipleChoiceField` calls the message `invalid_list` since Django 3.1; 4.0 reads `list` no longer.',
  since: '3.1',
  mentions: ['ModelMultipleChoiceField'],
  find: (py) =>
    py.callsOf('ModelMultipleChoiceField').flatMap((call) => {
      if (nameFrom(py, call.field('function'), ['django.forms'])?.name !== 'ModelMultipleChoiceField') return [];
      const given = argumentsOf(call).keywords.find(({ name }) => name === 'error_messages');
      const key = pairsOf(given?.value).findLast((pair) => literalOf(pair.key)?.value === 'list')?.key;
      return key?.is('string') === true ? [[replaceWhole(key, '"invalid_list"')]] : [];
    }),
});

export const systemChecks = djangoTransform({
  id: 'system-checks',
  why: '`requires_system_checks` is a list of checks since Django 3.2; 4.1 takes no boolean.',
  since: '3.2',
  only: 'command',
  mentions: ['requires_system_checks'],
  find: (py) =>
    assignmentsTo(py, 'requires_system_checks').flatMap(({ statement, value }) => {
      const said = bare(value);
      const isBoolean = said?.is('true') === true || said?.is('false') === true;
      if (said === undefined || !isBoolean || classAround(statement) === undefined) return [];
      return [[replaceWhole(said, said.is('true') ? '"__all__"' : '[]')]];
    }),
});

/** `render_to_response(…)` is `render(request, …)`, where every call of a file has a request. */
export const renderToResponse = djangoTransform({
  id: 'render-to-response',
  why: 'Django 3.0 removed `render_to_response`; `render` takes the request first.',
  since: '2.0',
  mentions: ['render_to_response'],
  find(py) {
    const own = fromImports(py).filter(({ module }) => module === 'django.shortcuts');
    const uses = py.matching('identifier', '^render_to_response$').filter(isVariable);
    const calls = uses.map((use) => requestCall(use));
    const isTaken = py.matching('identifier', '^render$').some((node) => isBoundName(node));
    if (isTaken || calls.some((call) => call === undefined)) return [];
    const edits = uses
      .filter((use) => importedName(py, use, ['django.shortcuts']) !== undefined)
      .flatMap((use): Fix => {
        const behind = at(py, openingOf(py, requestCall(use)?.field('arguments'))).end;
        return [replaceWhole(use, 'render'), { offset: behind, length: 0, text: 'request, ' }];
      });
    const imports = own.flatMap((one) => {
      const names = one.names.filter(({ name, as }) => name === 'render_to_response' && as === undefined);
      return changedNames(
        py,
        one,
        names.map((name) => [name, 'render'] as const),
      );
    });
    return [[...imports, ...edits]];
  },
});

/** A name that is a variable, an import, a definition or a parameter; no attribute and no keyword. */
export function isBoundName(node: SgNode): boolean {
  const parent = node.parent();
  if (parent?.is('attribute') === true) return parent.field('object')?.id() === node.id();
  if (parent?.is('keyword_argument') === true) return parent.field('name')?.id() !== node.id();
  return true;
}

/** The call of a name that passes something, in a function whose first parameter is the request. */
function requestCall(use: SgNode): SgNode | undefined {
  const call = use.parent();
  if (call?.is('call') !== true || call.field('function')?.id() !== use.id()) return undefined;
  const { all, hasStar } = argumentsOf(call);
  const around = call.ancestors().find((one) => one.is('function_definition'));
  const [first] = partsOf(around?.field('parameters'));
  const name = first?.is('typed_parameter') === true ? partsOf(first)[0] : (first?.field('name') ?? first);
  return all.length > 0 && !hasStar && nameOf(name) === 'request' ? call : undefined;
}

/** `format_html("…".format(a))` is `format_html("…", a)`, which escapes what it puts in. */
export const formatHtml = djangoTransform({
  id: 'format-html',
  why: '`format_html` escapes only what it is given; Django 6.0 refuses a call without arguments.',
  since: '5.0',
  mentions: ['format_html'],
  find: (py) =>
    py.callsOf('format_html').flatMap((call) => {
      const { all } = argumentsOf(call);
      const [made] = all;
      const isOwn = importedName(py, call.field('function'), ['django.utils.html']) !== undefined;
      if (!isOwn || all.length !== 1 || made?.is('call') !== true) return [];
      const callee = made.field('function');
      const template = callee?.field('object');
      const isFormat = callee?.is('attribute') === true && callee.field('attribute')?.text() === 'format';
      if (!isFormat || template == null || literalOf(template)?.kind !== 'str') return [];
      return isTuple(py, call) ? [] : [spread(py, made, template)];
    }),
});

/** In parentheses of its own, what was a call would become a tuple. */
function isTuple(py: DjangoFile, call: SgNode): boolean {
  return at(py, codeFrom(py, openingOf(py, call.field('arguments')) + 1)).text === '(';
}

function spread(py: DjangoFile, made: SgNode, template: SgNode): Fix {
  const open = openingOf(py, made.field('arguments'));
  const close = closingOf(py, open);
  const dot = codeFrom(py, lastToken(py, template) + 1);
  const isAlone =
    at(py, close - 2).kind === 'nl' && at(py, close - 1).kind === 'space' && at(py, close + 1).kind === 'nl';
  return [
    replaceTokens(py, [dot, open + 1], ', '),
    replaceTokens(py, isAlone ? [close - 1, close + 2] : [close, close + 1]),
  ];
}

const positionalMail: Readonly<Record<string, readonly [kept: number, names: readonly string[]]>> = {
  get_connection: [1, ['fail_silently']],
  mail_admins: [2, ['fail_silently', 'connection', 'html_message']],
  mail_managers: [2, ['fail_silently', 'connection', 'html_message']],
  send_mail: [4, ['fail_silently', 'auth_user', 'auth_password', 'connection', 'html_message']],
  send_mass_mail: [1, ['fail_silently', 'auth_user', 'auth_password', 'connection']],
  EmailMessage: [4, ['bcc', 'connection', 'attachments', 'headers', 'cc', 'reply_to']],
  EmailMultiAlternatives: [4, ['bcc', 'connection', 'attachments', 'headers', 'alternatives', 'cc', 'reply_to']],
};

export const mailKeywords = djangoTransform({
  id: 'mail-keywords',
  why: 'Functions of `django.core.mail` take what is optional by its name since Django 6.0; 7.0 takes it no other way.',
  since: '6.0',
  mentions: Object.keys(positionalMail),
  find: (py) =>
    py.callsOf(...Object.keys(positionalMail)).flatMap((call) => {
      const callee = call.field('function');
      const use = nameFrom(py, callee, ['django.core.mail']) ?? nameFrom(py, callee, ['django.core.mail.message']);
      const [kept, names] = positionalMail[use?.name ?? ''] ?? [0, []];
      return named(call, { kept, names, isChecked: use?.name !== 'get_connection' });
    }),
});

export const signerKeywords = djangoTransform({
  id: 'signer-keywords',
  why: 'Signers take everything by its name; Django 5.1 takes nothing by its place.',
  mentions: ['Signer'],
  since: '3.1',
  find: (py) =>
    py.callsOf('Signer', 'TimestampSigner').flatMap((call) => {
      if (nameFrom(py, call.field('function'), ['django.core.signing']) === undefined) return [];
      return named(call, { kept: 0, names: ['key', 'sep', 'salt', 'algorithm', 'fallback_keys'], isChecked: true });
    }),
});

type Naming = { readonly kept: number; readonly names: readonly string[]; readonly isChecked: boolean };

/** Arguments behind the first `kept` by their names; none where one is given twice, or is not known. */
function named(call: SgNode, { kept, names, isChecked }: Naming): readonly Fix[] {
  const { positional, keywords, all } = argumentsOf(call);
  const extra = positional.slice(kept);
  const given = keywords.map(({ name }) => name);
  const isUnknown =
    isChecked && (given.some((name) => !names.includes(name)) || all.some((one) => one.is('dictionary_splat')));
  const isTwice = names.slice(0, extra.length).some((name) => given.includes(name));
  if (extra.length === 0 || extra.length > names.length || isUnknown || isTwice) return [];
  if (all.some((one) => one.is('list_splat'))) return [];
  return [extra.map((node, index) => ({ offset: startOf(node), length: 0, text: `${names[index] ?? ''}=` }))];
}
