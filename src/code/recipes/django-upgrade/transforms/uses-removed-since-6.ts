import type { SgNode } from '@ast-grep/napi';
import { literalOf } from '../../../python-source/literals.ts';
import { argumentsOf, bare, nameOf, partsOf } from '../../../python-source/nodes.ts';
import type { DjangoFile } from '../reading/django-file.ts';
import { importedName, nameFrom } from '../reading/django-names.ts';
import { keyword, membersOf, type RemovedUse } from '../reading/removed-use.ts';

const mail = ['django.core.mail'];
const messages = ['EmailMessage', 'EmailMultiAlternatives'];
const senders = ['send_mail', 'send_mass_mail', 'mail_admins', 'mail_managers'];

/** Functions of these names in classes whose bases have a name, which their parameters do not fit. */
const methodsOf = (py: DjangoFile, base: string, name: string, without: RegExp): readonly SgNode[] =>
  membersOf(py, base)
    .filter((node) => node.is('function_definition') && node.field('name')?.text() === name)
    .filter((node) => !without.test(node.field('parameters')?.text() ?? ''));

/** Ways to use what is still there that Django 6.0 and 6.1 no longer take. */
export const usesRemovedSince6: readonly RemovedUse[] = [
  {
    since: '6.0',
    symbol: 'lookup_allowed',
    mentions: ['lookup_allowed'],
    says: '`lookup_allowed()` of a `ModelAdmin` is called with `request` since Django 6.0.',
    cure: 'Write `def lookup_allowed(self, lookup, value, request)`.',
    find: (py) => methodsOf(py, '\\w*Admin\\w*', 'lookup_allowed', /\brequest\b|\*/),
  },
  {
    since: '6.0',
    symbol: 'format_html',
    mentions: ['format_html'],
    says: '`format_html()` is a TypeError without anything to put in since Django 6.0.',
    cure: 'Pass what is put in as arguments; for a text that is trusted as it stands, use `mark_safe`.',
    find: (py) =>
      py
        .callsOf('format_html')
        .filter((call) => argumentsOf(call).all.length === 1 && !argumentsOf(call).hasStar)
        .filter((call) => importedName(py, call.field('function'), ['django.utils.html']) !== undefined),
  },
  {
    since: '6.0',
    symbol: 'Model.save',
    mentions: ['save('],
    says: '`save()` of a model takes nothing by its place since Django 6.0.',
    cure: 'Write `force_insert=`, `force_update=`, `using=` and `update_fields=`.',
    find: (py) => py.callsOf('save', 'asave').filter(isPlacedSave),
  },
  {
    since: '6.0',
    symbol: 'log_action',
    mentions: ['log_action'],
    says: '`LogEntry.objects.log_action()` is gone since Django 6.0.',
    cure: 'Use `log_actions()`, which takes a query.',
    find: (py) =>
      py
        .callsOf('log_action')
        .filter((call) => /\bLogEntry\.objects\.log_action$/.test(call.field('function')?.text() ?? '')),
  },
  {
    since: '6.0',
    symbol: 'GeoIP2',
    mentions: ['GeoIP2'],
    says: '`coords()` and `open()` of `GeoIP2` are gone since Django 6.0.',
    cure: 'Use `lon_lat()`, and `GeoIP2()` itself.',
    find: (py) => py.callsOf('coords', 'open').filter((call) => isOfGeoip(py, call)),
  },
  {
    since: '6.0',
    symbol: 'OS_OPEN_FLAGS',
    mentions: ['OS_OPEN_FLAGS'],
    says: '`OS_OPEN_FLAGS` of a storage is read no longer since Django 6.0.',
    cure: 'Pass `allow_overwrite=True` to the storage where it was for that.',
    find: (py) => membersOf(py, 'FileSystemStorage').filter((node) => /^OS_OPEN_FLAGS\s*=/.test(node.text())),
  },
  {
    since: '6.0',
    symbol: 'BaseConstraint',
    mentions: ['BaseConstraint'],
    says: '`BaseConstraint` takes nothing by its place since Django 6.0.',
    cure: 'Write `super().__init__(name=name)`.',
    find: (py) =>
      methodsOf(py, 'BaseConstraint', '__init__', /^$/)
        .flatMap((node) => node.findAll({ rule: { kind: 'call', regex: '^super\\(\\)\\.__init__\\(' } }))
        .filter((call) => argumentsOf(call).positional.length > 0),
  },
  {
    since: '6.0',
    symbol: 'mixed_subtype',
    mentions: ['mixed_subtype', 'alternative_subtype'],
    says: '`mixed_subtype` and `alternative_subtype` of a message are read no longer since Django 6.0.',
    cure: 'Attach a `MIMEPart` of `email.message` that says what it is.',
    find: (py) =>
      membersOf(py, `(${messages.join('|')})`).filter((node) => /^(mixed|alternative)_subtype\s*=/.test(node.text())),
  },
  {
    since: '6.0',
    symbol: 'URLField',
    mentions: ['URLField'],
    says: 'What somebody writes into this field without a scheme is `https://` since Django 6.0, and was `http://`.',
    cure: 'Pass `assume_scheme="http"` where that is to stay.',
    isAdvice: true,
    find: (py) =>
      py
        .callsOf('URLField')
        .filter((call) => keyword(call, 'assume_scheme') === undefined && !argumentsOf(call).hasStar)
        .filter((call) => nameFrom(py, call.field('function'), ['django.forms']) !== undefined),
  },
  {
    since: '6.1',
    symbol: 'RemoteUserMiddleware',
    mentions: ['RemoteUserMiddleware'],
    says: 'A `RemoteUserMiddleware` with a `process_request()` of its own needs an `aprocess_request()` since Django 6.1.',
    cure: 'Write both.',
    find: (py) => {
      const isMet = methodsOf(py, 'RemoteUserMiddleware', 'aprocess_request', /^$/).length > 0;
      return isMet ? [] : methodsOf(py, 'RemoteUserMiddleware', 'process_request', /^$/);
    },
  },
  {
    since: '6.1',
    symbol: 'EmailMessage.get_connection',
    mentions: ['get_connection'],
    says: '`get_connection()` of a message is an error since Django 6.1.',
    cure: 'Pass `using=` with an alias of `MAILERS` where the message is sent.',
    find: (py) => methodsOf(py, `(${messages.join('|')})`, 'get_connection', /^$/),
  },
  {
    since: '6.1',
    symbol: 'login',
    mentions: ['login'],
    says: '`login()` and `alogin()` take no `None` for the user since Django 6.1.',
    cure: 'Pass `request.user`, or `await request.auser()`.',
    find: (py) =>
      py
        .callsOf('login', 'alogin')
        .filter((call) => (argumentsOf(call).positional[1] ?? keyword(call, 'user'))?.is('none') === true)
        .filter((call) => nameFrom(py, call.field('function'), ['django.contrib.auth']) !== undefined),
  },
  {
    since: '6.1',
    symbol: 'connection',
    mentions: senders,
    says: '`fail_silently=True`, `auth_user` and `auth_password` beside `connection` are a TypeError since Django 6.1.',
    cure: 'Leave them out: they had no effect on a connection that was made already.',
    find: (py) =>
      py
        .callsOf(...senders)
        .filter((call) => keyword(call, 'connection') !== undefined && keyword(call, 'connection')?.is('none') !== true)
        .filter(
          (call) =>
            keyword(call, 'fail_silently')?.is('true') === true ||
            ['auth_user', 'auth_password'].some((name) => keyword(call, name) !== undefined),
        )
        .filter((call) => nameFrom(py, call.field('function'), mail) !== undefined),
  },
  {
    since: '6.1',
    symbol: 'headers',
    mentions: messages,
    says: '`Bcc` among the `headers` of a message is a ValueError since Django 6.1.',
    cure: 'Pass `bcc=[…]`.',
    find: (py) =>
      py
        .callsOf(...messages)
        .filter((call) => nameFrom(py, call.field('function'), mail) !== undefined)
        .flatMap((call) => partsOf(bare(keyword(call, 'headers'))))
        .filter((pair) => literalOf(pair.field('key'))?.value.toLowerCase() === 'bcc'),
  },
];

/** `x.save(True, False)`, `super().save(True)`: a form takes one argument, a file two that are no booleans. */
function isPlacedSave(call: SgNode): boolean {
  const callee = call.field('function');
  const { positional } = argumentsOf(call);
  if (callee?.is('attribute') !== true || positional.length === 0) return false;
  if (!positional.every((one) => one.is('true') || one.is('false') || one.is('none'))) return false;
  return positional.length > 1 || callee.field('attribute')?.text() === 'asave';
}

/** `GeoIP2().coords(…)`, also by a name that stands for one. */
function isOfGeoip(py: DjangoFile, call: SgNode): boolean {
  const object = bare(call.field('function')?.field('object'));
  if (object?.is('call') === true) return /\bGeoIP2$/.test(object.field('function')?.text() ?? '');
  const name = nameOf(object);
  if (name === 'GeoIP2') return true;
  return py
    .matching('assignment', '=\\s*(\\w+\\.)*GeoIP2\\(')
    .some((node) => name !== undefined && nameOf(node.field('left')) === name);
}
