import type { SgNode } from '@ast-grep/napi';
import type { Fix } from '../../../python-source/fixes.ts';
import { literalOf, quotedLike } from '../../../python-source/literals.ts';
import { isSameNode, isVariable, startOf } from '../../../python-source/nodes.ts';
import { isAtTop, withoutStatement } from '../../../python-source/statements.ts';
import type { DjangoFile } from '../reading/django-file.ts';
import { djangoTransform } from '../reading/django-transform.ts';
import { type Assignment, assignmentsTo } from './settings.ts';

const aliases = [
  ['DEFAULT_FILE_STORAGE', 'default', 'django.core.files.storage.FileSystemStorage'],
  ['STATICFILES_STORAGE', 'staticfiles', 'django.contrib.staticfiles.storage.StaticFilesStorage'],
] as const;
const names = aliases.map(([name]) => name);

/** `DEFAULT_FILE_STORAGE` and `STATICFILES_STORAGE` are entries of `STORAGES`. */
export const storages = djangoTransform({
  id: 'storages',
  why: '`STORAGES` names every storage since Django 4.2; 5.1 reads `DEFAULT_FILE_STORAGE` and `STATICFILES_STORAGE` no longer.',
  since: '4.2',
  only: 'settings',
  mentions: [...names],
  find(py) {
    const found = assignmentsTo(py, ...names);
    const [first] = found;
    if (first === undefined || !canMerge(py, found)) return [];
    const text = merged(py, found);
    return [
      found.flatMap((one): Fix => {
        const edits = withoutStatement(py, one.statement);
        return one === first ? edits.map((edit, index) => (index === 0 ? { ...edit, text } : edit)) : edits;
      }),
    ];
  },
});

/** Each is set once, at the top of the file, to a text, and read nowhere; `STORAGES` is not set. */
function canMerge(py: DjangoFile, found: readonly Assignment[]): boolean {
  const isPlain = found.every(({ statement, value }) => isAtTop(statement) && literalOf(value)?.kind === 'str');
  const isOnce = new Set(found.map(nameOfTarget)).size === found.length;
  const targets = found.flatMap(({ node }) => node.field('left') ?? []);
  const isRead = py
    .matching('identifier', `^(${names.join('|')})$`)
    .some((node) => isVariable(node) && !targets.some((target) => isSameNode(target, node)));
  const isSet = py.matching('assignment', '^STORAGES\\b').some((node) => node.field('left')?.text() === 'STORAGES');
  return isPlain && isOnce && !isRead && !isSet;
}

function nameOfTarget({ node }: Assignment): string {
  return node.field('left')?.text() ?? '';
}

function merged(py: DjangoFile, found: readonly Assignment[]): string {
  const hasBase = takesOthers(py, found[0]?.statement);
  const entries = aliases.flatMap(([name, alias, initial]) => {
    const value = found.find((one) => nameOfTarget(one) === name)?.value;
    const backend = value === undefined ? undefined : quotedLike(literalOf(value)?.value ?? '', value.text());
    if (backend === undefined && hasBase) return [];
    return [`    "${alias}": {`, `        "BACKEND": ${backend ?? `"${initial}"`},`, '    },'];
  });
  return [`STORAGES = {`, ...(hasBase ? ['    **STORAGES,'] : []), ...entries, '}\n'].join('\n');
}

/** `from .base_settings import *` brings the storages of another file. */
function takesOthers(py: DjangoFile, first: SgNode | undefined): boolean {
  return py
    .all('import_from_statement')
    .some(
      (one) =>
        one.children().some((child) => child.is('wildcard_import')) &&
        /settings/.test(one.field('module_name')?.text() ?? '') &&
        first !== undefined &&
        startOf(one) < startOf(first),
    );
}
