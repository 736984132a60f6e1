export function padded(text: string, width: number): string {
  return text.padEnd(width);
}
