import { total } from './totals.js';

/**
 * One line of the ledger.
 *
 * @typedef {object} Entry
 * @property {string} name - What it was for.
 * @property {number} amount - In whole cents; what was spent is below zero.
 * @property {string} [note]
 */

/**
 * @callback Wanted
 * @param {Entry} entry
 * @returns {boolean}
 */

/** Entries in the order in which they came. */
export class Ledger {
  constructor() {
    /** @type {Entry[]} */
    this.entries = [];
    this.added = 0;
  }

  /**
   * Reads a line for each entry: a name and an amount.
   *
   * @param {string} text
   * @returns {Ledger}
   */
  static read(text) {
    const ledger = new Ledger();
    for (const line of text.split('\n')) {
      const [name, amount] = line.trim().split(/\s+/);
      if (name && amount) ledger.add({ name, amount: Math.round(Number(amount) * 100) });
    }
    return ledger;
  }

  /** @param {Entry} entry */
  add(entry) {
    this.entries.push(entry);
    this.added += 1;
  }

  /**
   * @param {Wanted} [wanted] - Only these; all where it is left out.
   * @returns {number} In cents.
   */
  balance(wanted = () => true) {
    return total(this.entries.filter(wanted));
  }
}
