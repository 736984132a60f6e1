import type { SgNode } from '@ast-grep/napi';
import type { Fix } from '../../../python-source/fixes.ts';
import { bare, nameOf, partsOf, startOf } from '../../../python-source/nodes.ts';
import {
  blockOf,
  classAround,
  indentOf,
  isAloneInBlock,
  isAtTop,
  linesBefore,
  withoutStatement,
} from '../../../python-source/statements.ts';
import { definitionsIn } from '../reading/definitions.ts';
import type { DjangoFile } from '../reading/django-file.ts';
import { hasAdmin } from '../reading/django-names.ts';
import { djangoTransform } from '../reading/django-transform.ts';

export const allowTags = djangoTransform({
  id: 'allow-tags',
  why: '`allow_tags` is no longer read since Django 2.0; `format_html` makes text safe.',
  since: '2.0',
  mentions: ['allow_tags'],
  find: (py) =>
    attributesSet(py)
      .filter(({ name, value, statement }) => {
        const isOwn = isAtTop(statement) || classAround(statement) !== undefined;
        const isTrue = bare(value)?.is('true') === true;
        return (
          name === 'allow_tags' && isTrue && isOwn && !isAloneInBlock(statement) && hasAdmin(py, startOf(statement))
        );
      })
      .map(({ statement }) => withoutStatement(py, statement)),
});

type AttributeSet = {
  readonly statement: SgNode;
  /** The object, where it is a name. */
  readonly object: string | undefined;
  readonly name: string;
  readonly value: SgNode;
};

/** `object.name = value`, each a statement of its own. */
function attributesSet(py: DjangoFile): readonly AttributeSet[] {
  return py.all('expression_statement').flatMap((statement): readonly AttributeSet[] => {
    const [assignment] = partsOf(statement);
    const left = assignment?.is('assignment') === true ? assignment.field('left') : undefined;
    const value = assignment?.field('right');
    if (left?.is('attribute') !== true || value == null || value.is('assignment')) return [];
    const name = left.field('attribute')?.text() ?? '';
    return [{ statement, object: nameOf(left.field('object')), name, value }];
  });
}

const keywords: Readonly<Record<'action' | 'display', Readonly<Record<string, string>>>> = {
  action: { short_description: 'description', allowed_permissions: 'permissions' },
  display: {
    short_description: 'description',
    boolean: 'boolean',
    empty_value_display: 'empty_value',
    admin_order_field: 'ordering',
  },
};

/** `f.short_description = "…"` is `@admin.display(description="…")` above `f`. */
export const adminDecorators = djangoTransform({
  id: 'admin-decorators',
  why: '`@admin.display` and `@admin.action` say it where the function begins (Django 3.2).',
  since: '3.2',
  mentions: [...Object.keys(keywords.action), ...Object.keys(keywords.display)],
  find(py) {
    const byBlock = new Map<number, AttributeSet[]>();
    for (const one of attributesSet(py)) {
      const block = blockOf(one.statement);
      const isOwn = block?.is('module') === true || classAround(one.statement) !== undefined;
      if (block !== undefined && isOwn) byBlock.set(block.id(), [...(byBlock.get(block.id()) ?? []), one]);
    }
    return [...byBlock.values()].flatMap((sets) => blockFixes(py, sets));
  },
});

function blockFixes(py: DjangoFile, sets: readonly AttributeSet[]): readonly Fix[] {
  const block = blockOf(sets[0]?.statement ?? py.root);
  if (block === undefined) return [];
  const isModule = block.is('module');
  const before = isModule ? py.text.length : startOf(block);
  if (!hasAdmin(py, before)) return [];
  const defined = definitionsIn(block);
  const functions = partsOf(block)
    .map((part) => (part.is('decorated_definition') ? (part.field('definition') ?? part) : part))
    .filter((part) => part.is('function_definition') && part.children()[0]?.text() !== 'async');
  const found = new Map<SgNode, Map<string, AttributeSet>>();
  for (const one of sets) {
    const own = functions.findLast(
      (part) => part.field('name')?.text() === one.object && startOf(part) < startOf(one.statement),
    );
    const kind = own === undefined ? undefined : kindOf(own, isModule ? 1 : 2);
    const keyword = kind === undefined ? undefined : keywords[kind][one.name];
    if (own === undefined || keyword === undefined || usesLater(one.value, defined, startOf(own))) continue;
    found.set(own, (found.get(own) ?? new Map<string, AttributeSet>()).set(keyword, one));
  }
  return [...found].map(([own, given]) =>
    decoratorFix(py, own, { given, kind: kindOf(own, isModule ? 1 : 2) ?? 'display' }),
  );
}

/** What Django may call a function as, by the number of its parameters. */
function kindOf(own: SgNode, displayed: number): 'action' | 'display' | undefined {
  const parameters = partsOf(own.field('parameters'));
  const texts = parameters.map((one) => one.text());
  const rest = parameters.findIndex((one) => one.text().startsWith('*') && !one.text().startsWith('**'));
  const hasKeywordOnly = rest !== -1 && texts.slice(rest + 1).some((text) => !text.startsWith('**'));
  const count = texts.filter((text) => !text.startsWith('*') && text !== '/').length;
  if (hasKeywordOnly) return undefined;
  if (count === 3) return 'action';
  return count === displayed ? 'display' : undefined;
}

/** True where a value names what is only bound after the function. */
function usesLater(value: SgNode, defined: ReadonlyMap<string, number>, start: number): boolean {
  const names = value.is('identifier') ? [value] : value.findAll({ rule: { kind: 'identifier' } });
  return names.some((name) => (defined.get(name.text()) ?? start) > start);
}

function decoratorFix(
  py: DjangoFile,
  own: SgNode,
  { given, kind }: { readonly given: ReadonlyMap<string, AttributeSet>; readonly kind: 'action' | 'display' },
): Fix {
  const parent = own.parent();
  const whole = parent?.is('decorated_definition') === true ? parent : own;
  const indent = indentOf(py, whole);
  const order = Object.values(keywords[kind]).flatMap((keyword) => {
    const set = given.get(keyword);
    return set === undefined ? [] : [{ keyword, value: bare(set.value) ?? set.value }];
  });
  const comma = order.length > 1 ? ',' : '';
  const lines = order.map(
    ({ keyword, value }) => `    ${keyword}=${value.text().replaceAll('\n', `\n${indent}    `)}${comma}`,
  );
  return [
    linesBefore(py, whole, [`@admin.${kind}(`, ...lines, ')']),
    ...[...given.values()].flatMap(({ statement }) => withoutStatement(py, statement)),
  ];
}
