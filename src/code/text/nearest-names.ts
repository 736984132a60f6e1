const shownMax = 5;

/** Of some names those that are most like another, by pairs of letters that both hold; the likest first. Pure. */
export function nearestNames(wanted: string, names: readonly string[]): readonly string[] {
  const own = pairsOf(wanted);
  const likeness = (name: string): number => {
    const other = pairsOf(name);
    const shared = [...own].filter((pair) => other.has(pair)).length;
    return (2 * shared) / (own.size + other.size || 1);
  };
  return names.toSorted((one, other) => likeness(other) - likeness(one)).slice(0, shownMax);
}

function pairsOf(name: string): ReadonlySet<string> {
  const text = ` ${name.toLowerCase()} `;
  return new Set([...text].slice(1).map((letter, at) => (text[at] ?? '') + letter));
}
