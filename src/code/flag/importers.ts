import type { SgNode } from '@ast-grep/napi';
import { type Binding, bindingsOf, specifiersOf } from '../engine/bindings.ts';
import { replaceNode, spanOf } from '../engine/edit-node.ts';
import { usesOf } from '../engine/scope.ts';
import type { RecipeFile, TreeUnresolved } from '../recipe.ts';
import type { AdapterForm, Taken } from './adapter.ts';

/** A file that takes a package, as far as an adapter can stand in its place. */
export type Importer = {
  readonly file: RecipeFile;
  readonly form: AdapterForm;
  readonly specifiers: readonly SgNode[];
  readonly taken: Taken;
};

export type Looked = { readonly importer: Importer | undefined; readonly unresolved: readonly TreeUnresolved[] };

const isTyped = /\.([cm]?ts|tsx)$/;

/** How a file takes a package; what no adapter can give it is left open. */
export function importerOf(file: RecipeFile, name: string): Looked {
  const root = file.root();
  const unresolved: TreeUnresolved[] = [];
  const leave = (node: SgNode, message: string): void => {
    const cure = `It keeps the version of ${name} that is there now until the flag is taken away; choose by hand where both must be tried.`;
    unresolved.push({ path: file.path, ...spanOf(node), message, cure });
  };
  for (const node of specifiersOf(root, (specifier) => specifier.startsWith(`${name}/`)))
    leave(node, `${node.text()} is taken apart from the package, which no adapter stands for.`);
  const bindings = bindingsOf(root, (specifier) => specifier === name);
  const taken = { isDefault: false, names: new Set<string>(), types: new Set<string>() };
  const specifiers: SgNode[] = [];
  const forms = new Set<AdapterForm>();
  for (const node of specifiersOf(root, (specifier) => specifier === name)) {
    const own = bindings.filter((binding) => binding.specifier.id() === node.id());
    const statement = node.parent();
    const isTypeOnly =
      statement?.is('import_statement') === true && own.length > 0 && own.every((one) => one.isTypeOnly);
    if (isTypeOnly) continue;
    const form = formOf(node, file.path);
    const why = form === undefined ? 'This form of taking it cannot be sent through an adapter.' : hindrance(own);
    if (form === undefined || why !== undefined) {
      leave(node, why ?? '');
      continue;
    }
    for (const binding of own) take(binding, taken);
    specifiers.push(node);
    forms.add(form);
  }
  const [form] = forms;
  if (form === undefined) return { importer: undefined, unresolved };
  const { isDefault, names, types } = taken;
  const sorted = { isDefault, names: [...names].sort(), types: [...types].sort() };
  return { importer: { file, form, specifiers, taken: sorted }, unresolved };
}

function formOf(specifier: SgNode, path: string): AdapterForm | undefined {
  const parent = specifier.parent();
  if (parent?.is('import_statement') === true) return isTyped.test(path) ? 'typescript' : 'import';
  const callee = parent?.parent()?.field('function')?.text();
  return callee === 'require' && !isTyped.test(path) ? 'require' : undefined;
}

function hindrance(bindings: readonly Binding[]): string | undefined {
  if (bindings.some(({ form, imported }) => form === 'import' && imported === '*'))
    return 'The package is taken as a namespace, whose names an adapter would have to know.';
  const both = bindings.find((one) => one.form === 'import' && isType(one) && isValue(one));
  return both === undefined
    ? undefined
    : `${both.local} is used as a type and as a value, which an adapter would tear apart.`;
}

function take(binding: Binding, taken: { isDefault: boolean; names: Set<string>; types: Set<string> }): void {
  if (binding.form !== 'import') return;
  if (binding.imported === 'default') taken.isDefault = true;
  else if (binding.isTypeOnly || (isType(binding) && !isValue(binding))) taken.types.add(binding.imported);
  else taken.names.add(binding.imported);
}

function isType({ node }: Binding): boolean {
  return usesOf(node).some((use) => use.kind() === 'type_identifier');
}

function isValue({ node, isTypeOnly }: Binding): boolean {
  if (isTypeOnly) return false;
  const uses = usesOf(node);
  return uses.length === 0 || uses.some((use) => use.kind() !== 'type_identifier');
}

/** The edits that send a file through a module. */
export function sentThrough({ specifiers }: Pick<Importer, 'specifiers'>, module: string) {
  return specifiers.map((node) => replaceNode(node, `${node.text()[0]}${module}${node.text()[0]}`));
}
