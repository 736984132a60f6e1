const shownMax = 3;

/**
 * Of some names those that were most likely meant by one that is not among them, the likest first, at most three: names that
 * differ by a few letters, or hold the wanted one or are held by it; where there is none, names that share many pairs of
 * letters. Case does not count. Empty where nothing is like it. Pure.
 */
export function nearestNames(wanted: string, names: readonly string[]): readonly string[] {
  const asked = wanted.toLowerCase();
  const all = [...new Set(names)].map((name) => ({ name, distance: distanceOf(asked, name.toLowerCase()) }));
  const lettersMax = asked.length < 4 ? 1 : Math.max(2, Math.floor(asked.length / 3));
  const close = all.filter(({ name, distance }) => distance <= lettersMax || holds(asked, name.toLowerCase()));
  const best = Math.min(...close.map(({ distance }) => distance));
  const likest = close.filter(({ distance }) => distance <= best + 1);
  const chosen = likest.length > 0 ? likest : all.filter(({ name }) => likeness(asked, name.toLowerCase()) >= 0.4);
  return chosen
    .toSorted((one, other) => one.distance - other.distance || (one.name < other.name ? -1 : 1))
    .slice(0, shownMax)
    .map(({ name }) => name);
}

/** True where one of two names of three letters or more is a part of the other. */
function holds(one: string, other: string): boolean {
  return Math.min(one.length, other.length) >= 3 && (one.includes(other) || other.includes(one));
}

/** Letters to add, drop or change to get from one text to another (Levenshtein). */
function distanceOf(one: string, other: string): number {
  const letters = [...other];
  let row = [0, ...letters.map((_, index) => index + 1)];
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1];
    for (const [index, at] of letters.entries()) {
      const change = (row[index] ?? 0) + (letter === at ? 0 : 1);
      next.push(Math.min(change, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Of the pairs of letters of two texts the part that both hold, 0 to 1 (Dice's coefficient). */
function likeness(one: string, other: string): number {
  const [own, others] = [pairsOf(one), pairsOf(other)];
  return (2 * [...own].filter((pair) => others.has(pair)).length) / (own.size + others.size || 1);
}

function pairsOf(text: string): ReadonlySet<string> {
  const letters = [...` ${text} `];
  return new Set(letters.slice(1).map((letter, at) => (letters[at] ?? '') + letter));
}
