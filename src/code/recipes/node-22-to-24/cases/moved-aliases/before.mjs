const { builtinModules: public_, start, _builtinLibs: all } = await import('node:repl');
const repl = await import('node:repl');

console.log(public_, all, repl.builtinModules, repl._builtinLibs);
start();
