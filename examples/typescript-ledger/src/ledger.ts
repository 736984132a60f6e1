import type { Entry } from '@model/entry';
import type { Money } from '@model/money';
import { createHash } from 'crypto';
import * as ms from 'ms';
import Format = require('./format');

/** Entries in the order in which they came. */
export class Ledger {
  private entries = new Map<string, Entry>();

  add(at: Date, amount: Money, ...tags: string[]): Entry {
    const id = createHash('sha256').update(`${at.toISOString()} ${amount.cents}`).digest('hex').slice(0, 8);
    const entry: Entry = { id, at, amount, tags: new Set(tags) };
    this.entries.set(id, entry);
    return entry;
  }

  find(id: string): Entry {
    return this.entries.get(id);
  }

  /** The sum of what is younger than a span such as `2 days`. */
  sumWithin(span: ms.StringValue, now: Date): Money {
    const since = now.getTime() - ms(span);
    let cents = 0;
    for (const [, entry] of this.entries) if (entry.at.getTime() >= since) cents += entry.amount.cents;
    return { cents, currency: 'EUR' };
  }

  *lines(): IterableIterator<string> {
    for (const { id, amount, tags } of this.entries.values()) yield `${id} ${Format.money(amount)} ${Format.list(tags)}`;
  }
}
