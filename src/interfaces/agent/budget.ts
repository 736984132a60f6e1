import type { Config } from '#app/config';

/** What a conversation may use. */
export type Budget = Readonly<Pick<Config['assist'], 'tokens' | 'minutes' | 'turns'>>;

/** What one has used. Tokens that the model did not count are guessed by length, and that is said. */
export type Spent = {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly turns: number;
  readonly isGuessed: boolean;
};

export const nothingSpent: Spent = { inputTokens: 0, outputTokens: 0, turns: 0, isGuessed: false };

/** Which part of the budget is used up, in words; undefined where there is some left of each. Time is watched by a signal. Pure. */
export function overdrawn(budget: Budget, spent: Spent): string | undefined {
  if (tokensLeft(budget, spent) <= 0) return `${count(tokensOf(spent))} of ${count(budget.tokens)} tokens are used`;
  if (spent.turns >= budget.turns) return `${budget.turns} answers of the model are used`;
  return undefined;
}

/** Tokens that may be used yet; less than one where there are none. Pure. */
export function tokensLeft(budget: Budget, spent: Spent): number {
  return budget.tokens - tokensOf(spent);
}

/** What was used, for people, with what it cost where prices are known. Pure. */
export function spentText(spent: Spent, { price }: Pick<Config['assist'], 'price'>): string {
  const { inputTokens, outputTokens, turns, isGuessed } = spent;
  const about = isGuessed ? 'about ' : '';
  const cost = costOf(spent, { price });
  const money = cost === undefined ? '' : `, ${about}${cost.toFixed(4)} ${price?.currency ?? ''}`.trimEnd();
  return `${turns} answers, ${about}${count(inputTokens)} tokens read and ${count(outputTokens)} written${money}`;
}

/** In the currency of the prices, which are for a million tokens; undefined where there are none. Pure. */
export function costOf(spent: Spent, { price }: Pick<Config['assist'], 'price'>): number | undefined {
  if (price === undefined) return undefined;
  return (spent.inputTokens * price.input + spent.outputTokens * price.output) / 1_000_000;
}

function tokensOf({ inputTokens, outputTokens }: Spent): number {
  return inputTokens + outputTokens;
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}
