import { sayings } from '#app/sayings/index';

const opening = `Say what is to be done, in quotes or not; the command that it stands for is shown, and called:

<!-- run: shop -->
\`\`\`sh
godwit assist "rename users.name to full_name"
\`\`\`

\`godwit "rename users.name to full_name"\` is the same. \`--show\` only shows the command. This is a small grammar and no language
model: what it does not understand it says, with the nearest commands, and it guesses nothing. Sentences about one database
that are joined by \`and\`, \`then\` or \`;\` become one plan. SQL stands for itself.

Nothing is risked by a sentence that was meant otherwise: a plan changes nothing, and what asks a person for consent asks still;
no words stand for it.

In the forms below, words in \`[…]\` may be left out, \`(a|b)\` is one of them, and \`{…}\` is yours. A name with capital letters or
spaces stands in double quotes, and means exactly that. \`please\`, \`could you\`, and marks at the end are not heard.`;

/** The manual of plain words. */
export function sayingPage(notice: string): string {
  const parts = sayings.map(({ summary, forms, examples }) =>
    [
      `## ${summary}`,
      ['```text', ...forms, '```'].join('\n'),
      [
        '| said | command |',
        '| --- | --- |',
        ...examples.map(({ says, command }) => `| ${says} | \`${command}\` |`),
      ].join('\n'),
    ].join('\n\n'),
  );
  return ['# Plain words', notice, opening, ...parts].join('\n\n').concat('\n');
}
