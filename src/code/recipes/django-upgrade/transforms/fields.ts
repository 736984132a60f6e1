import type { SgNode } from '@ast-grep/napi';
import { replaceWhole } from '../../../python-source/calls.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import { changedNames, fromImports } from '../../../python-source/import-names.ts';
import { argumentsOf, bare, endOf, isVariable, nameOf, partsOf, startOf } from '../../../python-source/nodes.ts';
import { isAtTop, linesBefore } from '../../../python-source/statements.ts';
import { argumentStretches, at, openingOf } from '../../../python-source/tokens-at.ts';
import type { DjangoFile } from '../reading/django-file.ts';
import { importedName, nameFrom, nameInModule } from '../reading/django-names.ts';
import { djangoTransform } from '../reading/django-transform.ts';

const models = ['django.db.models'];

/** `NullBooleanField()` is `BooleanField(null=True)`. */
export const nullBoolean = djangoTransform({
  id: 'null-boolean',
  why: 'A `BooleanField` takes `null=True`; Django 4.0 removed `NullBooleanField`.',
  since: '3.1',
  only: 'model',
  mentions: ['NullBooleanField'],
  find(py) {
    const uses = py.matching('identifier', '^NullBooleanField$').filter(isVariable);
    const areCalls = uses.every((use) => use.parent()?.field('function')?.id() === use.id());
    const calls = py.callsOf('NullBooleanField').flatMap((call) => {
      const callee = call.field('function');
      const use = (areCalls ? importedName(py, callee, models) : undefined) ?? nameInModule(py, callee, models);
      return use?.name === 'NullBooleanField' ? [[replaceWhole(use.node, 'BooleanField'), ...nullFix(py, call)]] : [];
    });
    const imports = areCalls
      ? fromImports(py)
          .filter(({ module }) => module === 'django.db.models')
          .map((one) =>
            changedNames(
              py,
              one,
              one.names
                .filter(({ name }) => name === 'NullBooleanField')
                .map((name) => [name, 'BooleanField'] as const),
            ),
          )
      : [];
    return [...imports, ...calls];
  },
});

function nullFix(py: DjangoFile, call: SgNode): Fix {
  if (argumentsOf(call).keywords.some(({ name }) => name === 'null')) return [];
  const { args, end } = argumentStretches(py, openingOf(py, call.field('arguments')));
  const last = argumentsOf(call).all.length === 0 ? undefined : args.at(-1);
  const hasComma = last !== undefined && at(py, last[1]).text === ',';
  const text = last === undefined ? 'null=True' : hasComma ? ' null=True' : ', null=True';
  return [{ offset: at(py, end - 1).start, length: 0, text }];
}

/** `ForeignKey("x")` is `ForeignKey("x", on_delete=models.CASCADE)`, which it always meant. */
export const onDelete = djangoTransform({
  id: 'on-delete',
  why: '`on_delete` was CASCADE by itself until Django 2.0, which wants it to be said.',
  since: '1.9',
  mentions: ['ForeignKey', 'OneToOneField'],
  find(py) {
    const calls = py.callsOf('ForeignKey', 'OneToOneField').flatMap((call) => {
      const use = nameFrom(py, call.field('function'), models);
      const { positional, keywords, hasStar } = argumentsOf(call);
      const isOwn = use !== undefined && ['ForeignKey', 'OneToOneField'].includes(use.name);
      const isSaid = positional.length > 1 || hasStar || keywords.some(({ name }) => name === 'on_delete');
      return !isOwn || isSaid ? [] : [{ call, isPlain: nameOf(call.field('function')) !== undefined }];
    });
    const fixes = calls.map(({ call, isPlain }) => cascadeFix(py, call, isPlain ? 'CASCADE' : 'models.CASCADE'));
    const needsImport =
      calls.some(({ isPlain }) => isPlain) && !py.imports('django.db.models', 'CASCADE', py.text.length);
    const own = fromImports(py).findLast(
      ({ module, names }) =>
        module === 'django.db.models' && names.some(({ name }) => name === 'ForeignKey' || name === 'OneToOneField'),
    );
    if (!needsImport || own === undefined) return fixes;
    return [[linesBefore(py, own.statement, ['from django.db.models import CASCADE']), ...fixes.flat()]];
  },
});

function cascadeFix(py: DjangoFile, call: SgNode, value: string): Fix {
  const open = openingOf(py, call.field('arguments'));
  const { args } = argumentStretches(py, open);
  const { positional } = argumentsOf(call);
  const said = `on_delete=${value}`;
  if (positional.length === 0)
    return [{ offset: at(py, open).end, length: 0, text: args.length > 0 ? `${said}, ` : said }];
  const end = args[positional.length - 1]?.[1] ?? open;
  if (at(py, end).text === ')') return [{ offset: at(py, end).start, length: 0, text: `, ${said}` }];
  return [{ offset: at(py, end).end, length: 0, text: args.length === 1 ? ` ${said}` : ` ${said},` }];
}

const enumerations = ['TextChoices', 'IntegerChoices', 'Choices'];

/** `choices=Status.choices` is `choices=Status`. */
export const fieldChoices = djangoTransform({
  id: 'field-choices',
  why: 'Fields of a model take an enumeration itself since Django 5.0.',
  since: '5.0',
  only: 'model',
  mentions: ['choices'],
  find: (py) =>
    py.matching('call', '\\bchoices\\b').flatMap((call) => {
      const callee = call.field('function');
      const name =
        nameOf(callee) ??
        (nameOf(callee?.field('object')) === undefined ? undefined : callee?.field('attribute')?.text());
      const value = bare(argumentsOf(call).keywords.find((one) => one.name === 'choices')?.value);
      const object = value?.is('attribute') === true ? value.field('object') : undefined;
      const isChoices = value?.field('attribute')?.text() === 'choices';
      if (name?.endsWith('Field') !== true || !isChoices || object == null || value === undefined) return [];
      if (!isEnumeration(py, nameOf(object), startOf(call))) return [];
      return [[{ offset: endOf(object), length: endOf(value) - endOf(object), text: '' }]];
    }),
});

/** Whether a class of this name, at the top of the file and before an offset, is one of Django's enumerations. */
function isEnumeration(py: DjangoFile, name: string | undefined, before: number): boolean {
  return py.all('class_definition').some((one) => {
    if (nameOf(one.field('name')) !== name || startOf(one) > before || !isAtTop(one)) return false;
    return partsOf(one.field('superclasses')).some((base) => {
      const use = nameFrom(py, base, ['django.db.models', 'django.db.models.enums']);
      return use !== undefined && enumerations.includes(use.name);
    });
  });
}
