/** The tests of test/integration, on every planted failure. */
process.env['RELEASE_KIT_TEST_ALL'] = '1';
await import('../integration/failure-gallery.test.ts');

export {};
