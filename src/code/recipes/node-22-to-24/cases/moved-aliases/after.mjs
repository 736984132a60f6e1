const { start } = await import('node:repl');
const { builtinModules } = await import('node:module');
const module = await import('node:module');

console.log(builtinModules, builtinModules, module.builtinModules, module.builtinModules);
start();
