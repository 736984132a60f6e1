import type { SgNode } from '@ast-grep/napi';
import { replaceWhole } from '../../../python-source/calls.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import {
  changedNames,
  type FromImport,
  fromImports,
  type NameChange,
  withLines,
} from '../../../python-source/import-names.ts';
import { literalOf, quotedLike } from '../../../python-source/literals.ts';
import { argumentsOf, bare, endOf, nameOf, startOf } from '../../../python-source/nodes.ts';
import type { Unresolved } from '../../../recipe.ts';
import type { DjangoFile } from '../reading/django-file.ts';
import { importedName } from '../reading/django-names.ts';
import { djangoTransform } from '../reading/django-transform.ts';

/** A call that names a route, and what it becomes. */
type Route = {
  readonly call: SgNode;
  readonly from: string;
  readonly to: 'path' | 're_path';
  readonly edits: Fix;
  /** What is not the same afterwards. */
  readonly unresolved: readonly Unresolved[];
};

/** `url(r"^about/$", view)` is `path("about/", view)`, or `re_path` where a regular expression says more. */
export const urls = djangoTransform({
  id: 'urls',
  why: 'Django 2.0 brought `path` and `re_path`; 4.0 removed `url`.',
  since: '2.0',
  mentions: ['django.conf.urls', 're_path'],
  find(py) {
    const routes = py.callsOf('url', 're_path').flatMap((call) => routeOf(py, call) ?? []);
    const includes = py
      .callsOf('include')
      .filter((call) => importedName(py, call.field('function'), ['django.conf.urls']) !== undefined);
    const changed = routes.filter(({ from, to }) => from !== to);
    const added = new Set<string>([...changed.map(({ to }) => to), ...(includes.length > 0 ? ['include'] : [])]);
    const isRegexKept = routes.some(({ from, to }) => from === to);
    const edits = routes.flatMap((route) => route.edits);
    const imports = importEdits(py, added, isRegexKept);
    if (edits.length + imports.length === 0) return [];
    return { fixes: [[...imports, ...edits]], unresolved: routes.flatMap((route) => route.unresolved) };
  },
});

function routeOf(py: DjangoFile, call: SgNode): Route | undefined {
  const callee = call.field('function');
  const from = nameOf(callee);
  const isOwn =
    (from === 'url' && importedName(py, callee, ['django.conf.urls']) !== undefined) ||
    (from === 're_path' && importedName(py, callee, ['django.urls']) !== undefined);
  const { positional, all } = argumentsOf(call);
  const [first, second] = positional;
  const isFirst = first !== undefined && first.id() === all[0]?.id();
  if (!isOwn || callee === null || from === undefined || !isFirst) return undefined;
  const pattern = patternOf(py, first);
  const view = bare(second);
  const isInclude = view?.is('call') === true && nameOf(view.field('function')) === 'include';
  const route = pattern === undefined ? undefined : routeFrom(literalOf(pattern)?.value ?? '', isInclude);
  const to = route === undefined ? 're_path' : 'path';
  const name = to === from ? [] : [replaceWhole(callee, to)];
  if (route === undefined || pattern === undefined) return { call, from, to, edits: name, unresolved: [] };
  const edits = [...name, replaceWhole(pattern, quotedLike(route, pattern.text()))];
  const [offset, length] = [startOf(pattern), pattern.text().length];
  const unresolved = differences(literalOf(pattern)?.value ?? '', isInclude).map((one) => ({ offset, length, ...one }));
  return { call, from, to, edits, unresolved };
}

const typed: Readonly<Record<string, string>> = { int: 'an int', uuid: 'a uuid.UUID' };
const routing = 'https://docs.djangoproject.com/en/stable/topics/http/urls/#path-converters';

/** What a route does otherwise than the regular expression in whose place it stands. */
function differences(
  pattern: string,
  isInclude: boolean,
): readonly Pick<Unresolved, 'message' | 'cure' | 'evidence'>[] {
  const groups = [...pattern.matchAll(group)].flatMap(([, name = '', regex = '']) => {
    const type = typed[converters[regex] ?? ''];
    return type === undefined ? [] : [{ name, type }];
  });
  const types = groups.map(({ name, type }) => ({
    message: `The view gets \`${name}\` as ${type}, where the regular expression gave a str.`,
    cure: `Look whether the view compares, slices or joins \`${name}\` as a text; where it does, say str(${name}) there.`,
    evidence: routing,
  }));
  const start = {
    message:
      'The regular expression has no `^`, so that it matched at the end of longer paths too; `path()` matches from the start alone.',
    cure: 'Look whether such a path was meant; where it was, write `re_path()` with the regular expression as it was.',
    evidence: routing,
  };
  const end = {
    message:
      'The regular expression ended with `$`, so that nothing behind it reached what is included; now it is a prefix.',
    cure: 'Look whether routes of what is included may be reached now; where not, write `re_path()` with the regular expression as it was.',
    evidence: routing,
  };
  return [...types, ...(pattern.startsWith('^') ? [] : [start]), ...(isInclude && pattern.endsWith('$') ? [end] : [])];
}

/** The text of a pattern, one in `gettext_lazy` too. */
function patternOf(py: DjangoFile, node: SgNode): SgNode | undefined {
  const inner = bare(node);
  if (literalOf(inner)?.kind === 'str') return inner;
  if (inner?.is('call') !== true || !lazyNames(py, startOf(inner)).includes(nameOf(inner.field('function')) ?? ''))
    return undefined;
  const given = bare(argumentsOf(inner).positional[0]);
  return literalOf(given)?.kind === 'str' ? given : undefined;
}

/** The names under which `gettext_lazy` was imported before an offset. */
function lazyNames(py: DjangoFile, before: number): readonly string[] {
  return fromImports(py)
    .filter(({ module, statement }) => module === 'django.utils.translation' && endOf(statement) <= before)
    .flatMap(({ names }) => names.filter(({ name }) => name === 'gettext_lazy').map(({ name, as }) => as ?? name));
}

const converters: Readonly<Record<string, string>> = {
  '[0-9]+': 'int',
  '\\d+': 'int',
  '.+': 'path',
  '[-a-zA-Z0-9_]+': 'slug',
  '[^/]+': 'str',
  '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}': 'uuid',
};

const group = /\(\?P<([^>]*)>([^)]*)\)/g;

/** The route that matches what a regular expression does; undefined where none does. */
function routeFrom(pattern: string, isInclude: boolean): string | undefined {
  if (!pattern.endsWith('$') && !isInclude) return undefined;
  const inner = pattern.replace(/^\^/, '').replace(/\$$/, '');
  const groups = [...inner.matchAll(group)];
  const isKnown = groups.every(([, name = '', regex = '']) => /^[\p{L}_]\w*$/u.test(name) && regex in converters);
  const literals = inner.split(/\(\?P<[^>]*>[^)]*\)/);
  if (!isKnown || !literals.every((literal) => /^([\w\-/:]|\\\.)*$/.test(literal))) return undefined;
  return inner
    .replaceAll(group, (_, name: string, regex: string) => `<${converters[regex] ?? ''}:${name}>`)
    .replaceAll('\\.', '.');
}

function importEdits(py: DjangoFile, added: ReadonlySet<string>, isRegexKept: boolean): Fix {
  const all = fromImports(py);
  const named = (one: FromImport, ...names: readonly string[]) =>
    one.names.filter(({ name, as }) => as === undefined && names.includes(name));
  const old = all.find((one) => one.module === 'django.conf.urls' && named(one, 'include', 'url').length > 0);
  const fresh = all.find((one) => one.module === 'django.urls' && named(one, 're_path').length > 0);
  const known = new Set(
    all.filter(({ module }) => module === 'django.urls').flatMap(({ names }) => names.map(({ name }) => name)),
  );
  const gone = (names: FromImport['names']): readonly NameChange[] => names.map((name) => [name, undefined]);
  const ofOld =
    old === undefined || (added.size === 0 && fresh === undefined) ? [] : gone(named(old, 'include', 'url'));
  const oldEdits = old === undefined ? [] : changedNames(py, old, ofOld);
  const line = (names: readonly string[]): readonly string[] =>
    names.length === 0 ? [] : [`from django.urls import ${[...names].sort().join(', ')}`];
  if (fresh === undefined) {
    if (old === undefined) return [];
    return withLines(py, old.statement, { lines: ofOld.length === 0 ? [] : line([...added]), edits: oldEdits });
  }
  const isUnused = added.size > 0 && !isRegexKept && !added.has('re_path');
  const freshEdits = isUnused ? changedNames(py, fresh, gone(named(fresh, 're_path'))) : [];
  const lines = line([...added].filter((name) => !known.has(name)));
  return [...oldEdits, ...withLines(py, fresh.statement, { lines, edits: freshEdits })];
}
