import type { Finding } from '#core/finding';
import type { ApiRule, Change } from './change.ts';
import { hiddenNote } from './confirm.ts';
import { cite, citeForm, type EvidenceIndex, spellCitation } from './evidence.ts';
import { isHidden, type Predicted, placeOf } from './explain.ts';
import type { Touched } from './join.ts';
import { proposeEdit } from './propose-edit.ts';
import type { Use } from './use.ts';

export type FindingSources = {
  /** What the new version's package says of its changes. */
  readonly evidence: EvidenceIndex | undefined;
  /** Text of a file of the tree, its byte order mark included. */
  textOf(file: string): string | undefined;
  /** What of the tree's imports is exported from elsewhere now, for certain. */
  readonly moved: readonly Touched[];
};

const signatureMax = 600;
const citationsMax = 3;

/** A prediction as a finding: what, where, both signatures, what it rests on, and an edit where it is certain. Pure. */
export function buildFinding(predicted: Predicted, { evidence, textOf, moved }: FindingSources): Finding {
  const { group, use, error } = predicted;
  const change = atMember(predicted.change, error);
  const { name, from, to } = group.lead;
  const at = placeOf(predicted);
  const text = textOf(at.place.file);
  const edit = text === undefined ? undefined : proposeEdit(change, use, { text, moved });
  const cure = isTypeQuery(error, text)
    ? 'It is a type itself now: write it without `typeof`.'
    : cureOf(change, { name, to });
  const said = [
    ...citations(change, evidence),
    ...(error === undefined && isHidden(change, use) ? [hiddenNote] : []),
    ...(error === undefined ? [] : [`TS${error.code}: ${firstLines(error.message)}`]),
  ];
  return {
    rule: ruleFor(change, use),
    severity: severityOf(change, error !== undefined),
    message: isNoType(change, error)
      ? `${change.symbol} is no type any more in ${name}@${to}.`
      : messageOf(change, { name, from, to }),
    ...(cure === undefined ? {} : { cure }),
    file: at.place.file,
    line: at.place.line,
    column: at.place.column,
    endLine: at.endLine,
    endColumn: at.endColumn,
    package: name,
    from,
    to,
    symbol: change.symbol,
    ...signatures(change),
    ...(said.length === 0 ? {} : { evidence: said.join('\n') }),
    ...(edit === undefined ? {} : { edit }),
  };
}

/** The name is exported still, of a value. */
function isNoType({ rule }: Change, error: Predicted['error']): boolean {
  return rule === 'api/removed' && error?.code === 2749;
}

/** `typeof X` of what was a value and is a type. */
function isTypeQuery(error: Predicted['error'], text: string | undefined): boolean {
  return error?.code === 2693 && /\btypeof\s+$/.test(text?.slice(0, error.place.offset) ?? '');
}

/** Both signatures where they differ: the same text twice says nothing of what changed. */
function signatures({ before, after }: Change): Pick<Finding, 'before' | 'after'> {
  if (before === after) return {};
  return { ...(before === '' ? {} : { before: cut(before) }), ...(after === '' ? {} : { after: cut(after) }) };
}

/**
 * Where the compiler misses a member of what changed as a whole (a type that is gone, an intersection that has one part
 * less), it is the member that the user has to know.
 */
function atMember(change: Change, error: Predicted['error']): Change {
  const member = error?.code === 2339 ? /^Property '([^']+)' does not exist/.exec(error.message)?.[1] : undefined;
  const isWhole = change.rule === 'api/removed' || change.rule === 'api/member-removed';
  if (member === undefined || !isWhole || change.symbol.split('.').includes(member)) return change;
  return { ...change, rule: 'api/member-removed', symbol: `${change.symbol}.${member}` };
}

/** What is gone from a type that is written as a literal is an option that is gone. */
function ruleFor({ rule }: Change, { role }: Use): ApiRule {
  return rule === 'api/member-removed' && role.kind === 'option' ? 'api/option-removed' : rule;
}

/** What the compiler confirms, or cannot run, is an error; the rest depends on what the values are. */
function severityOf({ rule, trigger }: Change, isConfirmed: boolean): Finding['severity'] {
  if (isConfirmed) return 'error';
  const isSure = trigger.kind === 'any' || trigger.kind === 'import';
  return isSure && rule !== 'api/require-of-esm' ? 'error' : 'warning';
}

type Versions = { readonly name: string; readonly from: string; readonly to: string };

function messageOf(change: Change, { name, to }: Versions): string {
  const { symbol, replacement } = change;
  const version = `${name}@${to}`;
  const successor = replacement === undefined ? '' : quoted(replacement);
  const texts: Partial<Record<ApiRule, string>> = {
    'api/removed': `${version} does not export ${symbol} any more.`,
    'api/member-removed': `${symbol} is gone in ${version}.`,
    'api/option-removed': `${version} does not take the option ${symbol} any more.`,
    'api/renamed': `${symbol} is called ${successor} in ${version}.`,
    'api/moved': `${symbol} is ${successor} in ${version}.`,
    'api/path-removed': `${version} does not let ${symbol} be imported any more.`,
    'api/default-to-named': `${version} has no default export there any more; it is the named export ${successor === '' ? symbol : successor}.`,
    'api/named-to-default': `${version} exports ${symbol} as the default export.`,
    'api/export-equals-to-default': `${version} is an ES module: the module itself is not ${symbol} any more${successor === '' ? '' : `, its ${replacement?.name === 'default' ? 'default export' : `export ${successor}`} is`}.`,
    'api/require-of-esm': `${version} is an ES module, and this is run as require().`,
    'api/class-to-type': `${symbol} is only a type in ${version}, no class.`,
    'api/value-to-type': `${symbol} cannot be used as a value like this in ${version}.`,
    'api/became-abstract': `${symbol} is abstract in ${version}.`,
    'api/became-readonly': `${symbol} cannot be assigned in ${version}.`,
    'api/option-required': `${version} wants ${symbol} to be given.`,
    'api/parameter-added': `${symbol} wants one argument more in ${version}.`,
    'api/parameter-required': `${symbol} wants an argument that could be left out before ${version}.`,
    'api/parameter-removed': `${symbol} takes fewer arguments in ${version}.`,
    'api/parameter-narrowed': `${symbol} does not take this argument any more in ${version}.`,
    'api/overload-removed': `${symbol} cannot be called like this any more in ${version}.`,
    'api/return-widened': `${symbol} may give back more than before in ${version}.`,
    'api/return-changed': `${symbol} gives back something else in ${version}.`,
    'api/member-widened': `${symbol} may hold more than before in ${version}.`,
    'api/type-parameter-required': `${symbol} wants a type argument in ${version}.`,
    'api/type-parameter-removed': `${symbol} takes other type arguments in ${version}.`,
  };
  return texts[change.rule] ?? `${symbol} has another type in ${version}.`;
}

function quoted({ name, specifier }: NonNullable<Change['replacement']>): string {
  return `\`${name}\`${specifier === undefined ? '' : ` of ${specifier}`}`;
}

function cureOf(
  { rule, replacement, symbol, after }: Change,
  { name }: { readonly name: string; readonly to: string },
): string | undefined {
  if (rule === 'api/require-of-esm')
    return `Make this an ES module, load it with \`await import('${symbol}')\`, or run on a Node that can require() it (20.19, 22.12 and newer), where what you get has its default export under \`default\`.`;
  if (rule === 'api/path-removed') return `Import it from a path that ${name} exports.`;
  if (rule === 'api/export-equals-to-default')
    return replacement?.name === 'default'
      ? `Import the default: \`import … from '${name}'\`.`
      : replacement === undefined
        ? undefined
        : `Import \`{ ${replacement.name} }\`.`;
  if (replacement !== undefined) return `Write ${quoted(replacement)} (${replacement.because}).`;
  if (rule === 'api/class-to-type' || rule === 'api/value-to-type')
    return `Import it as a type, and get values from what ${name} offers to make them.`;
  if (rule === 'api/option-required' || rule === 'api/parameter-required' || rule === 'api/parameter-added')
    return 'Give it.';
  if (rule === 'api/return-widened' || rule === 'api/member-widened') return 'Handle what may come now.';
  return after === '' ? undefined : 'Fit this use to the new signature.';
}

function citations({ rule, symbol }: Change, evidence: EvidenceIndex | undefined): readonly string[] {
  if (evidence === undefined) return [];
  const isForm =
    rule === 'api/require-of-esm' ||
    rule === 'api/default-to-named' ||
    rule === 'api/export-equals-to-default' ||
    rule === 'api/named-to-default';
  const named = cite(evidence, symbol, citationsMax);
  const found = isForm ? [...citeForm(evidence, 2), ...named] : named;
  return found.slice(0, citationsMax).map(spellCitation);
}

function firstLines(message: string): string {
  return cut(message.split('\n').slice(0, 3).join(' '));
}

function cut(text: string): string {
  return text.length > signatureMax ? `${text.slice(0, signatureMax - 1)}…` : text;
}
