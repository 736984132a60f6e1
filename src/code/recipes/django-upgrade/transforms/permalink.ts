import type { SgNode } from '@ast-grep/napi';
import type { Fix } from '../../../python-source/fixes.ts';
import { changedNames, fromImports, withLines } from '../../../python-source/import-names.ts';
import { bare, endOf, partsOf, startOf } from '../../../python-source/nodes.ts';
import { indentOf, linesOf } from '../../../python-source/statements.ts';
import { at, replaceTokens } from '../../../python-source/tokens-at.ts';
import type { DjangoFile } from '../reading/django-file.ts';
import { nameFrom } from '../reading/django-names.ts';
import { djangoTransform } from '../reading/django-transform.ts';

/** `@models.permalink` over what returns a name and arguments is `return reverse(name, args=…)`. */
export const permalink = djangoTransform({
  id: 'permalink',
  why: '`reverse` says it itself; Django 2.1 removed `permalink`.',
  since: '1.11',
  mentions: ['permalink'],
  find(py) {
    const fixes = py.all('decorated_definition').flatMap((definition) => methodFix(py, definition) ?? []);
    return fixes.length === 0 ? [] : [[...importEdits(py), ...fixes.flat()]];
  },
});

function methodFix(py: DjangoFile, definition: SgNode): readonly Fix[] | undefined {
  const decorators = partsOf(definition).filter((part) => part.is('decorator'));
  const [decorator] = decorators;
  const own = definition.field('definition');
  const use = nameFrom(py, partsOf(decorator)[0], ['django.db.models']);
  const statements = partsOf(own?.field('body'));
  const [statement] = statements;
  if (decorators.length !== 1 || decorator === undefined || use?.name !== 'permalink') return undefined;
  if (own?.is('function_definition') !== true || own.children()[0]?.text() === 'async') return undefined;
  if (statements.length !== 1 || statement?.is('return_statement') !== true) return undefined;
  const [value] = partsOf(statement);
  if (value?.is('tuple') !== true && value?.is('expression_list') !== true) return undefined;
  const [name, args, named, ...more] = partsOf(value);
  if (name === undefined || args === undefined || more.length > 0) return undefined;
  const isEmpty = (node: SgNode | undefined, kind: string): boolean =>
    bare(node)?.is(kind) === true && partsOf(bare(node)).length === 0;
  const given = [
    name.text(),
    ...(isEmpty(args, 'list') ? [] : [`args=${args.text()}`]),
    ...(named === undefined || isEmpty(named, 'dictionary') ? [] : [`kwargs=${named.text()}`]),
  ];
  return [
    [
      replaceTokens(py, linesOf(py, decorator)),
      { offset: startOf(value), length: endOf(value) - startOf(value), text: `reverse(${given.join(', ')})` },
    ],
  ];
}

function importEdits(py: DjangoFile): Fix {
  const all = fromImports(py);
  const hasReverse = py.imports('django.urls', 'reverse', py.text.length);
  const line = 'from django.urls import reverse';
  const direct = all.find(
    ({ module, names }) => module === 'django.db.models' && names.some(({ name }) => name === 'permalink'),
  );
  if (direct !== undefined) {
    const names = direct.names.filter(({ name }) => name === 'permalink');
    const edits = changedNames(
      py,
      direct,
      names.map((name) => [name, undefined] as const),
    );
    return withLines(py, direct.statement, { lines: hasReverse ? [] : [line], edits });
  }
  const held = all.find(({ module, names }) => module === 'django.db' && names.some(({ name }) => name === 'models'));
  if (held === undefined || hasReverse) return [];
  const [, end] = linesOf(py, held.statement);
  const offset = at(py, end - 1).end;
  return [{ offset, length: 0, text: `${indentOf(py, held.statement)}${line}\n` }];
}
