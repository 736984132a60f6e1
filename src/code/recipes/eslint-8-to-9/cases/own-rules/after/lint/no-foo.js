module.exports = {
  meta: {
    docs: {},
    schema: []
  },
  create: function (context) {
  const contextSourceCode = context.sourceCode ?? context.getSourceCode();
  const helper = (node) => context.getScope();
  return {
    Identifier(node) {
      if ((context.filename ?? context.getFilename()).endsWith('.ts')) return;
      (contextSourceCode.getAncestors ? contextSourceCode.getAncestors(node) : context.getAncestors());
    },
  };
}
};
