import { readFile } from 'node:fs/promises';
import type { SgNode } from '@ast-grep/napi';
import picomatch from 'picomatch';
import { parseAllDocuments } from 'yaml';
import * as z from 'zod';
import { applyEdits } from '../engine/apply-edits.ts';
import { spanOf } from '../engine/edit-node.ts';
import { withLineEndsOf } from '../engine/line-ends.ts';
import { grammarName, parseWith, registerGrammars } from '../jssg/grammars.ts';
import { placeAt } from '../text/place.ts';
import { pathInPackage } from './codemod-package.ts';
import type { CodemodWork, StepPlace } from './codemod-work.ts';
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
  const edited = applyEdits(text, edits);
  if (edited.text !== text) await work.stage.put(path, edited.text, edited.moved);
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
