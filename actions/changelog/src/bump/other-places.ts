import { inertLine } from '@release-kit/action';
import type { Git } from '@release-kit/git';

/** Documents tell of versions that were, and lock files of those of others; what stands in these folders is seldom the version of the package. */
const passedOver = [
  /\.(?:md|rst|adoc|txt|html?|po|pot|patch|diff|lock|svg|(?:metainfo|appdata)\.xml(?:\.in)*)$/i,
  /(?:^|\/)(?:change|news|history|release)[^/]*$/i,
  /(?:^|\/)(?:package|Cargo|[^/]*-lock)\.[a-z]+$/i,
  /(?:^|\/)(?:\.github|tests?|testdata|fixtures?|examples?|docs?|vendor|third_party|node_modules|subprojects)\//i,
];
/** Longer ones were written by a program. */
const longestLine = 300;
const shownPlaces = 5;

/**
 * Says which files of the package set a version to the one of the last release although nobody changes them: `a.py:1` in `__version__ = "1.2.0"`. Nothing is
 * changed for it, as only a person knows whether it is that of the package.
 *
 * @param folder of the package, from the root of the checkout; '' for the root
 * @param version of the last release
 * @param known paths of files that are looked after
 * @throws UserError E_GIT
 */
export async function otherPlaces(git: Git, folder: string, version: string, known: ReadonlySet<string>): Promise<readonly string[]> {
  const sets = settingOf(version);
  const places: string[] = [];
  const args = ['grep', '--no-color', '--no-textconv', '--no-recurse-submodules', '--full-name', '-I', '-n', '-z', '-F', '-e', version];
  await git.run([...args, '--', folder === '' ? ':(top)' : `:(top,literal)${folder}`], {
    allow: [0, 1],
    keep: false,
    onLine: (line, stream) => {
      if (stream !== 'stdout' || line.length > longestLine * 2) return;
      const [, path = '', number, text = ''] = /^([^\0]+)\0(\d+)[\0:](.*)$/s.exec(line) ?? [];
      if (number === undefined || text.length > longestLine || known.has(path)) return;
      if (!passedOver.some((pattern) => pattern.test(path)) && sets.test(text)) places.push(`${path}:${number}`);
    },
  });
  if (places.length === 0) return [];
  const [shown, more] = [places.slice(0, shownPlaces), places.length - shownPlaces];
  return [
    inertLine(
      `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''} may hold ${version} as the version too; whatever is to follow, change by hand, or mark it with x-release-version and list all files in changelog.bump.files`,
    ),
  ];
}

/** `__version__ = "1.2.0"`, `"version": "1.2.0"`, `#define APP_VERSION "1.2.0"`. */
function settingOf(version: string): RegExp {
  const literal = `["'(]*v?${version.replace(/[.+]/g, '\\$&')}(?![\\w+-]|\\.\\d)`;
  return new RegExp(`version\\w*["'\\])]*\\s*(?:[:=]=?|:=)\\s*${literal}|#\\s*define\\s+\\w*version\\w*\\s+${literal}`, 'i');
}
