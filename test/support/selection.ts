/** Some files run on one of each kind of what they are made for; from test/long on all of it. */
export const takesAll = process.env['RELEASE_KIT_TEST_ALL'] === '1';
