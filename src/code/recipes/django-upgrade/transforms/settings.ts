import type { SgNode } from '@ast-grep/napi';
import { replaceWhole } from '../../../python-source/calls.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import { literalOf, quotedLike } from '../../../python-source/literals.ts';
import { bare, endOf, nameOf, partsOf, startOf } from '../../../python-source/nodes.ts';
import {
  blockOf,
  classAround,
  isAloneInBlock,
  isAtTop,
  statementOf,
  withoutStatement,
} from '../../../python-source/statements.ts';
import type { FileTransform } from '../../../recipe.ts';
import type { DjangoFile } from '../reading/django-file.ts';
import { djangoTransform } from '../reading/django-transform.ts';

/** `name = value`, and the statement that it is. */
export type Assignment = { readonly statement: SgNode; readonly value: SgNode; readonly node: SgNode };

/** Assignments of one value to one of the names, wherever they stand. */
export function assignmentsTo(py: DjangoFile, ...names: readonly string[]): readonly Assignment[] {
  return py.matching('assignment', `^(${names.join('|')})\\b`).flatMap((node): readonly Assignment[] => {
    const value = node.field('right');
    const isPlain = node.field('type') === null && node.parent()?.is('expression_statement') === true;
    if (!names.includes(nameOf(node.field('left')) ?? '') || value === null || !isPlain) return [];
    return value.is('assignment') ? [] : [{ statement: statementOf(node), value, node }];
  });
}

/** A setting of a file, or of one of several in a class at its top. */
function isSetting({ statement }: Assignment): boolean {
  if (isAtTop(statement)) return true;
  const holder = classAround(statement);
  return holder !== undefined && blockOf(holder)?.is('module') === true && !isAloneInBlock(statement);
}

type Default = {
  readonly id: string;
  readonly why: string;
  readonly since: string;
  readonly name: string;
  isDefault(value: SgNode): boolean;
};

/** A setting that says what is so by itself goes. */
function defaultSetting({ name, isDefault, ...work }: Default): FileTransform {
  return djangoTransform({
    ...work,
    only: 'settings',
    mentions: [name],
    find: (py) =>
      assignmentsTo(py, name)
        .filter((one) => isSetting(one) && isDefault(bare(one.value) ?? one.value))
        .map(({ statement }) => withoutStatement(py, statement)),
  });
}

export const useL10n = defaultSetting({
  id: 'use-l10n',
  why: 'Formats are localized by themselves since Django 4.0; 5.0 no longer reads `USE_L10N`.',
  since: '4.0',
  name: 'USE_L10N',
  isDefault: (value) => value.is('true'),
});

export const urlFieldHttps = defaultSetting({
  id: 'url-field-https',
  why: 'Django 6.0 assumes HTTPS by itself and no longer reads `FORMS_URLFIELD_ASSUME_HTTPS`.',
  since: '6.0',
  name: 'FORMS_URLFIELD_ASSUME_HTTPS',
  isDefault: (value) => value.is('true'),
});

export const defaultAutoField = defaultSetting({
  id: 'default-auto-field',
  why: '`BigAutoField` is what Django 6.0 takes by itself.',
  since: '6.0',
  name: 'DEFAULT_AUTO_FIELD',
  isDefault: (value) => literalOf(value)?.value === 'django.db.models.BigAutoField',
});

export const defaultAppConfig = djangoTransform({
  id: 'default-app-config',
  why: 'Django finds the configuration of an application by itself since 3.2; 4.1 no longer reads `default_app_config`.',
  since: '3.2',
  only: 'init',
  mentions: ['default_app_config'],
  find: (py) =>
    assignmentsTo(py, 'default_app_config')
      .filter(({ statement, value }) => isAtTop(statement) && literalOf(value)?.kind === 'str')
      .map(({ statement }) => withoutStatement(py, statement)),
});

const binding = new Set([
  'attribute',
  'call',
  'integer',
  'float',
  'string',
  'identifier',
  'subscript',
  'true',
  'false',
]);

export const passwordResetTimeout = djangoTransform({
  id: 'password-reset-timeout',
  why: 'Django 3.1 counts it in seconds; 4.0 no longer reads `PASSWORD_RESET_TIMEOUT_DAYS`.',
  since: '3.1',
  only: 'settings',
  mentions: ['PASSWORD_RESET_TIMEOUT_DAYS'],
  find: (py) =>
    assignmentsTo(py, 'PASSWORD_RESET_TIMEOUT_DAYS').map(({ node, value }): Fix => {
      const name = node.field('left');
      const isBound = binding.has(String(value.kind())) || value.is('parenthesized_expression');
      const day = '60 * 60 * 24 *';
      const equals = node.children().find((child) => child.text() === '=');
      if (name === null || equals === undefined) return [];
      return [
        replaceWhole(name, 'PASSWORD_RESET_TIMEOUT'),
        { offset: endOf(equals), length: 0, text: ` ${day}` },
        ...(isBound
          ? []
          : [
              { offset: startOf(value), length: 0, text: '(' },
              { offset: endOf(value), length: 0, text: ')' },
            ]),
      ];
    }),
});

const oldEngine = 'django.db.backends.postgresql_psycopg2';

export const postgresEngine = djangoTransform({
  id: 'postgres-engine',
  why: 'The backend is called `django.db.backends.postgresql` since Django 1.9; 3.0 removed the old name.',
  since: '1.9',
  only: 'settings',
  mentions: [oldEngine],
  find: (py) =>
    assignmentsTo(py, 'DATABASES').flatMap(({ value }) =>
      pairsOf(value).flatMap(({ value: database }) =>
        pairsOf(database)
          .filter(({ key, value: engine }) => literalOf(key)?.value === 'ENGINE' && engine.is('string'))
          .filter(({ value: engine }) => literalOf(engine)?.value === oldEngine)
          .map(({ value: engine }) => [
            replaceWhole(engine, quotedLike('django.db.backends.postgresql', engine.text())),
          ]),
      ),
    ),
});

/** Keys and values of a dictionary that is written out. */
export function pairsOf(node: SgNode | undefined): readonly { readonly key: SgNode; readonly value: SgNode }[] {
  const inner = bare(node);
  if (inner?.is('dictionary') !== true) return [];
  return partsOf(inner).flatMap((pair) => {
    const [key, value] = [pair.field('key'), bare(pair.field('value'))];
    return key === null || value === undefined ? [] : [{ key, value }];
  });
}

export const adminAddresses = djangoTransform({
  id: 'admin-addresses',
  why: '`ADMINS` and `MANAGERS` are lists of addresses since Django 6.0; 7.0 no longer takes names beside them.',
  since: '6.0',
  only: 'settings',
  mentions: ['ADMINS', 'MANAGERS'],
  find: (py) =>
    assignmentsTo(py, 'ADMINS', 'MANAGERS').flatMap((one) => {
      const list = bare(one.value);
      if (list === undefined || !(list.is('list') || list.is('tuple')) || !isSetting(one)) return [];
      const people = partsOf(list).map((part) => (part.is('tuple') ? part : bare(part)));
      if (people.some((person) => person?.is('tuple') !== true || partsOf(person).length !== 2)) return [];
      return [
        people.flatMap((person): Fix => {
          const address = partsOf(person)[1];
          return person === undefined || address === undefined ? [] : [replaceWhole(person, address.text())];
        }),
      ];
    }),
});
