import timers from 'node:timers';

export const start = (item: object) => {
  timers.active(item);
};
