import { readFile } from 'node:fs/promises';
import type { SgNode } from '@ast-grep/napi';
import picomatch from 'picomatch';
import { parseAllDocuments } from 'yaml';
import * as z from 'zod';
import { applyEdits } from '../engine/apply-edits.ts';
import { spanOf } from '../engine/edit-node.ts';
import { withLineEndsOf } from '../engine/line-ends.ts';
import { grammarName, isBrokenIn, parseWith, registerGrammars } from '../jssg/grammars.ts';
import { grammarOf } from '../jssg/language-names.ts';
import type { TextEdit } from '../recipe.ts';
import { placeAt } from '../text/place.ts';
import { pathInPackage } from './codemod-package.ts';
import { type CodemodWork, type StepPlace, stepFinding } from './codemod-work.ts';
import { fixText } from './fix-template.ts';
import { selectPaths } from './select-paths.ts';
import { StepFault } from './step-fault.ts';
import { pathsOf } from './step-paths.ts';
import type { RuleStep } from './workflow.ts';

const fixSchema = z.union([
  z.string(),
  z.object({ template: z.string(), expandStart: z.unknown(), expandEnd: z.unknown() }),
]);
const ruleSchema = z.object({
  id: z.string(),
  language: z.string(),
  rule: z.record(z.string(), z.unknown()),
  constraints: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  utils: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  transform: z.record(z.string(), z.unknown()).optional(),
  rewriters: z.unknown().optional(),
  fix: fixSchema.optional(),
  message: z.string().default(''),
  severity: z.enum(['hint', 'info', 'warning', 'error', 'off']).default('hint'),
  note: z.string().nullish(),
  files: z.array(z.string()).optional(),
  ignores: z.array(z.string()).optional(),
});
type Rule = Readonly<z.infer<typeof ruleSchema>>;

/**
 * Applies the rules of a file of ast-grep to the files that a step selects: those with a `fix` change the text, the others
 * are reported. Throws StepFault where a rule cannot be read or needs what is not here.
 */
export async function runRuleStep(step: RuleStep, place: StepPlace, work: CodemodWork): Promise<void> {
  registerGrammars(place.pack.folder);
  const file = pathInPackage(place.pack.folder, step.config_file, `config_file of ${place.pack.manifest.name}`);
  const rules = (await readRules(file)).filter(({ severity }) => severity !== 'off');
  const include = pathsOf(step.include, place);
  const exclude = pathsOf(step.exclude, place);
  for (const rule of rules) {
    if (grammarOf(rule.language) === undefined)
      throw new StepFault(`The rule ${rule.id} is for the language ${rule.language}, which is not known here.`);
    const languages = [rule.language];
    const own = selectPaths(work.stage.paths(), { include, exclude, base: step.base_path ?? '.', languages });
    const isIn = rule.files === undefined ? () => true : picomatch(rule.files, { dot: true });
    const isOut = rule.ignores === undefined ? () => false : picomatch(rule.ignores, { dot: true });
    for (const path of own.filter((one) => isIn(one) && !isOut(one))) {
      work.options.signal.throwIfAborted();
      await applyRule(rule, path, { place, work });
    }
  }
}

async function readRules(file: string): Promise<readonly Rule[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new StepFault(`${file} cannot be read.`, { cause: error });
  });
  return parseAllDocuments(text).map((document) => {
    const parsed = ruleSchema.safeParse(document.toJS());
    if (!parsed.success)
      throw new StepFault(`A rule in ${file} is not of the form of ast-grep: ${parsed.error.issues[0]?.message}.`);
    const { id, rewriters, fix } = parsed.data;
    const isExpanding = typeof fix === 'object' && (fix.expandStart !== undefined || fix.expandEnd !== undefined);
    if (rewriters !== undefined) throw new StepFault(`The rule ${id} uses rewriters, which godwit does not run.`);
    if (isExpanding) throw new StepFault(`The rule ${id} expands its fix, which godwit does not do.`);
    return parsed.data;
  });
}

type Where = { readonly place: StepPlace; readonly work: CodemodWork };

async function applyRule(rule: Rule, path: string, { place, work }: Where): Promise<void> {
  const text = await work.stage.text(path);
  if (text === undefined) return;
  const matches = matchesOf(rule, text);
  const { fix } = rule;
  if (fix === undefined) {
    work.unresolved.push(...matches.map((match) => findingOf(rule, { path, text, match, place })));
    return;
  }
  const template = typeof fix === 'string' ? fix : fix.template;
  const names = new Set(Object.keys(rule.transform ?? {}));
  const edits = matches.map((match) => ({
    ...spanOf(match),
    text: withLineEndsOf(text, fixText(template, match, names)),
  }));
  const { kept, broken } = parsing(rule, text, edits);
  const edited = applyEdits(text, kept);
  for (const { offset } of broken) {
    const { line } = placeAt(path, text, { offset, length: 0 });
    const message = `The rule ${rule.id} failed on ${path}: What it made of line ${line} does not parse.`;
    const cure = 'The place was left as it is; change it by hand.';
    work.faults.push({ ...stepFinding(place, 'recipe/failed', { message, cure }), file: path, line });
  }
  if (edited.left > 0)
    work.notes.push(`${path}: ${within(edited.left)} of the rule ${rule.id} within others; run it again for them.`);
  if (edited.text !== text) await work.stage.put(path, edited.text, edited.moved);
}

function within(count: number): string {
  return count === 1 ? 'there is 1 match' : `there are ${count} matches`;
}

type Edits = { readonly kept: readonly TextEdit[]; readonly broken: readonly TextEdit[] };

/** Edits after which the grammar reads as much as before; the others are tried one by one. */
function parsing({ language }: Rule, text: string, edits: readonly TextEdit[]): Edits {
  const isGood = (some: readonly TextEdit[]): boolean => !isBrokenIn(language, applyEdits(text, some).text, text);
  if (isGood(edits)) return { kept: edits, broken: [] };
  const kept = edits.filter((edit) => isGood([edit]));
  return isGood(kept) ? { kept, broken: edits.filter((edit) => !kept.includes(edit)) } : { kept: [], broken: edits };
}

function matchesOf({ id, language, rule, constraints, utils, transform }: Rule, text: string): readonly SgNode[] {
  try {
    return parseWith(language, text)
      .root()
      .findAll({
        rule,
        language: grammarName(language),
        ...(constraints === undefined ? {} : { constraints }),
        ...(utils === undefined ? {} : { utils }),
        ...(transform === undefined ? {} : { transform }),
      });
  } catch (error) {
    throw new StepFault(`The rule ${id} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function findingOf(
  rule: Rule,
  {
    path,
    text,
    match,
    place,
  }: Pick<Where, 'place'> & { readonly path: string; readonly text: string; readonly match: SgNode },
) {
  const at = placeAt(path, text, spanOf(match));
  const severity = rule.severity === 'error' || rule.severity === 'warning' ? rule.severity : 'advice';
  return {
    rule: `recipe/${place.pack.manifest.name}/${rule.id}`,
    severity,
    message: rule.message || `The rule ${rule.id} matches.`,
    ...(rule.note == null ? {} : { cure: rule.note }),
    file: path,
    line: at.line,
    column: at.column,
  } as const;
}
