import type { SgNode } from '@ast-grep/napi';
import { replaceWhole, withoutKeyword } from '../../../python-source/calls.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import { changedNames, fromImports } from '../../../python-source/import-names.ts';
import { above, argumentsOf, bare, endOf, isSameNode, isVariable, startOf } from '../../../python-source/nodes.ts';
import type { DjangoFile } from '../reading/django-file.ts';
import { importedName, nameFrom, nameInModule } from '../reading/django-names.ts';
import { djangoTransform } from '../reading/django-transform.ts';
import { isBoundName } from './calls.ts';

const mail = ['django.core.mail'];
const senders = ['send_mail', 'send_mass_mail', 'mail_admins', 'mail_managers'];
const messages = ['EmailMessage', 'EmailMultiAlternatives'];

export const failSilently = djangoTransform({
  id: 'fail-silently',
  why: '`fail_silently` goes in Django 2028; `False` is what happens without it. What stands for `True` depends on what it was for.',
  since: '6.1',
  mentions: ['fail_silently'],
  find: (py) =>
    py.callsOf(...senders, 'send').flatMap((call) => {
      if (!isSender(py, call) && !isSentMessage(py, call)) return [];
      const given = argumentsOf(call).keywords.find(({ name }) => name === 'fail_silently');
      return bare(given?.value)?.is('false') === true && given !== undefined
        ? [[withoutKeyword(py, call, given.node)]]
        : [];
    }),
});

/** Calls of `get_connection()` without arguments are the mailer that mail is sent by anyway. */
export const defaultMailer = djangoTransform({
  id: 'default-mailer',
  why: '`get_connection` goes in Django 2028; what it gives without arguments is `mailers.default`, by which all mail is sent that names no other.',
  since: '6.1',
  mentions: ['get_connection'],
  find: (py) => [...inModule(py), ...ofItself(py)],
});

/** `mail.get_connection()`. */
function inModule(py: DjangoFile): readonly Fix[] {
  return py.callsOf('get_connection').flatMap((call): readonly Fix[] => {
    const use = nameInModule(py, call.field('function'), mail);
    if (use?.name !== 'get_connection' || argumentsOf(call).all.length > 0) return [];
    const send = senderOf(py, call);
    if (send !== undefined) return [send];
    return [[{ offset: startOf(use.node), length: endOf(call) - startOf(use.node), text: 'mailers.default' }]];
  });
}

/** `get_connection()` of an import of its own: all of a file's uses, since the import goes with them. */
function ofItself(py: DjangoFile): readonly Fix[] {
  const imports = fromImports(py).filter(({ module }) => mail.includes(module));
  const names = imports.flatMap((one) => one.names).filter(({ name }) => name === 'get_connection');
  if (names.length === 0 || names.some(({ as }) => as !== undefined)) return [];
  const edits: Fix[] = [];
  let isNamed = false;
  for (const use of py.matching('identifier', '^get_connection$').filter(isVariable)) {
    const call = use.parent();
    const isPlain = call?.is('call') === true && isSameNode(call.field('function'), use);
    if (!isPlain || argumentsOf(call).all.length > 0 || importedName(py, use, mail) === undefined) return [];
    const send = senderOf(py, call);
    isNamed ||= send === undefined;
    edits.push(send ?? [replaceWhole(call, 'mailers.default')]);
  }
  if (isNamed && isOtherwiseBound(py)) return [];
  const next = isNamed ? 'mailers' : undefined;
  const changed = imports.map((one) =>
    changedNames(
      py,
      one,
      one.names.filter(({ name }) => name === 'get_connection').map((name) => [name, next] as const),
    ),
  );
  return [[...changed, ...edits].flat()];
}

/** Whether `mailers` means something else in a file than Django's. */
function isOtherwiseBound(py: DjangoFile): boolean {
  return py
    .matching('identifier', '^mailers$')
    .some((node) => isBoundName(node) && !fromMail(node) && importedName(py, node, mail) === undefined);
}

function fromMail(node: SgNode): boolean {
  const statement = node.ancestors().find((one) => one.is('import_from_statement'));
  return statement !== undefined && mail.includes(statement.field('module_name')?.text() ?? '');
}

/** The edit that takes `connection=get_connection()` from a function of Django that sends mail. */
function senderOf(py: DjangoFile, connection: SgNode): Fix | undefined {
  const keyword = above(connection);
  if (keyword?.is('keyword_argument') !== true || keyword.field('name')?.text() !== 'connection') return undefined;
  const call = keyword.parent()?.parent();
  return call?.is('call') === true && isSender(py, call) ? [withoutKeyword(py, call, keyword)] : undefined;
}

function isSender(py: DjangoFile, call: SgNode): boolean {
  return senders.includes(nameFrom(py, call.field('function'), mail)?.name ?? '');
}

/** `EmailMessage(…).send(…)`. */
function isSentMessage(py: DjangoFile, call: SgNode): boolean {
  const callee = call.field('function');
  if (callee?.is('attribute') !== true || callee.field('attribute')?.text() !== 'send') return false;
  const made = callee.field('object');
  const use = made?.is('call') === true ? made.field('function') : undefined;
  return messages.includes(nameFrom(py, use, [...mail, 'django.core.mail.message'])?.name ?? '');
}
