import { fail } from '#core/error';
import { shellWord } from '#core/shell';
import type { Meaning } from '../saying.ts';
import { sayings } from '../sayings/index.ts';
import { readForm } from './form.ts';
import { nearestExamples } from './nearest-examples.ts';

/** What comes of a sentence: the words of a command line, without `godwit`. */
export type Understood = { readonly args: readonly string[] };

/** SQL stands for itself; English that begins as SQL does has articles, and leaves out what SQL wants. */
const sql =
  /^(?:alter\s+(?:table|index|type|schema|view|sequence|domain|policy)|create\s+(?:unique\s+)?(?:index|table|view|schema|type|sequence|extension|policy|trigger|function|domain|materialized)|drop\s+(?:table|type|schema|view|sequence|extension|domain|materialized|index(?!\s+on))|truncate\s|comment\s+on|update\s+\S+\s+set|delete\s+from|insert\s+into)\b/i;
const quotes = /['"$]/;
const articles = /\b(?:the|an|please)\b/i;

const manners =
  /^(please|kindly|hey|hello|ok|okay|godwit|can you|could you|would you|will you|i want to|i'd like to|i would like to|we want to|we need to|i need to|let's|lets|help me to?|now|then)[,:]?\s+/i;
const joints = /\s*;\s*|\s*,?\s+(?:and then|then)\s+|\s*,?\s+and\s+/i;

/** The command that a sentence stands for; undefined where it is not understood. Pure. */
export function understand(said: string): Understood | undefined {
  const statement = withoutManners((quotes.test(said) ? said : straight(said)).trim());
  const hasTexts = quotes.test(statement);
  // What stands in quotes is a value or a name of its own: such SQL goes on byte for byte.
  if (hasTexts && isSql(statement)) return { args: argsOf({ sql: statement }) };
  const sentence = plain(said);
  const meaningOf = reader(hasTexts);
  const whole = meaningOf(sentence);
  if (whole !== undefined) return { args: argsOf(whole) };
  const parts = sentence.split(joints).map(meaningOf);
  const statements = parts.flatMap((part) => (part !== undefined && 'sql' in part ? [part.sql] : []));
  return parts.length > 1 && statements.length === parts.length
    ? { args: argsOf({ sql: statements.join('; ') }) }
    : undefined;
}

/** The same, or an error with what is nearest to it. Throws `bad-input`. */
export function understood(said: string): Understood {
  const found = understand(said);
  if (found !== undefined) return found;
  const nearest = nearestExamples(plain(said), sayings).map(({ says, command }) => `  ${says}\n      \`${command}\``);
  throw fail('bad-input', {
    what: `godwit does not understand “${said.trim()}”.`,
    why: `It knows a small set of sentences, and guesses nothing. The nearest are:\n${nearest.join('\n')}`,
    next: 'Say it in one of these ways, or see `godwit assist --list`, or call the verb itself: `godwit --help`.',
  });
}

/** Reads all forms once, for every part of what was said. Whoever says nothing in plain words does not wait for it. */
function reader(hasTexts: boolean): (sentence: string) => Meaning | undefined {
  const read = sayings.flatMap(({ forms, means }) => forms.map((form) => ({ slotsIn: readForm(form), means })));
  return (sentence) => {
    for (const { slotsIn, means } of read) {
      const slots = slotsIn(sentence);
      const meaning = slots === undefined ? undefined : means(slots);
      if (meaning !== undefined) return meaning;
    }
    // A sentence that lost its quotes is no SQL any more.
    return !hasTexts && isSql(sentence) ? { sql: sentence } : undefined;
  };
}

function isSql(statement: string): boolean {
  return sql.test(statement) && !articles.test(withoutTexts(statement));
}

/** Without what stands in quotes, those of PostgreSQL's dollars too. */
function withoutTexts(sentence: string): string {
  return sentence.replaceAll(/'[^']*'|"[^"]*"|(\$\w*\$).*?\1/gs, '');
}

function argsOf(meaning: Meaning): readonly string[] {
  return 'sql' in meaning ? ['plan', meaning.sql] : meaning.args;
}

/** Without manners, marks at the end, and quotes of prose around names; in a value they mean something. */
function plain(said: string): string {
  const even = straight(said).replaceAll(/`([^`\s]+)`/g, '$1');
  const bare = /\b(default|check)\b/i.test(even) ? even : even.replaceAll(/(^|\s)'([^'\s]+)'(?=\s|$|[.,!?])/g, '$1$2');
  let text = bare.replaceAll(/\s+/g, ' ').trim();
  for (let before = ''; before !== text; ) {
    before = text;
    text = withoutManners(text).replace(/\s*(?:,?\s+please|,?\s+thanks|[.!?;])$/i, '');
  }
  return text;
}

/** With the quotes of a keyboard. */
function straight(said: string): string {
  return said.replaceAll(/[“”„]/g, '"').replaceAll(/[‘’]/g, "'");
}

function withoutManners(text: string): string {
  let rest = text;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(manners, '');
  }
  return rest;
}

/** A command as it is typed. Pure. */
export function commandOf({ args }: Understood): string {
  return ['godwit', ...args].map(shellWord).join(' ');
}
