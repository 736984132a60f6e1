import { indentOf } from '../reading/places.ts';
import type { RootSite } from './root-sites.ts';

/**
 * What a site renders, as the argument of `render` of a root: the line ends around the element stay, the comma behind it goes
 * with the call. Empty for a site that renders nothing.
 */
export function elementText({ element, call, statement }: RootSite): string {
  if (element === undefined) return '';
  const list = call.field('arguments');
  const isOnOwnLine =
    statement !== undefined && list !== null && list.range().start.line !== element.range().start.line;
  if (!isOnOwnLine) return element.text();
  return `\n${indentOf(element)}${element.text()}\n${indentOf(statement)}`;
}
