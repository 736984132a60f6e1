import type { SgNode } from '@ast-grep/napi';
import { declarationOf, usesOf } from '../../../engine/scope.ts';
import { type ExportUse, exportUsesOf } from '../reading/export-uses.ts';
import { isReactDom } from '../reading/names.ts';
import { argumentsOf, callOf, classAround, functionAround, statementOf } from '../reading/places.ts';

const verbs = { render: 'render', hydrate: 'hydrate', unmountComponentAtNode: 'unmount' } as const;

/** A call that mounts, hydrates or unmounts in the way of React 17. */
export type RootSite = {
  readonly verb: 'render' | 'hydrate' | 'unmount';
  readonly use: ExportUse;
  readonly call: SgNode;
  readonly container: SgNode;
  /** What is rendered; undefined for unmounting. */
  readonly element: SgNode | undefined;
  readonly callback: SgNode | undefined;
  /** The statement that the call is, where it stands in a block. */
  readonly statement: SgNode | undefined;
  /** Equal for two sites whose container is certainly the same. */
  readonly key: string;
};

/** Sites that can be rewritten, and uses that cannot: passed as a value, or their result is used. */
export type RootSites = { readonly sites: readonly RootSite[]; readonly others: readonly ExportUse[] };

/** Reads the sites of a file, in the order of its text. */
export function rootSitesOf(root: SgNode): RootSites {
  const sites: RootSite[] = [];
  const others: ExportUse[] = [];
  for (const use of exportUsesOf(root, isReactDom)) {
    if (use.name !== 'render' && use.name !== 'hydrate' && use.name !== 'unmountComponentAtNode') continue;
    const site = siteOf(use, verbs[use.name]);
    if (site !== undefined) sites.push(site);
    else if (!isBound(use)) others.push(use);
  }
  return { sites, others };
}

/** `const { render } = ReactDOM` is a binding of its own, whose uses are looked at. */
function isBound({ node }: ExportUse): boolean {
  return node.parent()?.is('variable_declarator') === true && node.parent()?.field('name')?.kind() === 'object_pattern';
}

function siteOf(use: ExportUse, verb: RootSite['verb']): RootSite | undefined {
  const call = callOf(use.node);
  if (call === undefined || !isValueUnused(call)) return undefined;
  const [first, second, third] = argumentsOf(call);
  const container = verb === 'unmount' ? first : second;
  if (container === undefined || container.kind() === 'spread_element' || first?.kind() === 'spread_element')
    return undefined;
  const statement = statementOf(call);
  const isInBlock = ['statement_block', 'program', 'switch_case', 'switch_default'].includes(
    String(statement?.parent()?.kind()),
  );
  return {
    verb,
    use,
    call,
    container,
    element: verb === 'unmount' ? undefined : first,
    callback: verb === 'unmount' ? undefined : third,
    statement: isInBlock ? statement : undefined,
    key: keyOf(container),
  };
}

/** What `render` returned, a component's instance, is gone: only calls whose value nobody takes can be rewritten. */
function isValueUnused(node: SgNode): boolean {
  const parent = node.parent();
  switch (parent?.kind()) {
    case 'expression_statement':
      return true;
    case 'parenthesized_expression':
    case 'await_expression':
    case 'unary_expression':
      return isValueUnused(parent);
    case 'binary_expression':
      return parent.field('right')?.id() === node.id() && isValueUnused(parent);
    case 'ternary_expression':
      return parent.field('condition')?.id() !== node.id() && isValueUnused(parent);
    case 'arrow_function':
      return isResultUnused(parent);
    default:
      return false;
  }
}

function isResultUnused(arrow: SgNode): boolean {
  const holder = arrow.parent();
  if (holder?.kind() === 'arguments') return true;
  const name = holder?.is('variable_declarator') === true ? holder.field('name') : null;
  if (name?.is('identifier') !== true || holder?.parent()?.parent()?.is('export_statement') === true) return false;
  return usesOf(name).every((use) => {
    const call = callOf(use);
    return call !== undefined && statementOf(call) !== undefined;
  });
}

function keyOf(container: SgNode): string {
  const node = bare(container);
  const declared = declarationOf(baseOf(node));
  const owner = node.text().startsWith('this.') ? (classAround(node)?.id() ?? 0) : (declared?.id() ?? 0);
  const isFixed = node.find({ rule: { kind: 'call_expression' } }) === null || node.text().startsWith('document.');
  return (isFixed && node.kind() !== 'call_expression') || node.text().startsWith('document.')
    ? `${owner} ${node.text()}`
    : `once ${node.id()}`;
}

/** Without parentheses, `as T` and `!`. */
function bare(node: SgNode): SgNode {
  const kind = String(node.kind());
  const inner = node.namedChildren()[0];
  const isWrapped = [
    'parenthesized_expression',
    'non_null_expression',
    'as_expression',
    'satisfies_expression',
  ].includes(kind);
  return isWrapped && inner !== undefined ? bare(inner) : node;
}

function baseOf(node: SgNode): SgNode {
  const object = node.field('object') ?? node.field('function');
  return object === null ? node : baseOf(object);
}

/** True where a container is made in the same function as the call, so that nothing was rendered into it before. */
export function isMadeHere({ container, call }: RootSite): boolean {
  const node = bare(container);
  if (!node.is('identifier')) return false;
  const declaration = declarationOf(node)?.parent();
  const isValue = declaration?.is('variable_declarator') === true && declaration.field('value') !== null;
  return isValue && functionAround(declaration)?.id() === functionAround(call)?.id();
}

const repeating = /(^|\.)(subscribe|on|observe|setInterval|forEach|map|addListener|accept|watch)$/;

/** True where the function around a call may run again on the same container: a method, an export, a listener. */
export function mayRunAgain(site: RootSite): boolean {
  const around = functionAround(site.call);
  if (around === undefined) return false;
  if (around.kind() === 'method_definition') return true;
  const holder = around.parent();
  if (holder?.kind() === 'arguments') return repeating.test(holder.parent()?.field('function')?.text() ?? '');
  const name =
    around.kind() === 'function_declaration'
      ? around.field('name')
      : holder?.is('variable_declarator') === true
        ? holder.field('name')
        : null;
  const statement = around.kind() === 'function_declaration' ? around : holder?.parent();
  if (statement?.parent()?.is('export_statement') === true) return true;
  if (name?.is('identifier') !== true) return false;
  const uses = usesOf(name);
  return uses.length > 1 || uses.some((use) => callOf(use) === undefined);
}
