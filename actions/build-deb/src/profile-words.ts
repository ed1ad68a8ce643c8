import { inertLine, UserError } from '@release-kit/action';

/** Profiles and options become one word each of a command or a variable. Throws E_INPUT. */
export function checkWords(profiles: readonly string[], options: readonly string[]): void {
  for (const profile of profiles) {
    // deb-src-control(5): names as of packages, with an extension such as pkg.hello.nodocs.
    if (!/^[a-z0-9][a-z0-9+.-]*$/.test(profile))
      throw new UserError('E_INPUT', `input profiles: "${inertLine(profile)}" is not a build profile`, {
        cure: 'Write one profile per line, for example nocheck.',
      });
  }
  for (const option of options) {
    if (!/^[a-z][a-z0-9_-]*(?:=[A-Za-z0-9+:,./_-]*)?$/.test(option))
      throw new UserError('E_INPUT', `input options: "${inertLine(option)}" is not a word of DEB_BUILD_OPTIONS`, {
        cure: 'Write one option per line, for example nocheck.',
      });
    if (option.startsWith('parallel'))
      throw new UserError('E_INPUT', 'input options: parallel is an input of its own', { cure: 'Use the input parallel.' });
  }
}
