import type * as TypeScript from 'typescript';
import type { TextEdit } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { nativeForms } from '../forms/index.ts';
import { stays } from '../forms/stays.ts';
import type { Argument, NativeForm, Need, Premise } from '../native-form.ts';
import type { Sight } from '../reading/kinds-of.ts';
import type { LodashUse } from '../reading/lodash-uses.ts';
import { placed } from '../writing/placed.ts';
import { fitArgument, shown } from './fit-argument.ts';
import { isDotted, pathOf } from './path-argument.ts';
import { type Premises, premiseMeanings } from './premises.ts';
import { unknownStep } from './unknown-step.ts';

/** What is known of a file beside its source. */
export type Outlook = Sight & {
  readonly premises: Premises;
  /** The edition of ECMAScript that the file may use. */
  readonly year: number;
  /** Names that the file declares, on any level. */
  readonly declared: ReadonlySet<string>;
  readonly isTypeScript: boolean;
};

/** What becomes of a use: an edit, or the reason for which it stays, as the end of a sentence. */
export type Decision = { readonly edit: TextEdit } | { readonly why: string };

/** Decides one use of lodash. Pure. */
export function decide(use: LodashUse, outlook: Outlook): Decision {
  if (use.kind === 'other') return { why: use.why };
  const known = nativeForms.filter(({ method }) => method === use.method);
  if (known.length === 0) return { why: stays[use.method] ?? 'no native form of it is known to be equal' };
  if (use.kind === 'value') return decideValue(use.node, known, outlook);
  const reasons = known.map((form) => decideCall(use.call, form, outlook));
  return reasons.find((one) => 'edit' in one) ?? nearest(reasons);
}

/** Of several forms the reason of the one that was nearest. */
function nearest(reasons: readonly Decision[]): Decision {
  const said = reasons.find((one) => 'why' in one && one.why !== wrongCount) ?? { why: wrongCount };
  return said;
}

const wrongCount = 'no native form takes these arguments';

function decideValue(node: TypeScript.Expression, known: readonly NativeForm[], outlook: Outlook): Decision {
  const form = known.find(({ value }) => value !== undefined);
  const { parent } = node;
  const isArgument = ts.isCallExpression(parent) && parent.arguments.some((one) => one === node);
  const lacking = form === undefined ? undefined : lackOf(form, outlook);
  if (form?.value === undefined || !isArgument) return { why: 'it is handed on as a function' };
  return lacking === undefined ? { edit: placed(node, { text: form.value, level: 'primary' }) } : { why: lacking };
}

function decideCall(call: TypeScript.CallExpression, form: NativeForm, outlook: Outlook): Decision {
  const given = call.arguments;
  const needs = needsOf(form, given.length);
  if (needs === undefined) return { why: wrongCount };
  const isOdd = call.typeArguments !== undefined || ts.isOptionalChain(call);
  if (isOdd) return { why: 'it is called with type arguments, or only where it is there' };
  if (hasComment(call)) return { why: 'a comment stands among its arguments' };
  if (form.isStatement === true && !ts.isExpressionStatement(call.parent)) return { why: 'what it answers is used' };
  const args: Argument[] = [];
  for (const [at, node] of given.entries()) {
    const fit = fitArgument(node, needs[at] ?? { kind: 'any' }, outlook);
    if ('why' in fit) return fit;
    args.push(fit);
  }
  const year = Math.max(form.year, ...args.map((one) => one.year ?? 0));
  const lacking = lackOf({ ...form, year }, outlook) ?? pathLack(given, needs, outlook);
  if (lacking !== undefined) return { why: lacking };
  const edit = placed(call, form.write(args));
  return opensLine(call, edit.text) ? { why: 'its native form would go on with the line before' } : { edit };
}

function needsOf({ needs, rest }: NativeForm, count: number): readonly Need[] | undefined {
  if (count === needs.length && rest === undefined) return needs;
  if (rest === undefined || count <= needs.length) return undefined;
  return [...needs, ...Array.from({ length: count - needs.length }, () => rest)];
}

/** What the file, the target or a premise does not allow. */
function lackOf({ year, globals = [], premises = [] }: NativeForm, outlook: Outlook): string | undefined {
  if (year > outlook.year)
    return `its native form is of ES${year}, and the target of this package is ES${outlook.year}`;
  const taken = globals.find((name) => outlook.declared.has(name));
  if (taken !== undefined) return `\`${taken}\` is a name of this file`;
  return premises.map((one) => brokenText(one, outlook)).find((one) => one !== undefined);
}

function brokenText(premise: Premise, { premises }: Outlook): string | undefined {
  const broken = premises.get(premise);
  if (broken === undefined) return undefined;
  const where = broken === true ? '' : ` (${broken.path}:${broken.line}: \`${broken.code}\`)`;
  return `it is equal only if ${premiseMeanings[premise]}${where}`;
}

/** A path with dots is first taken for one key. Where the compiler knows the objects, each step must be known. */
function pathLack(
  given: readonly TypeScript.Expression[],
  needs: readonly Need[],
  outlook: Outlook,
): string | undefined {
  const at = needs.findIndex(({ kind }) => kind === 'path');
  const [object, path] = [given[0], given[at]];
  const steps = path === undefined ? undefined : pathOf(path);
  if (at === -1 || object === undefined || path === undefined || steps === undefined) return undefined;
  const unknown = outlook.isTypeScript ? unknownStep(object, steps, outlook.tree) : undefined;
  if (unknown?.kind === 'missing') return `its type has no \`${unknown.step}\``;
  const isProven = outlook.isTrusted && outlook.isTypeScript && unknown === undefined;
  return isDotted(path) && !isProven ? brokenText('no-dotted-keys', outlook) : undefined;
}

/** Between the parts of the call, where they would be lost. */
function hasComment(call: TypeScript.CallExpression): boolean {
  const text = call.getSourceFile().text;
  let at = call.expression.end;
  const gaps: string[] = [];
  for (const node of call.arguments) {
    gaps.push(text.slice(at, node.getStart()));
    at = node.end;
  }
  return [...gaps, text.slice(at, call.end)].some((gap) => /\/[/*]/.test(gap));
}

/** A statement that would be read as part of the one before, which has no semicolon; the call may be the first of several in it. */
function opensLine(call: TypeScript.CallExpression, text: string): boolean {
  if (!/^[[(`]/.test(text)) return false;
  let at: TypeScript.Node = call;
  while (!ts.isExpressionStatement(at) && at.parent !== undefined && at.parent.getStart() === call.getStart())
    at = at.parent;
  if (
    !ts.isExpressionStatement(at) ||
    (!ts.isBlock(at.parent) &&
      !ts.isSourceFile(at.parent) &&
      !ts.isModuleBlock(at.parent) &&
      !ts.isCaseOrDefaultClause(at.parent))
  )
    return false;
  const { statements } = at.parent;
  const before = statements[statements.indexOf(at) - 1];
  if (before === undefined || before.getText().endsWith(';')) return false;
  return !endsWithBlock(before);
}

/** Nothing goes on after the brace of such a statement. */
function endsWithBlock(node: TypeScript.Statement): boolean {
  if (ts.isIfStatement(node)) return endsWithBlock(node.elseStatement ?? node.thenStatement);
  if (ts.isIterationStatement(node, false)) return !ts.isDoStatement(node) && endsWithBlock(node.statement);
  return (
    ts.isBlock(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isTryStatement(node) ||
    ts.isSwitchStatement(node)
  );
}

/** The message for a use that stays. */
export function leftMessage(use: LodashUse, why: string): string {
  if (use.kind === 'other') return `\`${shown(use.node)}\` is left: ${why}`;
  return `\`${use.method}\` of lodash is left: ${why}.`;
}
