/** The tests of test/integration, on all packages of the gallery. */
process.env['RELEASE_KIT_TEST_ALL'] = '1';
await import('../integration/lintian-gallery.test.ts');

export {};
