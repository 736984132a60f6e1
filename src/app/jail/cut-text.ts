/** The beginning of a text that fits into so many bytes of UTF-8, and whether anything is left out. Pure. */
export function cutText(text: string, bytesMax: number): { readonly text: string; readonly isCut: boolean } {
  const bytes = Buffer.from(text);
  if (bytes.length <= bytesMax) return { text, isCut: false };
  let end = Math.max(0, bytesMax);
  // A character goes on in bytes that begin with the bits 10.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return { text: bytes.subarray(0, end).toString(), isCut: true };
}
