module.exports = function (context) {
  const helper = (node) => context.getScope();
  return {
    Identifier() {
      if (context.getFilename().endsWith('.ts')) return;
      context.getAncestors();
    },
  };
};
module.exports.schema = [];
