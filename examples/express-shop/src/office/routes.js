/** What an application answers to, as `GET /stock/:sku`. */
exports.listRoutes = function listRoutes(app) {
  return app._router.stack
    .filter((layer) => layer.route)
    .flatMap(({ route }) => Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`));
};
