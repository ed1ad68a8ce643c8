/** The tests of test/e2e, with every language on both architectures. */
process.env['RELEASE_KIT_TEST_ALL'] = '1';
await import('../e2e/setup-cross-toolchain.test.ts');

export {};
