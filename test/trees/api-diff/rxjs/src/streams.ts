import { BehaviorSubject, combineLatest, concat, from, interval, merge, type Observable, of, ReplaySubject, Subject, Subscription, throwError, timer, zip } from 'rxjs';
import { catchError, debounceTime, distinctUntilChanged, filter, first, map, mergeMap, pluck, scan, share, shareReplay, startWith, switchMap, take, takeUntil, tap, toArray } from 'rxjs/operators';

const stop = new Subject<void>();
const values = new Subject<number>();
const state = new BehaviorSubject({ count: 0 });
const replay = new ReplaySubject<string>(1);

values.next(1);
values.next();
stop.next();
replay.next('a');

export const doubled: Observable<number> = values.pipe(map((value) => value * 2), filter((value) => value > 2), take(3));
export const counts = state.pipe(pluck('count'), distinctUntilChanged(), debounceTime(10), startWith(0));
export const both = combineLatest(counts, doubled).pipe(map(([count, value]) => count + value));
export const pair = combineLatest([counts, doubled]);
export const zipped = zip(of(1), of('a')).pipe(map(([one, text]) => text.repeat(one)));
export const all = merge(interval(10), timer(5), from([1, 2])).pipe(takeUntil(stop), toArray());
export const chain = concat(of(1), of('b')).pipe(scan((sum, item) => sum + String(item), ''));
export const failing = throwError(new Error('no')).pipe(catchError(() => of(1)));
export const shared = values.pipe(share(), shareReplay(1), switchMap((value) => of(value)), mergeMap((value) => [value]), first());

export function listen(): Subscription {
  const subscription = new Subscription();
  subscription.add(values.subscribe((value) => console.log(value)));
  subscription.add(doubled.pipe(tap(console.log)).subscribe({ next: console.log, error: console.error }));
  subscription.add(counts.subscribe(console.log, console.error, () => console.log('done')));
  return subscription;
}
