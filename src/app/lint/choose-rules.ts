import { fail } from '#core/error';
import type { Severity } from '#core/finding';
import { aliasesOf } from '#db/lint/make-finding';
import { type RuleNames, ruleNames } from '#db/lint/suppression/rule-names';
import type { Rule } from '#db/rule';
import { rules } from '#db/rules/index';

/** A rule that is on, with the severity that it has in this project. */
export type ChosenRule = {
  readonly rule: Rule;
  readonly severity: Severity;
  /** The configuration says the severity: then it holds for every finding of the rule, whatever it is about. */
  readonly isSaid: boolean;
};

/** Names of all rules, also that of what does not parse, which is none. */
export function allRuleNames(): RuleNames {
  const own = [{ id: 'sql/syntax', aliases: [] }];
  return ruleNames([...rules.map((rule) => ({ id: rule.id, aliases: aliasesOf(rule) })), ...own]);
}

/**
 * The rules that are on. `said` is what the configuration says of rules by any of their names: a severity, or `off`.
 * Throws `bad-input` for a name that means none.
 */
export function chooseRules(said: Readonly<Record<string, Severity | 'off'>>): readonly ChosenRule[] {
  const names = allRuleNames();
  const byId = new Map<string, Severity | 'off'>();
  for (const [name, severity] of Object.entries(said)) {
    const ids = names.named(name);
    if (ids.length === 0) throw unknownRule(name, names);
    for (const id of ids) byId.set(id, severity);
  }
  return rules.flatMap((rule): readonly ChosenRule[] => {
    const said = byId.get(rule.id);
    const severity = said ?? (rule.isOptIn === true ? 'off' : rule.severity);
    return severity === 'off' ? [] : [{ rule, severity, isSaid: said !== undefined }];
  });
}

function unknownRule(name: string, names: RuleNames): Error {
  const near = names.nearest(name);
  return fail('bad-input', {
    what: `There is no rule ${name}, which lint.rules of the configuration names.`,
    why:
      near.length === 0
        ? 'It is neither one of ours nor a name that another tool has for one.'
        : `Did you mean ${near.join(' or ')}?`,
    next: 'See all rules: `godwit explain`.',
  });
}
