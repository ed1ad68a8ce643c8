import type { Argv } from '@release-kit/action';
import { buildUser } from './build-user.ts';

export interface BuildChoices {
  readonly profiles: readonly string[];
  /** DEB_BUILD_OPTIONS besides parallel. */
  readonly options: readonly string[];
  readonly parallel: number;
  readonly includeSource: boolean;
  /** The packages of one architecture only, without the `Architecture: all` ones. */
  readonly onlyAny: boolean;
  /** The foreign architecture of a cross build. */
  readonly crossFor: string | undefined;
  /** Seconds since 1970. */
  readonly sourceDateEpoch: number;
  /** Of the packages; undefined: dpkg's own choice. */
  readonly compressor: 'xz' | undefined;
}

// Modes of files in a package must not depend on who starts the build; one stream keeps the order of what was said.
const script = (umask: string): string => `umask ${umask}; exec "$@" 2>&1`;

/**
 * dpkg-buildpackage takes -P only without a blank before its value. With the source package, -sa lists the upstream archive as well:
 * by default it is left out of every revision but the first, and the .dsc would stand there incomplete.
 */
export function buildArgv(choices: BuildChoices, umask: '022' | '002' = '022'): Argv {
  return [
    'sh',
    '-c',
    script(umask),
    'sh',
    'dpkg-buildpackage',
    '-us',
    '-uc',
    ...(choices.crossFor === undefined ? [] : [`-a${choices.crossFor}`]),
    choices.includeSource ? (choices.onlyAny ? '-G' : '-F') : choices.onlyAny ? '-B' : '-b',
    ...(choices.includeSource ? ['-sa'] : []),
    ...profileArguments(choices.profiles),
  ];
}

/** `-Pnocheck,cross`, or nothing. */
export function profileArguments(profiles: readonly string[]): readonly string[] {
  return profiles.length === 0 ? [] : [`-P${profiles.join(',')}`];
}

/** Everything a build sees of the outside: the same for the same choices on every host. */
export function buildEnvironment(choices: BuildChoices): Readonly<Record<string, string>> {
  return {
    ...userEnvironment,
    // Answers that configure would find by running programs; dpkg-cross keeps them.
    ...(choices.crossFor === undefined ? {} : { CONFIG_SITE: `/etc/dpkg-cross/cross-config.${choices.crossFor}` }),
    DEB_BUILD_OPTIONS: [...choices.options, `parallel=${choices.parallel}`].join(' '),
    SOURCE_DATE_EPOCH: String(choices.sourceDateEpoch),
    ...(choices.compressor === undefined ? {} : { DPKG_DEB_COMPRESSOR_TYPE: choices.compressor }),
    DPKG_COLORS: 'never',
    DH_COLORS: 'never',
  };
}

/** For all that the unprivileged user runs. The home does not exist, as on Debian's own build machines: a build must not need one. */
export const userEnvironment: Readonly<Record<string, string>> = {
  HOME: '/nonexistent',
  USER: buildUser,
  LOGNAME: buildUser,
  LANG: 'C.UTF-8',
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
};
