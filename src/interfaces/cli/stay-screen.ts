import { createInterface } from 'node:readline';
import { type Deployment, deployments, type Seen, type StayingDemo } from '#app/demo/stay';
import { exitCodes } from '#core/error';
import type { CommandAnswer, CommandContext } from './command.ts';

const everyMs = 5_000;

/**
 * The demo that stays: says where the database is, deploys what is typed, prints every five seconds what the application
 * saw, and ends at Ctrl-C or the word `end`. A standard input that ends does not end it.
 */
export async function stayUntilEnd(demo: StayingDemo, context: CommandContext): Promise<CommandAnswer> {
  const { terminal, signal, isQuiet } = context;
  const say = (text: string) => terminal.stderr.write(`${text}\n`);
  say(`PostgreSQL ${demo.version} with the table users, and an application that reads and writes it.`);
  say('In another terminal:\n');
  say(`  export DATABASE_URL=${demo.url}\n`);
  say(`Type ${deployments.join(', ')} to deploy these versions of the application, and end (or Ctrl-C) to end it all.`);
  const typed = createInterface({ input: terminal.stdin });
  const timer = setInterval(() => {
    if (!isQuiet) say(seenText(demo.seen()));
  }, everyMs);
  await new Promise<void>((end) => {
    if (signal.aborted) end();
    signal.addEventListener('abort', () => end(), { once: true });
    typed.on('line', (line) => {
      const word = line.trim();
      if (word === 'end') end();
      else if (isDeployment(word)) {
        demo.deploy(word);
        say(`Deployed: ${deployedText[word]}.`);
      } else if (word !== '') say(`${word} is not one of ${deployments.join(', ')}, end.`);
    });
  });
  clearInterval(timer);
  typed.close();
  const seen = await demo.end();
  const text = `${seenText(seen)}\n${seen.rows.toLocaleString('en-US')} rows compared with the application's ledger: ${seen.lostWrites} lost writes\n`;
  return { json: seen, text, exit: seen.lostWrites === 0 ? exitCodes.done : exitCodes.verification };
}

const deployedText: Readonly<Record<Deployment, string>> = {
  old: 'the old version, which knows users.name',
  both: 'the old and the new version, side by side',
  new: 'the new version, which knows users.full_name',
};

function isDeployment(word: string): word is Deployment {
  return deployments.some((deployment) => deployment === word);
}

function seenText({ deployed, queries, failed, hazards, longestWaitMs }: Seen): string {
  const cured = hazards === 0 ? '' : `, ${hazards} met a hazard that the plan named`;
  return `application (${deployed}): ${queries.toLocaleString('en-US')} queries, ${failed} failed${cured}; longest wait ${longestWaitMs} ms`;
}
