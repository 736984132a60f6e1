import type { SgNode } from '@ast-grep/napi';
import { replaceWhole } from '../../../python-source/calls.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import { literalOf, quotedLike } from '../../../python-source/literals.ts';
import { argumentsOf, bare, endOf, nameOf, partsOf, startOf } from '../../../python-source/nodes.ts';
import { djangoTransform } from '../reading/django-transform.ts';

/** `request.name` or `self.request.name`. */
function ofRequest(node: SgNode | null | undefined, name: string): SgNode | undefined {
  const inner = bare(node);
  if (inner?.is('attribute') !== true || inner.field('attribute')?.text() !== name) return undefined;
  const object = bare(inner.field('object'));
  const isOwn =
    object?.is('attribute') === true &&
    object.field('attribute')?.text() === 'request' &&
    nameOf(object.field('object')) === 'self';
  return nameOf(object) === 'request' || isOwn ? inner : undefined;
}

/** `request.user.is_authenticated()` is `request.user.is_authenticated`. */
export const requestUser = djangoTransform({
  id: 'request-user',
  why: '`is_authenticated` and `is_anonymous` are attributes since Django 1.10; 2.0 no longer calls them.',
  since: '1.10',
  mentions: ['is_anonymous', 'is_authenticated'],
  find: (py) =>
    py.callsOf('is_anonymous', 'is_authenticated').flatMap((call) => {
      const callee = call.field('function');
      const list = call.field('arguments');
      const isOwn = callee?.is('attribute') === true && ofRequest(callee.field('object'), 'user') !== undefined;
      if (!isOwn || list === null || argumentsOf(call).all.length > 0) return [];
      return [[{ offset: startOf(list), length: endOf(list) - startOf(list), text: '' }]];
    }),
});

/** `request.META["HTTP_ACCEPT"]` is `request.headers["accept"]`. */
export const requestHeaders = djangoTransform({
  id: 'request-headers',
  why: '`request.headers` has the headers by their own names (Django 2.2).',
  since: '2.2',
  mentions: ['META'],
  find: (py) => [
    ...py.matching('subscript', '\\bMETA\\b').flatMap((node) => {
      const [value, index, ...more] = partsOf(node);
      return more.length > 0 || isWritten(node) ? [] : headerFix(value, index);
    }),
    ...py.callsOf('get').flatMap((call) => {
      const callee = call.field('function');
      const isGet = callee?.is('attribute') === true && callee.field('attribute')?.text() === 'get';
      return isGet ? headerFix(callee.field('object'), argumentsOf(call).positional[0]) : [];
    }),
    ...py.matching('comparison_operator', '\\bMETA\\b').flatMap((node) => {
      const [left, right, ...more] = partsOf(node);
      const operator = node
        .children()
        .filter((child) => !child.isNamed())
        .map((child) => child.text())
        .join(' ');
      return more.length > 0 || !/^(not )?in$/.test(operator) ? [] : headerFix(right, bare(left));
    }),
  ],
});

/** True for what is assigned to or deleted. */
function isWritten(node: SgNode): boolean {
  const parent = node.parent();
  if (parent === null) return false;
  if (parent.is('assignment') || parent.is('augmented_assignment')) return parent.field('left')?.id() === node.id();
  if (parent.is('for_statement') || parent.is('for_in_clause')) return parent.field('left')?.id() === node.id();
  if (parent.is('expression_list') || parent.is('pattern_list') || parent.is('tuple_pattern') || parent.is('tuple'))
    return isWritten(parent);
  return parent.is('delete_statement') || parent.is('as_pattern_target');
}

function headerFix(holder: SgNode | null | undefined, key: SgNode | undefined): readonly Fix[] {
  const meta = ofRequest(holder, 'META')?.field('attribute');
  const literal = key?.is('string') === true ? literalOf(key) : undefined;
  if (meta == null || key === undefined || literal?.kind !== 'str') return [];
  const name = headerName(literal.value);
  return name === undefined ? [] : [[replaceWhole(meta, 'headers'), replaceWhole(key, quotedLike(name, key.text()))]];
}

/** The header that an entry of the environment holds; undefined for what is none. */
function headerName(entry: string): string | undefined {
  const isOwn = entry === 'CONTENT_LENGTH' || entry === 'CONTENT_TYPE';
  if (!isOwn && !entry.startsWith('HTTP_')) return undefined;
  return (isOwn ? entry : entry.slice('HTTP_'.length)).toLowerCase().replaceAll('_', '-');
}
