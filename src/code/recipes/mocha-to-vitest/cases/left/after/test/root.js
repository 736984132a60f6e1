exports.mochaHooks = { beforeEach() {} };
beforeAll(() => {});
