let locale = 'en';

export function useLocale(name: string): void {
  locale = name;
}

export function formatNumber(value: number): string {
  return value.toLocaleString(locale);
}
