// Node itself strips the types, so no transform is needed; see docs/decisions.
const common = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['release-kit:source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  modulePathIgnorePatterns: ['/lib/', '<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/out/'],
  setupFilesAfterEnv: ['<rootDir>/test/support/matchers.ts', '<rootDir>/test/support/property-cases.ts'],
};

export default {
  coverageProvider: 'v8',
  collectCoverageFrom: ['packages/*/src/**/*.ts', 'actions/*/src/**/*.ts', '!**/*.test.ts', '!**/*.itg.test.ts'],
  coverageReporters: ['text-summary', 'json', 'json-summary'],
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/{packages,actions}/*/src/**/*.test.ts'],
      testPathIgnorePatterns: ['\\.itg\\.test\\.ts$', '/lib/'],
    },
    { ...common, displayName: 'contract', testMatch: ['<rootDir>/test/{contract,support/github}/**/*.test.ts'] },
    {
      ...common,
      displayName: 'integration',
      testMatch: ['<rootDir>/{packages,actions}/*/src/**/*.itg.test.ts', '<rootDir>/test/integration/**/*.test.ts'],
    },
    { ...common, displayName: 'long', testMatch: ['<rootDir>/test/long/**/*.test.ts'] },
    { ...common, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
  ],
};
