exports.mochaHooks = { beforeEach() {} };
before(() => {});
