const { join } = require('node:path');

async function main() {
  const { readLog } = await import(join(__dirname, '../dist/src/read-log.js'));
  const { table } = await import(join(__dirname, '../dist/src/report/table.js'));
  for (const line of table(await readLog(process.argv[2]), 10)) console.log(line);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
