import { asapScheduler, defer, fromEvent, iif, isObservable, NEVER, Notification, Observable, type Observer, type OperatorFunction, scheduled, type SchedulerLike, Subject, type Subscribable, type SubscribableOrPromise, type TeardownLogic, using, VirtualTimeScheduler } from 'rxjs';
import { ajax, type AjaxRequest, type AjaxResponse } from 'rxjs/ajax';
import { webSocket } from 'rxjs/webSocket';
import { materialize, multicast, publish, refCount, retryWhen, timeoutWith, zipAll } from 'rxjs/operators';

export const ticks = new Observable<number>((observer: Observer<number>) => {
  observer.next(1);
  observer.complete();
  const teardown: TeardownLogic = () => undefined;
  return teardown;
});

export function logged<T>(): OperatorFunction<T, T> {
  return (source) => source.lift({ call: (subscriber, inner) => inner.subscribe(subscriber) });
}

export const created: Observable<string> = Observable.create((observer: Observer<string>) => observer.next('x'));
export const soon = scheduled([1, 2], asapScheduler);
export const maybe = iif(() => true, ticks, NEVER);
export const late = defer(() => ticks).pipe(timeoutWith(10, NEVER), retryWhen((errors) => errors));
export const clicks = fromEvent(document, 'click');
export const published = ticks.pipe(publish(), refCount());
export const split = ticks.pipe(multicast(() => new Subject<number>()), refCount());
export const notes = ticks.pipe(materialize());
export const kind = (note: Notification<number>): string => `${note.kind} ${note.hasValue}`;
export const zipped = defer(() => [ticks, ticks]).pipe(zipAll());

export async function value(source: SubscribableOrPromise<number>, scheduler: SchedulerLike): Promise<number> {
  if (isObservable<number>(source)) return source.toPromise();
  new VirtualTimeScheduler().flush();
  return scheduler.now();
}

export const request: AjaxRequest = { url: '/x', method: 'GET', responseType: 'json' };
export const answer: Observable<AjaxResponse> = ajax(request);
export const json: Observable<{ a: number }> = ajax.getJSON('/x');
export const socket = webSocket<string>('ws://x');
export const held = (source: Subscribable<number>) => using(() => undefined, () => ticks);
