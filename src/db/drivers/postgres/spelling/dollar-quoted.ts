/** A text between dollar signs, with a tag that does not stand in it. */
export function dollarQuoted(text: string): string {
  let tag = '$godwit$';
  for (let turn = 1; text.includes(tag); turn += 1) tag = `$godwit${turn}$`;
  return `${tag}\n${text}\n${tag}`;
}
