export default {
  testEnvironment: 'jsdom',
  testEnvironmentOptions: { url: 'https://a.test' },
  moduleNameMapper: {
    '\\.(css|less)$': 'identity-obj-proxy',
    '\\.(png|svg)$': '<rootDir>/__mocks__/file.js',
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^lodash-es$': 'lodash',
  },
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/e2e/'],
  globals: { __DEV__: true },
  globalTeardown: './end.js',
  resetMocks: true,
  testTimeout: 1000,
  coverageThreshold: { global: { lines: 80 }, './src/': { lines: 90 } },
  somethingNew: 1,
};
