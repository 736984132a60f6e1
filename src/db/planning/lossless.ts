const wholes = ['smallint', 'integer', 'bigint', 'numeric'];
const plainlyText = ['smallint', 'integer', 'bigint', 'uuid', 'character varying', 'text', 'boolean'];

/** True for changes of type from which every value comes back by a plain cast. */
export function isLossless(from: string, to: string): boolean {
  const [old, next] = [from, to].map((type) => type.replace(/\(.*\)/, ''));
  const order = wholes.indexOf(old ?? '');
  if (order !== -1 && !to.includes('(') && wholes.indexOf(next ?? '') >= order) return true;
  return plainlyText.includes(old ?? '') && (to === 'text' || to === 'character varying');
}
