import { Lexer, marked, parse, Parser, Renderer, Slugger, use, walkTokens } from 'marked';

export const html = (text: string): string => marked(text, { gfm: true, breaks: true });
export const also = (text: string): string => parse(text);
export const quiet = (text: string): string => marked.parse(text, { headerIds: false, mangle: false, smartypants: true });
export const inline = (text: string): string => marked.parseInline(text);
export const tokens = (text: string) => new Lexer().lex(text);
export const back = (text: string): string => Parser.parse(Lexer.lex(text));

const renderer = new Renderer();
renderer.link = (href, title, text) => `<a href="${href ?? ''}" title="${title ?? ''}">${text}</a>`;
renderer.heading = (text, level) => `<h${level}>${text}</h${level}>`;
renderer.hr = () => '<hr>';
marked.setOptions({ renderer, highlight: (code, language) => `${language}${code}` });

use({
  renderer: { code: (code, info) => `<pre class="${info ?? ''}">${code}</pre>` },
  walkTokens(token) {
    if (token.type === 'heading') token.depth += 1;
  },
});

export const slug = (text: string): string => new Slugger().slug(text);
export function links(text: string): string[] {
  const found: string[] = [];
  walkTokens(marked.lexer(text), (token) => {
    if (token.type === 'link') found.push(token.href);
  });
  return found;
}
