/** Predicates of find that look and print, with the number of words that each takes. What runs, deletes or writes is not among them. */
const predicates: Readonly<Record<string, number>> = {
  '-name': 1,
  '-iname': 1,
  '-path': 1,
  '-ipath': 1,
  '-type': 1,
  '-maxdepth': 1,
  '-mindepth': 1,
  '-size': 1,
  '-mtime': 1,
  '-mmin': 1,
  '-empty': 0,
  '-not': 0,
  '!': 0,
  '-o': 0,
  '-or': 0,
  '-a': 0,
  '-and': 0,
  '-prune': 0,
  '-print': 0,
  '(': 0,
  ')': 0,
};

/** What is wrong with the words of `find`; its places stand before its first predicate. */
export function findFault(rest: readonly string[]): string | undefined {
  const from = predicatesFrom(rest);
  for (let at = from; at < rest.length; at += 1) {
    const word = rest[at] ?? '';
    const takes = Object.hasOwn(predicates, word) ? predicates[word] : undefined;
    if (takes === undefined) return `${word} is not taken of find; taken are ${Object.keys(predicates).join(' ')}.`;
    at += takes;
  }
  return undefined;
}

/** Where the places of `find` end. */
export function predicatesFrom(rest: readonly string[]): number {
  const at = rest.findIndex((word) => word.startsWith('-') || word === '(' || word === '!');
  return at === -1 ? rest.length : at;
}
