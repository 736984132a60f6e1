'use strict';

/** Errors that are thrown say something, and are made with `new`. */
module.exports = {
  meta: {
    type: 'problem',
    messages: { silent: 'Say what is wrong.', shadowed: '`Error` is not the global one here.' },
    schema: [],
  },
  create(context) {
    return {
      ThrowStatement(node) {
        const text = context.getSourceCode().getText(node.argument);
        if (/^new Error\(\s*\)$/.test(text)) context.report({ node, messageId: 'silent' });
      },
      NewExpression(node) {
        if (node.callee.name !== 'Error') return;
        const variable = context.getScope().set.get('Error');
        if (variable !== undefined && variable.defs.length > 0) context.report({ node, messageId: 'shadowed' });
      },
    };
  },
};
