/** What is written into a page of somebody else's names; nobody is to be called by it. */
const mention = /@(?=[\w-])/g;

/** The text with every name that GitHub would call made one that it does not. */
export function callNobody(text: string): string {
  return text.replaceAll(mention, '@\u200b');
}
