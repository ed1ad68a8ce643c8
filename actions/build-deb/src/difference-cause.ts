import { second } from './second-place.ts';

/** Why two builds differ, as far as the difference itself tells. */
export interface DifferenceCause {
  readonly cause: string;
  /** A line of the difference that shows it. */
  readonly line: string;
  readonly cure: string;
}

interface Rule {
  readonly cause: string;
  readonly cure: string;
  readonly shows: (line: ChangedLine, all: readonly ChangedLine[]) => boolean;
}

interface ChangedLine {
  readonly sign: '-' | '+';
  readonly text: string;
}

/** A line of a list of files: mode and path. */
const listed = /^[-dlbcps]([-rwxsStT]{9}) .* (\S+)$/;

/** Times of day, dates, names of months, seconds since 1970, years; and the years 2020 to 2047 as a constant in machine code. */
const times: readonly RegExp[] = [
  /\b\d{1,2}:\d\d:\d\d\b/,
  /\b20\d\d-\d\d-\d\d\b/,
  /\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* +\d{1,2}\b/,
  /\b\d{1,2}\.? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/,
  /\b(?:1[6-9]|2\d)\d{8}\b/,
  /\b20[2-4]\d\b/,
  /\$0x7(?:e[4-9a-f]|f[0-9a-f])\b/,
];

/** The only cause that lists of files are asked for: their sizes and times follow from others. */
const theUmask = 'the umask';

/** More is not known of a difference than one line; the first rule that fits tells the cause. */
const rules: readonly Rule[] = [
  {
    cause: 'the path of the build folder',
    cure: 'Give compilers -ffile-prefix-map (dpkg-buildflags does), and write no absolute path of the source into files.',
    shows: ({ text }) => /\/srv\/second-place|\/build\/[a-z0-9]/.test(text),
  },
  {
    cause: 'the user who builds',
    cure: 'Write no user name into files.',
    shows: ({ text }) => new RegExp(`\\b(?:${second.user}|builder)\\b`).test(text),
  },
  {
    cause: 'the name of the host',
    cure: 'Write no host name into files.',
    shows: ({ text }) => text.includes(second.hostname),
  },
  {
    cause: theUmask,
    cure: 'Set modes in debian/rules (install -m, dh_fixperms).',
    shows: ({ sign, text }, all) => {
      const [, mode, path] = listed.exec(text) ?? [];
      return (
        sign === '-' &&
        mode !== undefined &&
        all.some((other) => other.sign === '+' && listed.exec(other.text)?.[2] === path && listed.exec(other.text)?.[1] !== mode)
      );
    },
  },
  {
    cause: 'the order of lines: of a sort that follows the locale, or of files as the disk has them',
    cure: 'Sort with LC_ALL=C, and never rely on the order of a folder.',
    shows: ({ sign, text }, all) => text.trim().length > 2 && all.some((other) => other.sign !== sign && other.text === text),
  },
  {
    cause: 'the time or date of the build',
    cure: 'Use SOURCE_DATE_EPOCH in place of the time: date -u -d "@$SOURCE_DATE_EPOCH", and gzip -n.',
    shows: ({ text }) => times.some((pattern) => pattern.test(text)),
  },
  {
    cause: 'the time zone',
    cure: 'Format times in UTC.',
    shows: ({ text }) => text.includes(second.zone) || /[+-]\d{4}\b|\bUTC\b/.test(text),
  },
  {
    cause: 'the locale or language',
    cure: 'Run tools whose output is kept with LC_ALL=C.UTF-8.',
    shows: ({ text }) => /\bet_EE\b|\bC\.UTF-8\b/.test(text),
  },
  {
    cause: 'the number of processors or jobs',
    cure: 'Write no number of processors into files, and make their content independent of the order of jobs.',
    shows: ({ text }) => /\bparallel=\d|\s-j ?\d+\b|\bnproc\b|processors?\b/i.test(text),
  },
];

/** Reads the causes from a report of diffoscope, each once, in the order of the rules. Empty: the difference does not tell. */
export function causesOf(report: string): readonly DifferenceCause[] {
  const lines = changedLines(report);
  return rules.flatMap(({ cause, cure, shows }) => {
    const line = lines.find((each) => (cause === theUmask || !listed.test(each.text)) && shows(each, lines));
    return line === undefined ? [] : [{ cause, cure, line: `${line.sign}${line.text}` }];
  });
}

/** Names of the parts that differ, from the tree that diffoscope draws: `├── ./usr/bin/hello`. */
export function differingParts(report: string): readonly string[] {
  const parts = [...report.matchAll(/^[│ ]*├── (\.\/.+)$/gm)].map((match) => (match[1] ?? '').slice(1));
  return [...new Set(parts)].filter((part) => part !== '/md5sums');
}

function changedLines(report: string): readonly ChangedLine[] {
  return report.split('\n').flatMap((line): readonly ChangedLine[] => {
    // Beside the tree's lines stands the sign; after one more blank, a line that is the same on both sides.
    const [, sign, text] = /^(?:│ )+([-+])(.*)$/.exec(line) ?? [];
    return (sign === '-' || sign === '+') && text !== undefined ? [{ sign, text }] : [];
  });
}
