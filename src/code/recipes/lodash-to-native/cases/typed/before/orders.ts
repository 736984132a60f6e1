import _ from 'lodash';
import type { Order } from './order';

export function totals(orders: Order[] | undefined): number[] {
  return _.map(_.filter(orders, (order) => !_.isNil(order.paid)), (order) => order.total);
}

export function names(orders: readonly Order[]): string[] {
  return _.uniq(_.map(orders, 'name'));
}

export function notify(orders: Order[], send: (order: Order) => void): void {
  _.forEach(orders, (order) => {
    if (_.isEmpty(order.lines)) return;
    send(order);
  });
}

export function labels(prices: Record<string, { amount: number }>): string {
  return _.join(_.keys(prices), ', ');
}

export function city(order: Order): string | undefined {
  return _.get(order, 'address.city');
}

export function isText(value: string | number | undefined): boolean {
  return _.isString(value) && !_.startsWith(value, '#');
}

export const latest = (orders: Order[] = []): Order | undefined => _.last(_.flatten([orders, orders]));
export const ids = _.times(3, (at) => at * 2);
export const merged = (order: Order) => _.assign({}, order.address, { seen: true });
export const size = (order: Order): number => (order.lines ? _.size(order.lines) : 0);
export const rest = (orders: Order[]) => _.drop(orders, 2);
