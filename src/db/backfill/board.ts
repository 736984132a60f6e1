import { isFinished, type Segment } from './checkpoint.ts';

/** Which segments are open, which are being worked on, and who has none. Shared by the workers of one walk. */
export interface Board {
  /** A segment to work on; waits for a part of somebody else's. Undefined when nothing is left, or all shall stop. */
  claim(): Promise<Segment | undefined>;
  /** Somebody waits for work. */
  isHungry(): boolean;
  /** A number for a new segment. */
  nextRange(): number;
  /** Hears how far a claimed segment is; a finished one is no longer claimed. */
  update(segment: Segment): void;
  /** A part that was cut from a claimed segment. */
  add(segment: Segment): void;
  /** No more segments for anybody. */
  stop(): void;
  readonly segments: readonly Segment[];
}

/** A board with the segments of a walk, finished ones among them. */
export function boardOf(given: readonly Segment[]): Board {
  const all = new Map(given.map((segment) => [segment.range, segment]));
  const open = given.filter((segment) => !isFinished(segment)).map(({ range }) => range);
  const claimed = new Set<number>();
  const hungry: ((segment: Segment | undefined) => void)[] = [];
  let isStopped = false;
  const take = (): Segment | undefined => {
    const range = isStopped ? undefined : open.shift();
    if (range !== undefined) claimed.add(range);
    return range === undefined ? undefined : all.get(range);
  };
  const feed = () => {
    while (hungry.length > 0 && (open.length > 0 || claimed.size === 0 || isStopped)) hungry.shift()?.(take());
  };
  return {
    claim: () =>
      new Promise((resolve) => {
        hungry.push(resolve);
        feed();
      }),
    isHungry: () => hungry.length > 0,
    nextRange: () => Math.max(-1, ...all.keys()) + 1,
    update: (segment) => {
      all.set(segment.range, segment);
      if (isFinished(segment)) claimed.delete(segment.range);
      feed();
    },
    add: (segment) => {
      all.set(segment.range, segment);
      open.push(segment.range);
      feed();
    },
    stop: () => {
      isStopped = true;
      feed();
    },
    get segments() {
      return [...all.values()];
    },
  };
}
