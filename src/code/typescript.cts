import typescript = require('typescript');

// Node reads the whole text of a CommonJS module that an ES module imports, to find its names: of the compiler's nine
// megabytes that takes Node 20 a second. What is required is not read for that.
export = typescript;
