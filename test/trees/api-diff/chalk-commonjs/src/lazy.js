exports.paint = async (text) => {
  const { default: chalk } = await import('chalk');
  return chalk.green(text);
};
