import type { SgNode } from '@ast-grep/napi';
import type { Fix } from '../../../python-source/fixes.ts';
import { literalOf, quotedLike } from '../../../python-source/literals.ts';
import { bare, endOf, isSameNode, nameOf, partsOf, startOf } from '../../../python-source/nodes.ts';
import { lastToken, linesBefore, withoutStatement } from '../../../python-source/statements.ts';
import { at } from '../../../python-source/tokens-at.ts';
import type { DjangoFile } from '../reading/django-file.ts';
import { djangoTransform } from '../reading/django-transform.ts';
import { assignmentsTo } from './settings.ts';

/** `index_together = [("a", "b")]` is `indexes = [models.Index(fields=("a", "b"))]`. */
export const indexTogether = djangoTransform({
  id: 'index-together',
  why: 'Indexes stand in `indexes`; Django 5.1 reads `index_together` no longer.',
  since: '4.2',
  only: 'model',
  mentions: ['index_together'],
  find: (py) =>
    py.all('class_definition').flatMap((meta) => {
      const classes = meta.ancestors().filter((one) => one.is('class_definition'));
      const statements = partsOf(meta.field('body'));
      const areAssignments = statements.every((one) => partsOf(one)[0]?.is('assignment') === true);
      if (nameOf(meta.field('name')) !== 'Meta' || classes.length !== 1 || !areAssignments) return [];
      return metaFix(py, statements);
    }),
});

function metaFix(py: DjangoFile, statements: readonly SgNode[]): readonly Fix[] {
  const own = (name: string) =>
    assignmentsTo(py, name).filter(({ statement }) => statements.some((one) => isSameNode(one, statement)));
  const [together, ...more] = own('index_together');
  const [indexes, ...others] = own('indexes');
  if (together === undefined || more.length + others.length > 0) return [];
  const groups = groupsOf(bare(together.value));
  const index = indexName(py, startOf(together.statement));
  const list = bare(indexes?.value);
  if (groups === undefined || index === undefined) return [];
  if (indexes !== undefined && list?.is('list') !== true && list?.is('tuple') !== true) return [];
  const text = groups.map((group) => `${index}(fields=${group})`).join(', ');
  if (list !== undefined) return [[...extended(py, list, text), ...withoutStatement(py, together.statement)]];
  const lines = linesBefore(py, together.statement, [`indexes = [${text}]`]);
  return [
    withoutStatement(py, together.statement).map((edit, nth) => (nth === 0 ? { ...edit, text: lines.text } : edit)),
  ];
}

/** The fields of each index as a list or tuple, as they were written; undefined for what is not written out. */
function groupsOf(value: SgNode | undefined): readonly string[] | undefined {
  if (value?.is('list') !== true && value?.is('tuple') !== true) return undefined;
  const parts = partsOf(value);
  if (parts.length === 0) return undefined;
  if (parts.every((part) => literalOf(part)?.kind === 'str')) return [spelled(value)];
  const groups = parts.flatMap((part) => bare(part) ?? part);
  const areGroups = groups.every(
    (group) =>
      (group.is('list') || group.is('tuple')) && partsOf(group).every((part) => literalOf(part)?.kind === 'str'),
  );
  return areGroups ? groups.map(spelled) : undefined;
}

function spelled(group: SgNode): string {
  const names = partsOf(group).map((part) => quotedLike(literalOf(part)?.value ?? '', '"'));
  // One name in parentheses is no tuple; Django takes a list as well.
  const [open, close] = group.is('tuple') && names.length > 1 ? ['(', ')'] : ['[', ']'];
  return `${open}${names.join(', ')}${close}`;
}

function indexName(py: DjangoFile, before: number): string | undefined {
  const isHeld = ['django.db', 'django.contrib.gis.db'].some((module) => py.imports(module, 'models', before));
  if (isHeld) return 'models.Index';
  const isOwn = ['django.db.models', 'django.contrib.gis.db.models'].some((module) =>
    py.imports(module, 'Index', before),
  );
  return isOwn ? 'Index' : undefined;
}

function extended(py: DjangoFile, list: SgNode, text: string): Fix {
  const close = lastToken(py, list);
  const offset = at(py, close).start;
  const last = partsOf(list).at(-1);
  if (last === undefined) return [{ offset, length: 0, text: list.is('tuple') ? `${text},` : text }];
  const hasComma = list.children().at(-2)?.text() === ',';
  const before = at(py, close - 1).kind;
  if (before !== 'space' && before !== 'nl') return [{ offset, length: 0, text: hasComma ? ` ${text}` : `, ${text}` }];
  const comma: Fix = hasComma ? [] : [{ offset: endOf(last), length: 0, text: ',' }];
  return [...comma, { offset, length: 0, text }];
}
