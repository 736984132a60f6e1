import type { SgNode } from '@ast-grep/napi';
import { fromImports } from '../../../python-source/import-names.ts';
import { endOf, nameOf, startOf } from '../../../python-source/nodes.ts';
import type { DjangoFile } from './django-file.ts';

/** A name as it is used, and the node that spells it. */
export type Use = { readonly name: string; readonly node: SgNode };

/** The name that a node is where it was imported from one of the modules before, under its own name. */
export function importedName(
  py: DjangoFile,
  node: SgNode | null | undefined,
  modules: readonly string[],
): Use | undefined {
  const name = nameOf(node);
  if (name === undefined || node == null) return undefined;
  return modules.some((module) => py.imports(module, name, startOf(node))) ? { name, node } : undefined;
}

/**
 * The name in `module.name` where the module itself was imported before, as itself or under another name:
 * `models.Index` after `from django.db import models`, `m.Index` after `import django.db.models as m`.
 */
export function nameInModule(
  py: DjangoFile,
  node: SgNode | null | undefined,
  modules: readonly string[],
): Use | undefined {
  if (node?.is('attribute') !== true) return undefined;
  const own = node.field('attribute');
  const held = heldModule(py, node.field('object'));
  return own !== null && held !== undefined && modules.includes(held) ? { name: own.text(), node: own } : undefined;
}

type Bound = { readonly path: string; readonly module: string; readonly end: number };

const known = new WeakMap<DjangoFile, readonly Bound[]>();

/** The module that a name, or names with dots between, stands for by the imports before it. */
function heldModule(py: DjangoFile, node: SgNode | null): string | undefined {
  if (node?.is('identifier') !== true && node?.is('attribute') !== true) return undefined;
  const bound = known.get(py) ?? boundModules(py);
  known.set(py, bound);
  const path = node.text();
  const found = bound.findLast((one) => one.path === path && one.end <= startOf(node));
  if (found !== undefined) return found.module;
  // `import django.utils.http` binds `django`, by which all that is loaded below it is reached.
  const [top] = path.split('.');
  const isBelow = bound.some((one) => one.path === one.module && one.path.split('.')[0] === top);
  return isBelow && path.includes('.') ? path : undefined;
}

function boundModules(py: DjangoFile): readonly Bound[] {
  const named = fromImports(py).flatMap(({ statement, module, names }) =>
    names.map(({ name, as }) => ({ path: as ?? name, module: `${module}.${name}`, end: endOf(statement) })),
  );
  const plain = py.all('import_statement').flatMap((statement) =>
    statement.fieldChildren('name').map((node) => {
      const module = (node.field('name') ?? node).text();
      return { path: node.field('alias')?.text() ?? module, module, end: endOf(statement) };
    }),
  );
  return [...named, ...plain].sort((one, other) => one.end - other.end);
}

/** A name of a module: imported itself, or in the module that was imported. */
export function nameFrom(py: DjangoFile, node: SgNode | null | undefined, modules: readonly string[]): Use | undefined {
  return importedName(py, node, modules) ?? nameInModule(py, node, modules);
}

/** Whether `admin` of Django was imported before a node. */
export function hasAdmin(py: DjangoFile, before: number): boolean {
  return ['django.contrib', 'django.contrib.gis'].some((module) => py.imports(module, 'admin', before));
}
