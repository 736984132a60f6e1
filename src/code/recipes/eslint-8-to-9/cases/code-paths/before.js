module.exports = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    let info = null;
    const own = { currentSegments: new Set() };
    return {
      onCodePathStart(path) {
        info = { upper: info, codePath: path, first: path.currentSegments };
      },
      onCodePathSegmentStart(segment) {
        own.currentSegments.add(segment);
      },
      'FunctionExpression:exit'(node) {
        if (info.codePath.currentSegments.some((segment) => segment.reachable)) context.report({ node, message: 'No' });
      },
    };
  },
};
