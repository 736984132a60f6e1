import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import type { CommonModule } from './common-module.ts';
import type { RequireCall } from './require-call.ts';

/**
 * Calls without arguments of which the documentation of the package says that an entry of it does the same: `import 'dotenv/config'`
 * (https://github.com/motdotla/dotenv#-usage), 'dotenv-flow/config' (https://github.com/kerimdzhanov/dotenv-flow#preload) and
 * 'source-map-support/register' (https://github.com/evanw/node-source-map-support#programmatic-usage).
 */
const entries: readonly { readonly package: string; readonly method: string; readonly entry: string }[] = [
  { package: 'dotenv', method: 'config', entry: 'dotenv/config' },
  { package: 'dotenv-flow', method: 'config', entry: 'dotenv-flow/config' },
  { package: 'source-map-support', method: 'install', entry: 'source-map-support/register' },
];

/** A require with the require that may stand in its place. */
export type LoadingCall = { readonly from: RequireCall; readonly to: RequireCall };

/**
 * `require('dotenv').config()`, or the same through a name that nothing else uses, as a statement of the file's own level: each as a
 * require of the entry that does this when it is loaded. Pure.
 */
export function loadingCalls(module: CommonModule): readonly LoadingCall[] {
  return module.requires.flatMap((from): readonly LoadingCall[] => {
    const known = entries.find((one) => one.package === from.specifier);
    const called = known === undefined || from.moment !== 'load' ? undefined : calledBy(from, module, known.method);
    const statement = called?.parent;
    if (known === undefined || called === undefined || statement === undefined) return [];
    if (!ts.isExpressionStatement(statement) || !ts.isSourceFile(statement.parent)) return [];
    const freed = called.getStart() <= from.node.getStart() ? undefined : from.statement;
    const binding = { kind: 'effect' as const, statement, ...(freed === undefined ? {} : { freed }) };
    return [{ from, to: { ...from, node: called, specifier: known.entry, binding, statement } }];
  });
}

/** The one call for which the file has a package. */
function calledBy(
  { node, binding, statement }: RequireCall,
  { names }: CommonModule,
  method: string,
): TypeScript.CallExpression | undefined {
  if (binding.kind === 'member') return binding.name === method ? callOf(node.parent) : undefined;
  if (binding.kind !== 'whole' && binding.kind !== 'names') return undefined;
  const [only] = binding.kind === 'names' ? (binding.names ?? []) : [];
  const name = binding.kind === 'whole' ? binding.name : only?.to;
  const isOne = binding.kind === 'whole' || (binding.names?.length === 1 && only?.from === method);
  const isAlone = ts.isVariableStatement(statement) && statement.declarationList.declarations.length === 1;
  const uses = names.references.filter(({ node: one, scope }) => scope === 'module' && one.text === name);
  const [use] = uses;
  if (!isOne || !isAlone || use === undefined || uses.length > 1 || names.declared.get(name ?? '') !== 1)
    return undefined;
  if (binding.kind === 'names') return callOf(use.node);
  const { parent } = use.node;
  const isMember =
    ts.isPropertyAccessExpression(parent) && parent.expression === use.node && parent.name.text === method;
  return isMember ? callOf(parent) : undefined;
}

function callOf(callee: TypeScript.Node): TypeScript.CallExpression | undefined {
  const { parent } = callee;
  return ts.isCallExpression(parent) && parent.expression === callee && parent.arguments.length === 0
    ? parent
    : undefined;
}
