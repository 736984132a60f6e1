import type { SgNode } from '@ast-grep/napi';
import { spanOf } from '../../../engine/edit-node.ts';
import { literalOf } from '../../../python-source/literals.ts';
import { argumentsOf, bare, nameOf, partsOf, startOf } from '../../../python-source/nodes.ts';
import { type DjangoFile, fileKinds } from '../reading/django-file.ts';
import { nameFrom } from '../reading/django-names.ts';
import { djangoTransform } from '../reading/django-transform.ts';
import { keyword, keywordOf, membersOf, type RemovedUse } from '../reading/removed-use.ts';
import { isGone, releaseNotes } from '../reading/told-removed.ts';
import { usesRemovedSince6 } from './uses-removed-since-6.ts';

const aggregates = ['ArrayAgg', 'JSONBAgg', 'StringAgg'];

const removedUsesOf: readonly RemovedUse[] = [
  {
    since: '4.0',
    symbol: 'isnull',
    mentions: ['__isnull'],
    says: '`isnull` takes `True` or `False` only since Django 4.0.',
    cure: 'Write `True` or `False`.',
    find: (py) =>
      py.matching('keyword_argument', '^\\w+__isnull\\b').filter((node) => {
        const value = bare(node.field('value'));
        return value !== undefined && ['integer', 'string', 'none', 'float'].includes(String(value.kind()));
      }),
  },
  {
    since: '4.0',
    symbol: 'NullBooleanField',
    mentions: ['NullBooleanField'],
    says: '`NullBooleanField` is no field of a model since Django 4.0; the class is there for old migrations.',
    cure: 'Write `BooleanField(null=True)`.',
    find: (py) =>
      fileKinds.migration.test(py.settings.path)
        ? []
        : py
            .callsOf('NullBooleanField')
            .filter((call) => nameFrom(py, call.field('function'), ['django.db.models']) !== undefined),
  },
  {
    since: '4.0',
    symbol: 'order_by',
    mentions: ['order_by'],
    says: '`order_by()` takes no name of a table with a column (`table.column`) since Django 4.0.',
    cure: 'Name the field, with `__` across relations; or use `RawSQL`.',
    find: (py) =>
      py
        .callsOf('order_by')
        .flatMap((call) =>
          argumentsOf(call).positional.filter((one) => /^-?\w+\.\w+$/.test(literalOf(one)?.value ?? '')),
        ),
  },
  {
    since: '4.0',
    symbol: 'get_response',
    mentions: ['Middleware'],
    says: 'A middleware is made with `get_response` since Django 4.0.',
    cure: 'Pass what answers the request, in a test `lambda request: HttpResponse()`.',
    find: (py) => py.matching('call', '^\\w*Middleware\\(').filter((call) => isBareMiddleware(py, call)),
  },
  {
    since: '4.1',
    symbol: 'assertQuerySetEqual',
    mentions: ['assertQuerysetEqual', 'assertQuerySetEqual'],
    says: '`assertQuerySetEqual()` compares no `repr()` with texts by itself since Django 4.1.',
    cure: 'Pass `transform=repr`, or compare with the objects.',
    find: (py) =>
      py.callsOf('assertQuerysetEqual', 'assertQuerySetEqual').filter((call) => {
        const [, second, third] = argumentsOf(call).positional;
        const isPlain = third === undefined && keyword(call, 'transform') === undefined;
        return isPlain && partsOf(bare(second)).some((one) => /^<\w+: .*>$/.test(literalOf(one)?.value ?? ''));
      }),
  },
  {
    since: '5.0',
    symbol: 'iterator',
    mentions: ['prefetch_related'],
    says: '`iterator()` of a query that prefetches is a ValueError without `chunk_size` since Django 5.0.',
    cure: 'Pass a `chunk_size` (2000 is what it was without prefetching); objects are prefetched for each chunk then.',
    find: (py) => py.callsOf('iterator').filter(isWithoutChunks),
  },
  {
    since: '5.0',
    symbol: 'cached_property',
    mentions: ['cached_property'],
    says: '`cached_property` takes no `name` since Django 5.0.',
    cure: 'Leave it out: the name is that of the attribute.',
    find: (py) =>
      keywordOf(py, ['cached_property'], 'name').filter(
        (call) => nameFrom(py, call.field('function'), ['django.utils.functional']) !== undefined,
      ),
  },
  {
    since: '5.0',
    symbol: 'opclasses',
    mentions: ['ExclusionConstraint'],
    says: '`ExclusionConstraint` takes no `opclasses` since Django 5.0.',
    cure: 'Write `OpClass(…, name=…)` of `django.contrib.postgres.indexes` in its expressions.',
    find: (py) => keywordOf(py, ['ExclusionConstraint'], 'opclasses'),
  },
  {
    since: '5.0',
    symbol: 'extra_tests',
    mentions: ['extra_tests'],
    says: '`build_suite()` and `run_tests()` take no `extra_tests` since Django 5.0.',
    cure: 'Leave it out, also where a runner of your own passes it on.',
    find: (py) => [
      ...keywordOf(py, ['build_suite', 'run_tests'], 'extra_tests'),
      ...py
        .matching('function_definition', '^(async )?def (build_suite|run_tests)\\b')
        .filter((node) => /\bextra_tests\b/.test(node.field('parameters')?.text() ?? '')),
    ],
  },
  {
    since: '5.0',
    symbol: 'nulls_first',
    mentions: ['nulls_first', 'nulls_last'],
    says: '`nulls_first` and `nulls_last` are `True` or left out since Django 5.0.',
    cure: 'Leave it out.',
    find: (py) =>
      py
        .callsOf('asc', 'desc', 'OrderBy')
        .filter((call) => ['nulls_first', 'nulls_last'].some((name) => keyword(call, name)?.is('false') === true)),
  },
  {
    since: '5.0',
    symbol: 'configure_user',
    mentions: ['RemoteUserBackend'],
    says: '`configure_user()` of a `RemoteUserBackend` is called with `created` since Django 5.0.',
    cure: 'Write `def configure_user(self, request, user, created=True)`.',
    find: (py) =>
      membersOf(py, 'RemoteUserBackend')
        .filter((node) => node.is('function_definition') && node.field('name')?.text() === 'configure_user')
        .filter((node) => !/\bcreated\b|\*/.test(node.field('parameters')?.text() ?? '')),
  },
  {
    since: '5.0',
    symbol: 'SERIALIZE',
    mentions: ['SERIALIZE'],
    says: 'The setting `SERIALIZE` of a test database is read no longer since Django 5.0.',
    cure: 'Use `serialized_rollback` or `available_apps` of the test cases.',
    find: (py) =>
      !fileKinds.settings.test(py.settings.path)
        ? []
        : py
            .matching('pair', '^[\'"]SERIALIZE\\b')
            .filter((node) => literalOf(node.field('key'))?.value === 'SERIALIZE'),
  },
  {
    since: '5.0',
    symbol: 'default',
    mentions: aggregates,
    says: 'Without rows this answers `None` since Django 5.0, and no longer an empty list or text.',
    cure: 'Pass `default=Value([])`, or `Value("")`, where the empty one is wanted.',
    isAdvice: true,
    find: (py) =>
      py
        .callsOf(...aggregates)
        .filter((call) => keyword(call, 'default') === undefined && !argumentsOf(call).hasStar)
        .filter((call) => nameFrom(py, call.field('function'), ['django.contrib.postgres.aggregates']) !== undefined),
  },
  {
    since: '5.1',
    symbol: 'map_width',
    mentions: ['map_width', 'map_height'],
    says: '`map_width` and `map_height` of a widget are read no longer since Django 5.1.',
    cure: 'Size the map with CSS.',
    find: (py) =>
      membersOf(py, '(BaseGeometryWidget|OpenLayersWidget|OSMWidget)').filter((node) =>
        /^map_(width|height)\s*=/.test(node.text()),
      ),
  },
  ...usesRemovedSince6,
];

/** Ways to use what is still there that the wanted Django no longer takes. */
export const removedUses = djangoTransform({
  id: 'removed-uses',
  why: 'Arguments, values and signatures that were deprecated for two releases are refused, or do nothing.',
  since: '4.0',
  mentions: removedUsesOf.flatMap(({ mentions }) => mentions),
  find: (py) => ({
    fixes: [],
    unresolved: removedUsesOf
      .filter(({ since, mentions }) => isGone(py, since) && mentions.some((word) => py.text.includes(word)))
      .flatMap(({ since, symbol, says, cure, isAdvice, find }) =>
        find(py).map((node) => ({
          ...spanOf(node),
          message: says,
          cure,
          symbol,
          evidence: releaseNotes(since),
          ...(isAdvice === true ? { isAdvice } : {}),
        })),
      ),
  }),
});

/** A middleware of Django, or of the file, made without anything. */
function isBareMiddleware(py: DjangoFile, call: SgNode): boolean {
  const { all } = argumentsOf(call);
  const name = nameOf(call.field('function'));
  if (name === undefined || all.length > 1 || all[0]?.is('none') === false) return false;
  const own = py.all('class_definition').find((node) => node.field('name')?.text() === name);
  if (own !== undefined)
    return (
      /\bMiddlewareMixin\b/.test(own.field('superclasses')?.text() ?? '') &&
      !partsOf(own.field('body')).some((node) => /^def __init__\b/.test(node.text()))
    );
  return new RegExp(`^from django\\.[\\w.]*middleware[\\w.]* import [^#]*?\\b${name}\\b`, 'm').test(py.text);
}

/** `….prefetch_related(…).….iterator()`, in one expression or by a name of the same function. */
function isWithoutChunks(call: SgNode): boolean {
  const callee = call.field('function');
  if (callee?.is('attribute') !== true || argumentsOf(call).all.some((one) => !isConnection(one))) return false;
  const object = bare(callee.field('object'));
  const name = nameOf(object);
  if (name === undefined) return hasPrefetch(object);
  const around = call.ancestors().find((one) => one.is('function_definition') || one.is('module'));
  const values = (around?.findAll({ rule: { kind: 'assignment' } }) ?? []).filter(
    (node) => nameOf(node.field('left')) === name && startOf(node) < startOf(call),
  );
  return hasPrefetch(bare(values.at(-1)?.field('right')));
}

const isConnection = (node: SgNode): boolean => node.is('keyword_argument') && !/^chunk_size\b/.test(node.text());

function hasPrefetch(node: SgNode | undefined): boolean {
  let at = node;
  for (let depth = 0; at?.is('call') === true && depth < 100; depth += 1) {
    const callee: SgNode | null = at.field('function');
    if (callee?.is('attribute') !== true) return false;
    const [first] = argumentsOf(at).all;
    if (callee.field('attribute')?.text() === 'prefetch_related') return first?.is('none') === false;
    at = bare(callee.field('object'));
  }
  return false;
}
