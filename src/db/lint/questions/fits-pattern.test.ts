import { expect, test } from 'vitest';
import { fitsPattern } from './fits-pattern.ts';

test.each([
  ['billing.invoices', 'billing.*', '.', true],
  ['billing.invoices', 'billing.inv*', '.', true],
  ['billing.invoices', 'billing', '.', false],
  ['billingXinvoices', 'billing.invoices', '.', false],
  ['services/billing/migrations/1.sql', 'services/billing/**', '/', true],
  ['services/billing/migrations/1.sql', 'services/*', '/', false],
  ['a(b)/1.sql', 'a(b)/*.sql', '/', true],
] as const)('%s and %s', (text, pattern, separator, fits) => {
  expect(fitsPattern(text, pattern, separator)).toBe(fits);
});
