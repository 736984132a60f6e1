import _ from 'lodash';
import isNil from 'lodash/isNil.js';
import type { Item } from './item.js';

/** Names of what is there, each once. */
export function namesInStock(items: Item[] | undefined): string[] {
  return _.uniq(_.map(_.filter(items, (item) => item.count > 0), 'name'));
}

/** Tags of all items, in their order. */
export function allTags(items: Item[]): string[] {
  return _.flatten(_.map(items, (item) => item.tags ?? []));
}

export function rowOf(item: Item): string | undefined {
  return _.get(item, 'shelf.row');
}

export function hasPlace(item: Item): boolean {
  return !isNil(item.shelf) && !_.isUndefined(item.shelf.place);
}

export function total(items: Item[]): number {
  return _.reduce(items, (sum, item) => sum + item.count, 0);
}

export function label(item: Item): string {
  return _.isEmpty(item.tags) ? _.trim(item.name) : `${_.trim(item.name)} (${_.join(item.tags, ', ')})`;
}

export function report(items: Item[], write: (line: string) => void): void {
  _.forEach(items, (item) => {
    write(label(item));
  });
  const last = _.last(items);
  if (!_.isNil(last)) write(`last: ${last.name}`);
}
