/** The version of release-kit; the same in every package.json, which a contract test checks. */
export const version = '0.1.0';
