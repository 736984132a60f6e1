import type { Node } from 'libpg-query';
import { stringsOf } from '../drivers/postgres/sql/walk.ts';

/**
 * Is the value of an option a no: false, off, no, 0, or the beginning of one of the words, as parse_bool (bool.c) takes it?
 * An option without a value is on. In storage options a bare word is read as the name of a type. Options of statements,
 * `(CONCURRENTLY off)`, know fewer words; the server refuses the others, so that it does not matter what they mean.
 */
export function isSwitchedOff(value: Node | undefined): boolean {
  if (value === undefined) return false;
  if ('Integer' in value) return (value.Integer.ival ?? 0) === 0;
  if ('Boolean' in value) return value.Boolean.boolval !== true;
  const word =
    'String' in value
      ? (value.String.sval ?? '')
      : 'TypeName' in value
        ? (stringsOf(value.TypeName.names).at(-1) ?? '')
        : '';
  return /^(false|fals|fal|fa|f|off|of|no|n|0)$/i.test(word);
}
