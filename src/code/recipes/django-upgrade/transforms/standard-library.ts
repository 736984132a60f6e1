import { replaceWhole } from '../../../python-source/calls.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import { changedNames, fromImports, type NameChange, withLines } from '../../../python-source/import-names.ts';
import { argumentsOf, endOf, isVariable, startOf } from '../../../python-source/nodes.ts';
import { importedName } from '../reading/django-names.ts';
import { djangoTransform } from '../reading/django-transform.ts';
import { usesOf } from './renamed-names.ts';

const quoted: Readonly<Record<string, string>> = {
  urlquote: 'quote',
  urlquote_plus: 'quote_plus',
  urlunquote: 'unquote',
  urlunquote_plus: 'unquote_plus',
};
const safe: Readonly<Record<string, string>> = { is_safe_url: 'url_has_allowed_host_and_scheme' };

/** `urlquote` is `urllib.parse.quote`; `is_safe_url` is `url_has_allowed_host_and_scheme`. */
export const utilsHttp = djangoTransform({
  id: 'utils-http',
  why: 'Django 4.0 removed what `urllib.parse` has, and calls `is_safe_url` by what it checks.',
  since: '3.0',
  mentions: [...Object.keys(quoted), ...Object.keys(safe)],
  find(py) {
    const imports = fromImports(py)
      .filter(({ module }) => module === 'django.utils.http')
      .map((one): Fix => {
        const changes = one.names.flatMap((name): readonly NameChange[] => {
          if (name.name in quoted) return [[name, undefined]];
          const next = safe[name.name];
          return next === undefined ? [] : [[name, next]];
        });
        const moved = one.names.flatMap(({ name, as }) => {
          const next = quoted[name];
          return next === undefined ? [] : [as === undefined ? next : `${next} as ${as}`];
        });
        const lines = moved.length === 0 ? [] : [`from urllib.parse import ${moved.join(', ')}`];
        return withLines(py, one.statement, { lines, edits: changedNames(py, one, changes) });
      });
    const uses = usesOf(py, ['django.utils.http'], { ...quoted, ...safe });
    return [[...imports, ...uses].flat()];
  },
});

/** `unescape_entities` is `html.unescape`. */
export const utilsText = djangoTransform({
  id: 'utils-text',
  why: 'Django 4.0 removed `unescape_entities`; `html.unescape` does the same.',
  since: '3.0',
  mentions: ['unescape_entities'],
  find(py) {
    const imports = fromImports(py)
      .filter(({ module }) => module === 'django.utils.text')
      .map((one): Fix => {
        const names = one.names.filter(({ name, as }) => name === 'unescape_entities' && as === undefined);
        if (names.length === 0) return [];
        const edits = changedNames(
          py,
          one,
          names.map((name) => [name, undefined] as const),
        );
        return withLines(py, one.statement, { lines: ['import html'], edits });
      });
    return [[...imports, ...usesOf(py, ['django.utils.text'], { unescape_entities: 'html.unescape' })].flat()];
  },
});

/** `FixedOffset(60)` is `timezone(timedelta(minutes=60))`. */
export const fixedOffset = djangoTransform({
  id: 'fixed-offset',
  why: 'Django 3.1 removed `FixedOffset`; `datetime.timezone` does the same.',
  since: '2.2',
  mentions: ['FixedOffset'],
  find(py) {
    const own = fromImports(py).filter(
      ({ module, names }) =>
        module === 'django.utils.timezone' && names.some(({ name, as }) => name === 'FixedOffset' && as === undefined),
    );
    const uses = py
      .matching('identifier', '^FixedOffset$')
      .filter((node) => isVariable(node) && importedName(py, node, ['django.utils.timezone']) !== undefined);
    const fixes = uses.map((use): Fix | undefined => {
      const call = use.parent();
      if (call?.is('call') !== true || call.field('function')?.id() !== use.id()) return undefined;
      const { all, positional, keywords } = argumentsOf(call);
      const [first] = positional;
      const isFirst = first !== undefined && first.id() === all[0]?.id();
      const given = isFirst ? first : keywords.find(({ name }) => name === 'offset')?.value;
      if (given === undefined) return undefined;
      return [
        replaceWhole(use, 'timezone'),
        { offset: startOf(given), length: 0, text: 'timedelta(minutes=' },
        { offset: endOf(given), length: 0, text: ')' },
      ];
    });
    if (fixes.some((fix) => fix === undefined)) return [];
    const imports = own.map((one) =>
      withLines(py, one.statement, {
        lines: ['from datetime import timedelta, timezone'],
        edits: changedNames(
          py,
          one,
          one.names
            .filter(({ name, as }) => name === 'FixedOffset' && as === undefined)
            .map((name) => [name, undefined] as const),
        ),
      }),
    );
    return [[...imports, ...fixes].flatMap((fix) => fix ?? [])];
  },
});
