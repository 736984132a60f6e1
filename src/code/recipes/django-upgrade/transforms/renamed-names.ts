import { replaceWhole } from '../../../python-source/calls.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import { changedNames, fromImports } from '../../../python-source/import-names.ts';
import { isVariable } from '../../../python-source/nodes.ts';
import type { FileTransform } from '../../../recipe.ts';
import type { DjangoFile } from '../reading/django-file.ts';
import { importedName, nameInModule } from '../reading/django-names.ts';
import { djangoTransform } from '../reading/django-transform.ts';

type Renames = {
  readonly id: string;
  readonly why: string;
  readonly since: string;
  readonly modules: readonly string[];
  readonly names: Readonly<Record<string, string>>;
  /** `module.name` is written anew too. */
  readonly inModule?: true;
};

function renames({ names, modules, inModule, ...work }: Renames): FileTransform {
  return djangoTransform({
    ...work,
    mentions: Object.keys(names),
    find: (py) => {
      const imports = fromImports(py)
        .filter(({ module }) => modules.includes(module))
        .map((one) =>
          changedNames(
            py,
            one,
            one.names.flatMap((name) => {
              const next = names[name.name];
              return next === undefined ? [] : [[name, next] as const];
            }),
          ),
        );
      const uses = [...usesOf(py, modules, names), ...(inModule === true ? heldUses(py, modules, names) : [])];
      return [...imports, ...uses];
    },
  });
}

/** Edits of names that were imported, under their own name. */
export function usesOf(
  py: DjangoFile,
  modules: readonly string[],
  names: Readonly<Record<string, string>>,
): readonly Fix[] {
  return py.matching('identifier', `^(${Object.keys(names).join('|')})$`).flatMap((node) => {
    const next = names[node.text()];
    if (next === undefined || !isVariable(node) || importedName(py, node, modules) === undefined) return [];
    return [[replaceWhole(node, next)]];
  });
}

function heldUses(py: DjangoFile, modules: readonly string[], names: Readonly<Record<string, string>>): readonly Fix[] {
  return py.matching('attribute', `\\b(${Object.keys(names).join('|')})$`).flatMap((node) => {
    const use = nameInModule(py, node, modules);
    const next = use === undefined ? undefined : names[use.name];
    return use === undefined || next === undefined ? [] : [[replaceWhole(use.node, next)]];
  });
}

export const lookupSpawnsDuplicates = renames({
  id: 'lookup-spawns-duplicates',
  why: 'Django 4.0 calls `lookup_needs_distinct` by what it means: `lookup_spawns_duplicates`.',
  since: '4.0',
  modules: ['django.contrib.admin.utils'],
  names: { lookup_needs_distinct: 'lookup_spawns_duplicates' },
});

export const decimalRange = renames({
  id: 'decimal-range',
  why: '`FloatRangeField` always held decimals; Django 2.2 calls it `DecimalRangeField`, and 3.1 removed the old name.',
  since: '2.2',
  modules: [
    'django.contrib.postgres.fields',
    'django.contrib.postgres.fields.ranges',
    'django.contrib.postgres.forms',
    'django.contrib.postgres.forms.ranges',
  ],
  names: { FloatRangeField: 'DecimalRangeField' },
});

export const paginator = renames({
  id: 'paginator',
  why: '`QuerySetPaginator` was another name of `Paginator`; Django 3.1 removed it.',
  since: '2.2',
  modules: ['django.core.paginator'],
  names: { QuerySetPaginator: 'Paginator' },
  inModule: true,
});

export const textEncoding = renames({
  id: 'text-encoding',
  why: '`force_text` and `smart_text` are `force_str` and `smart_str`; Django 4.0 removed them.',
  since: '3.0',
  modules: ['django.utils.encoding'],
  names: { force_text: 'force_str', smart_text: 'smart_str' },
  inModule: true,
});

export const translation = renames({
  id: 'translation',
  why: 'The `u` was for Python 2: `ugettext` is `gettext`. Django 4.0 removed the old names.',
  since: '3.0',
  modules: ['django.utils.translation'],
  names: {
    ugettext: 'gettext',
    ugettext_lazy: 'gettext_lazy',
    ugettext_noop: 'gettext_noop',
    ungettext: 'ngettext',
    ungettext_lazy: 'ngettext_lazy',
  },
  inModule: true,
});

export const savepoint = renames({
  id: 'savepoint',
  why: 'Django 6.1 calls `transaction.savepoint()` by what it does: `savepoint_create()`.',
  since: '6.1',
  modules: ['django.db.transaction'],
  names: { savepoint: 'savepoint_create' },
  inModule: true,
});
