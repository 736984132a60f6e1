import type { SgNode } from '@ast-grep/napi';
import { replaceWhole } from '../../../python-source/calls.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import { changedNames, type FromImport, fromImports, withLines } from '../../../python-source/import-names.ts';
import { isSameNode, isVariable, nameOf, partsOf } from '../../../python-source/nodes.ts';
import { linesBefore } from '../../../python-source/statements.ts';
import type { DjangoFile } from '../reading/django-file.ts';
import { nameInModule } from '../reading/django-names.ts';
import { djangoTransform } from '../reading/django-transform.ts';
import { isBoundName } from './calls.ts';

/** `django.utils.timezone.utc` is `datetime.timezone.utc`. */
export const timezoneUtc = djangoTransform({
  id: 'timezone-utc',
  why: '`django.utils.timezone.utc` was another name of `datetime.timezone.utc`; Django 5.0 removed it.',
  since: '4.1',
  mentions: ['utc'],
  find(py) {
    const head = headImports(py);
    const [first] = head;
    const { name, isNew } = datetimeName(py, head);
    if (first === undefined || name === undefined) return [];
    const own = fromImports(py).find(
      (one) =>
        head.some((statement) => isSameNode(statement, one.statement)) &&
        one.module === 'django.utils.timezone' &&
        one.names.some((each) => each.name === 'utc' && each.as === undefined),
    );
    const plain =
      own === undefined
        ? []
        : py
            .matching('identifier', '^utc$')
            .filter(isVariable)
            .map((node) => replaceWhole(node, `${name}.timezone.utc`));
    const held = py.matching('attribute', '\\butc$').flatMap((node): Fix => {
      const object = node.field('object');
      const isOwn = nameInModule(py, node, ['django.utils.timezone'])?.name === 'utc';
      return isOwn && object !== null ? [replaceWhole(object, `${name}.timezone`)] : [];
    });
    if (plain.length + held.length === 0) return [];
    const lines = isNew ? [`import datetime as ${name}`] : [];
    const imports = importEdits(py, plain.length > 0 ? own : undefined, { first, lines });
    return [[...imports, ...plain, ...held]];
  },
});

/** Imports at the top of a file, up to its first other statement; those of `__future__` aside. */
function headImports(py: DjangoFile): readonly SgNode[] {
  const statements = partsOf(py.root);
  const isText = (one: SgNode): boolean => one.is('expression_statement') && partsOf(one)[0]?.is('string') === true;
  const isHead = (one: SgNode): boolean =>
    one.is('import_statement') || one.is('import_from_statement') || one.is('future_import_statement') || isText(one);
  const end = statements.findIndex((one) => !isHead(one));
  return statements
    .slice(0, end === -1 ? statements.length : end)
    .filter((one) => one.is('import_statement') || one.is('import_from_statement'));
}

function datetimeName(
  py: DjangoFile,
  head: readonly SgNode[],
): { readonly name: string | undefined; readonly isNew: boolean } {
  const names = head
    .filter((one) => one.is('import_statement'))
    .flatMap((one) => one.fieldChildren('name'))
    .filter((name) => (name.field('name') ?? name).text() === 'datetime');
  const known = names.map((name) => name.field('alias')?.text() ?? 'datetime').at(-1);
  if (known !== undefined) return { name: known, isNew: false };
  const isTaken = py.matching('identifier', '^dt$').some((node) => nameOf(node) === 'dt' && isBoundName(node));
  return { name: isTaken ? undefined : 'dt', isNew: true };
}

function importEdits(
  py: DjangoFile,
  own: FromImport | undefined,
  { first, lines }: { readonly first: SgNode; readonly lines: readonly string[] },
): Fix {
  if (own === undefined) return lines.length === 0 ? [] : [linesBefore(py, first, lines)];
  const edits = changedNames(
    py,
    own,
    own.names.filter(({ name, as }) => name === 'utc' && as === undefined).map((name) => [name, undefined] as const),
  );
  if (isSameNode(first, own.statement)) return withLines(py, first, { lines, edits });
  return [...(lines.length === 0 ? [] : [linesBefore(py, first, lines)]), ...edits];
}
