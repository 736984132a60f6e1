import { commandOf, understand } from '#app/plain-words/understand';
import { isFailure } from '#core/error';
import { type AssistInput, assistInput } from './assist-input.ts';
import type { Parsed } from './parse-command-line.ts';
import type { Parse, Spoken } from './read.ts';

/**
 * Reads a command line. Plain words stand for a command: those of `assist`, and those that stand where the name of a verb should.
 * A sentence that is not understood is left to `assist`. Throws what `parse` throws.
 */
export function readSpoken(args: readonly string[], parse: Parse): Spoken {
  try {
    const parsed = parse(args);
    const asked = askedOf(parsed);
    if (asked === undefined || asked.words === undefined || isForItself(asked))
      return { parsed, args, command: undefined };
    return meant(args, asked.words, parse) ?? { parsed, args, command: undefined };
  } catch (error) {
    if (!isFailure(error, 'bad-input')) throw error;
    const called = wordsOf(['assist', ...args], parse);
    const words = called.length > 0 ? called : sentenceIn(args);
    const isSentence = called[0]?.trim().includes(' ') === true;
    if (words.length === 0 || !(isSentence || understand(words.join(' ')) !== undefined)) throw error;
    return meant(args, words, parse) ?? { parsed: parse(['assist', ...args]), args, command: undefined };
  }
}

/** Flags with which the words are left to `assist`. */
function isForItself({ show, list, model, workList, writeRecipe }: AssistInput): boolean {
  return [show, list, model].includes(true) || workList !== undefined || writeRecipe !== undefined;
}

/** The words give way to what they stand for; flags beside them stay. Undefined where they stand for no command. */
function meant(args: readonly string[], words: readonly string[], parse: Parse): Spoken | undefined {
  const found = understand(words.join(' '));
  if (found === undefined) return undefined;
  const rest = words.reduceRight((left, word) => left.toSpliced(left.lastIndexOf(word), 1), [...args]);
  const whole = [...found.args, ...rest.filter((arg, at) => at > 0 || arg !== 'assist')];
  return { parsed: parse(whole), args: whole, command: commandOf(found) };
}

/** Beside flags of the verb that is meant, words are known by their quotes. */
function sentenceIn(args: readonly string[]): readonly string[] {
  const sentences = args.filter((arg) => /^[^-].*\s/.test(arg));
  return sentences.length === 1 ? sentences : [];
}

function wordsOf(args: readonly string[], parse: Parse): readonly string[] {
  try {
    return askedOf(parse(args))?.words ?? [];
  } catch (error) {
    if (isFailure(error, 'bad-input')) return [];
    throw error;
  }
}

function askedOf(parsed: Parsed): AssistInput | undefined {
  return parsed.kind === 'call' && parsed.name === 'assist' ? assistInput.parse(parsed.input) : undefined;
}
