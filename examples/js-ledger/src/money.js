export function money(cents, { sign = false, currency = 'EUR' } = {}) {
  const shown = (Math.abs(cents) / 100).toFixed(2);
  const mark = cents < 0 ? '-' : sign ? '+' : '';
  return `${mark}${shown} ${currency}`;
}

export const parse = text => Math.round(Number.parseFloat(text.replace(',', '.')) * 100);

export const column = (rows, name) => rows.map(row => row[name]);

export function rounded(cents, { step } = {}) {
  return Math.round(cents / (step ?? 1)) * (step ?? 1);
}
