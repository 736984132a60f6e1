type Heading = Extract<keyof JSX.IntrinsicElements, 'h2' | 'h3' | 'h4'>;

const headings: Heading[] = ['h2', 'h3', 'h4'];

/** The little of Markdown that notes need: headings, list items, paragraphs. */
export function Markdown({ text }: { text: string }): JSX.Element {
  return <>{text.split('\n').map(block)}</>;
}

function block(line: string, index: number): JSX.Element {
  const heading = /^(#{1,3}) (.*)$/.exec(line);
  if (heading) {
    const Heading = headings[(heading[1] ?? '#').length - 1] ?? 'h2';
    return <Heading key={index}>{heading[2]}</Heading>;
  }
  if (line.startsWith('- ')) return <li key={index}>{line.slice(2)}</li>;
  return <p key={index}>{line}</p>;
}
