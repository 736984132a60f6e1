import { commandOf, understand, understood } from '#app/plain-words/understand';
import { isFailure } from '#core/error';
import { type AssistInput, assistInput } from './assist-input.ts';
import type { Parsed } from './parse-command-line.ts';
import type { Parse, Spoken } from './read.ts';

/**
 * Reads a command line. Plain words stand for a command: those of `assist`, and those that stand where the name of a verb should.
 * Throws what `parse` throws, and `bad-input` for a sentence that is not understood.
 */
export function readSpoken(args: readonly string[], parse: Parse): Spoken {
  try {
    const parsed = parse(args);
    const asked = askedOf(parsed);
    if (asked === undefined || asked.show === true || asked.list === true || asked.words === undefined)
      return { parsed, args, command: undefined };
    return meant(args, asked.words, parse);
  } catch (error) {
    if (!isFailure(error, 'bad-input')) throw error;
    const called = wordsOf(['assist', ...args], parse);
    const words = called.length > 0 ? called : sentenceIn(args);
    const isSentence = called[0]?.trim().includes(' ') === true;
    if (words.length === 0 || !(isSentence || understand(words.join(' ')) !== undefined)) throw error;
    return meant(args, words, parse);
  }
}

/** The words give way to what they stand for; flags beside them stay. */
function meant(args: readonly string[], words: readonly string[], parse: Parse): Spoken {
  const found = understood(words.join(' '));
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
