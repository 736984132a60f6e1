import type { SgNode } from '@ast-grep/napi';
import { nameOf, startOf } from '../../../python-source/nodes.ts';
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

/** The name in `module.name` where the module itself was imported before: `models.Index` after `from django.db import models`. */
export function nameInModule(
  py: DjangoFile,
  node: SgNode | null | undefined,
  modules: readonly string[],
): Use | undefined {
  if (node?.is('attribute') !== true) return undefined;
  const holder = nameOf(node.field('object'));
  const own = node.field('attribute');
  const isHeld = modules.some((module) => {
    const dot = module.lastIndexOf('.');
    const isSame = module.slice(dot + 1) === holder;
    return isSame && dot > 0 && py.imports(module.slice(0, dot), holder ?? '', startOf(node));
  });
  return isHeld && own !== null ? { name: own.text(), node: own } : undefined;
}

/** A name of a module: imported itself, or in the module that was imported. */
export function nameFrom(py: DjangoFile, node: SgNode | null | undefined, modules: readonly string[]): Use | undefined {
  return importedName(py, node, modules) ?? nameInModule(py, node, modules);
}

/** Whether `admin` of Django was imported before a node. */
export function hasAdmin(py: DjangoFile, before: number): boolean {
  return ['django.contrib', 'django.contrib.gis'].some((module) => py.imports(module, 'admin', before));
}
