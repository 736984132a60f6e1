import type { SgNode } from '@ast-grep/napi';
import { replaceWhole } from '../../../python-source/calls.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import { fromImports, movedNames } from '../../../python-source/import-names.ts';
import { literalOf } from '../../../python-source/literals.ts';
import { argumentsOf, isSameNode, isVariable, startOf } from '../../../python-source/nodes.ts';
import type { DjangoFile } from '../reading/django-file.ts';
import { importedName, nameFrom } from '../reading/django-names.ts';
import { djangoTransform } from '../reading/django-transform.ts';

const modules = ['django.contrib.postgres.aggregates', 'django.contrib.postgres.aggregates.general'];

/** The `StringAgg` of every database takes a text for the name of a field: all calls of a file can be written for it, or none is. */
export const stringAgg = djangoTransform({
  id: 'string-agg',
  why: 'Django 6.0 has a `StringAgg` for every database; the one of PostgreSQL goes in Django 2028, and with it delimiters that are texts.',
  since: '6.0',
  mentions: ['StringAgg'],
  find(py) {
    const imports = fromImports(py).filter(({ module }) => modules.includes(module));
    const names = imports.flatMap((one) => one.names).filter(({ name }) => name === 'StringAgg');
    if (names.length === 0 || names.some(({ as }) => as !== undefined)) return [];
    const calls: Fix[] = [];
    for (const use of py.matching('identifier', '^StringAgg$').filter(isVariable)) {
      const edits = importedName(py, use, modules) === undefined ? undefined : delimiterEdits(py, use);
      if (edits === undefined) return [];
      calls.push(edits);
    }
    const to = new Map([['StringAgg', 'django.db.models']]);
    return [[...imports.map((one) => movedNames(py, one, to)), ...calls].flat()];
  },
});

/** The edits that make a delimiter an expression; `undefined` where it is not known what it is, or the name is not called. */
function delimiterEdits(py: DjangoFile, use: SgNode): Fix | undefined {
  const call = use.parent();
  if (call?.is('call') !== true || !isSameNode(call.field('function'), use)) return undefined;
  const { positional, keywords, all } = argumentsOf(call);
  if (all.some((one) => one.is('list_splat'))) return undefined;
  const delimiter = positional[1] ?? keywords.find(({ name }) => name === 'delimiter')?.value;
  if (delimiter === undefined) return undefined;
  if (delimiter.is('call')) return valueName(py, delimiter.field('function')) === undefined ? undefined : [];
  const value = literalOf(delimiter)?.kind === 'str' ? importedValue(py, startOf(use)) : undefined;
  return value === undefined ? undefined : [replaceWhole(delimiter, `${value}(${delimiter.text()})`)];
}

function valueName(py: DjangoFile, callee: SgNode | null): string | undefined {
  const use = nameFrom(py, callee, ['django.db.models', 'django.db.models.expressions']);
  return use?.name === 'Value' ? use.name : undefined;
}

/** How `Value` is spelled by what a file imports. */
function importedValue(py: DjangoFile, before: number): string | undefined {
  if (py.imports('django.db.models', 'Value', before)) return 'Value';
  return py.imports('django.db', 'models', before) ? 'models.Value' : undefined;
}
