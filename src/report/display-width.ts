/** Columns that a character takes on a terminal: two for those of East Asia and pictures, none for marks on another. */
export function displayWidth(character: string): 0 | 1 | 2 {
  if (/^\p{M}$/u.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

const wide =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60]$/u;

/** A text as it may be shown: what would command the terminal or change the direction of reading is a visible mark. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff\u2028\u2029]/gu, (one) => {
    const code = one.codePointAt(0) ?? 0;
    if (code < 32) return String.fromCodePoint(0x2400 + code);
    return code === 0x7f ? '\u2421' : '\ufffd';
  });
}
