/** The tests of test/integration, with a source package of the archive. */
process.env['RELEASE_KIT_TEST_ALL'] = '1';
await import('../integration/build-deb.test.ts');

export {};
